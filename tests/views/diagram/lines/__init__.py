"""The lines of the picture."""
