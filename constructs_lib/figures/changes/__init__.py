"""What AWS and its provider do at a change: what is replaced, what is refused, what stays behind."""
