"""What is allowed, but costly, fragile or without effect."""
