"""Assertions on synthesized Terraform JSON."""
