"""The console: a page that shows the environment alive."""
