"""What a stack costs when nobody uses it, and what use adds."""
