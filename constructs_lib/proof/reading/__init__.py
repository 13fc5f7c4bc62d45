"""From Terraform JSON to the model."""
