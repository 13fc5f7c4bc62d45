"""The report of a stack, as HTML and Markdown."""
