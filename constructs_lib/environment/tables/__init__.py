"""What may be written in an environment file, one module a family of tables."""
