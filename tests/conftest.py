"""Fixtures of the whole suite: those of the plugin that users get too, and those of tests/support."""

pytest_plugins = [
    "constructs_lib.testing.pytest_plugin",
    "tests.support.properties",
    "tests.support.terraform.engines",
]
