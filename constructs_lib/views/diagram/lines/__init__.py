"""The lines of the picture: which ways there are, and where they run."""
