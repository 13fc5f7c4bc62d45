"""The bundle's own tests for `terraform test`."""
