"""The stand-in for the AWS provider: what it validates, plans, invents and refuses."""
