"""Where Terraform keeps its state, and the stack that makes the state bucket."""
