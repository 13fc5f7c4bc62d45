"""What an environment promises, each asked of the Terraform JSON."""
