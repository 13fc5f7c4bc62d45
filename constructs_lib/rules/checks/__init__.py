"""The checks, a module for each subject; ``rules/table.py`` says which of them asks which rule."""
