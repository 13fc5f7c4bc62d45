"""AWS's numbers and tables, each once, each with the page that says it."""
