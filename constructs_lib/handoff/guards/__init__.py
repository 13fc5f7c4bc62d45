"""What a bundle is held to before it is written: no secrets, and checkov where asked for."""
