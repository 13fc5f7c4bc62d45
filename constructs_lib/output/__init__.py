"""Putting results on disk so that a fault of the machine leaves what an earlier run wrote."""
