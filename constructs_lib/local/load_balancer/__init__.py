"""An Application Load Balancer: which rule takes a request, what a function gets, what the client gets."""
