"""Each test that takes ``engine`` runs on every Terraform engine of this machine."""

from __future__ import annotations

import functools

import pytest

from constructs_lib.testing.terraform import available_engines
from tests.support.engine_stacks import written


@pytest.fixture(params=available_engines() or ["auto"])
def engine(request):
    return request.param


@pytest.fixture
def terraform(offline_terraform, engine):
    """Offline Terraform on the engine at hand."""
    return lambda stack, **options: offline_terraform(stack, engine=engine, **options)


@pytest.fixture(scope="session")
def stack_of(tmp_path_factory):
    """The stack folder of an environment or example, each written once."""
    output = tmp_path_factory.mktemp("stacks")
    return functools.cache(lambda source: written(source, output / source.stem))
