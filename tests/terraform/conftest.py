"""Each test that takes ``engine`` runs on every Terraform engine of this machine."""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform import available_engines


@pytest.fixture(params=available_engines() or ["auto"])
def engine(request):
    return request.param


@pytest.fixture
def terraform(offline_terraform, engine):
    """Offline Terraform on the engine at hand."""
    return lambda stack, **options: offline_terraform(stack, engine=engine, **options)
