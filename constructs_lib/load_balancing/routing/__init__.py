"""Which listener and rule lead to which workload. Pure."""
