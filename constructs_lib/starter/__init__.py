"""A project of one's own: its files, made from those of this repository and a few templates."""
