"""The bundle's README, one module a chapter."""
