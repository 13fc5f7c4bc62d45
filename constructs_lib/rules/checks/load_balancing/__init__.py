"""Rules about load balancers and what they lead to."""
