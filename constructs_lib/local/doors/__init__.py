"""Doors: a port of 127.0.0.1 for each caller of a listener, open where the proof says that it is carried."""
