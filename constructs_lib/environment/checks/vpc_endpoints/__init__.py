"""VPC endpoints: which there are, whom they serve, and what they let through."""
