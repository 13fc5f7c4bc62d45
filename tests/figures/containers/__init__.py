"""Figures of containers."""
