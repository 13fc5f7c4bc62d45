"""What of the Terraform JSON runs on one machine: listeners with their rules, functions, services."""
