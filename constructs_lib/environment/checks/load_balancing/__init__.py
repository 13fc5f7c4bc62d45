"""What is wrong with load balancers, their listeners, certificates and logs."""
