"""Reachability over Terraform JSON, before anything is deployed."""
