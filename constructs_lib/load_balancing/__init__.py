"""Load balancers, their listeners and the routes to what they serve."""
