"""What a Terraform document builds, as far as traffic is concerned."""
