"""A root module in Terraform's own syntax: files by subject, groups in the architecture's order."""
