"""Fixtures of the whole suite come from the plugin that users get too."""

pytest_plugins = ["constructs_lib.testing.pytest_plugin"]
