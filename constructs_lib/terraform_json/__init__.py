"""The one reader of Terraform's JSON syntax: blocks with their expressions resolved."""
