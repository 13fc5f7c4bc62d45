"""Checks of load balancers."""
