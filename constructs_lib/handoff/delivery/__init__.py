"""A bundle as files: written whole or not at all, archived, described, compared."""
