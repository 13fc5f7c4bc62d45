"""What functions are made of: their folders, what Lambda calls in them, and secrets that lie there."""
