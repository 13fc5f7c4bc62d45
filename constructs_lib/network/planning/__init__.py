"""The subnet plan: which block each tier has in each zone. Pure."""
