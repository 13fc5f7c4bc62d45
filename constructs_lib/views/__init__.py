"""What is shown of a synthesized stack: in the terminal, in reports, as a picture."""
