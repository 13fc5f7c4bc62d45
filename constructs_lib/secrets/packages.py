"""Secrets in the files of a package, where libraries bring examples of everything but whole keys."""

from __future__ import annotations

from constructs_lib.secrets.shapes import AWS_KEY, PRIVATE_KEY, shape_of

_MARKS = (b"AKIA", b"ASIA", b"PRIVATE KEY", b"PuTTY-User-Key-File", b"AGE-SECRET-KEY-")


def secret_in_file(content: bytes) -> str | None:
    """Say what key a file holds; None for none."""
    if not any(mark in content for mark in _MARKS):
        return None
    return shape_of(content.decode("latin-1"), (AWS_KEY, PRIVATE_KEY))
