"""The stacks and bundles of this repository; everything here starts Terraform, cdktf or checkov."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_lib.environment import load_environment
from tests.support.handoffs import hand_over
from tests.support.paths import ROOT
from tests.support.terraform.stacks import written

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session")
def stack_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """The stack folder of an environment or example, each written once; not to be written to."""
    output = tmp_path_factory.mktemp("stacks")
    return functools.cache(lambda source: written(source, output / source.stem))


@pytest.fixture(scope="session")
def bundle_of(
    stack_of: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Path]:
    """The bundle of an environment file, each written once; not to be written to."""
    output = tmp_path_factory.mktemp("bundles")

    def write(file: Path) -> Path:
        environment = load_environment(file, project_root=ROOT)
        return hand_over(environment, stack_of(file), output / file.stem)

    return functools.cache(write)
