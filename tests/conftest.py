"""Fixtures of the whole suite: those of the plugin that users get too, and those of tests/support."""

from pathlib import Path

import pytest

pytest_plugins = [
    "constructs_lib.testing.pytest_plugin",
    "tests.support.properties",
    "tests.support.terraform.engines",
]

HERE = Path(__file__).parent
RUNNING = [
    HERE / part
    for part in (
        "local",
        "cli/test_run.py",
        "cli/test_run_moto.py",
        "cli/test_faults.py",
        "testing/test_chain.py",
        "compute/packaging/test_requirements.py",
    )
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts processes that it then waits for."""
    for item in items:
        if any(item.path.is_relative_to(part) for part in RUNNING):
            item.add_marker(pytest.mark.running)
