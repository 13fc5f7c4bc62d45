"""What operators may set, and how it becomes a Terraform variable."""
