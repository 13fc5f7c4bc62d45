"""Developers' tools: what is generated in this repository, and locks without addresses."""
