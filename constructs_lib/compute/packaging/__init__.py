"""A function's folder and its requirements as one zip, the same bytes on every machine. Pure."""
