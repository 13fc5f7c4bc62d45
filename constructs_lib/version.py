"""The version of this project, also that of its package."""

VERSION = "0.1.0"
