"""Fixtures for tests of stacks; pytest finds them by itself where this package is installed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from constructs_lib.bindings.lazy import prepare_for_any_order

if TYPE_CHECKING:
    from pathlib import Path

    from constructs_lib.bindings import TerraformStack
    from constructs_lib.testing.assertions.template import Template
    from constructs_lib.testing.chain import LocalChain
    from constructs_lib.testing.terraform import OfflineTerraform

prepare_for_any_order()


class StartTerraform(Protocol):
    """What the fixture ``offline_terraform`` gives: the function of that name."""

    def __call__(self, stack_dir: Path | str, **options: Any) -> OfflineTerraform:
        """Terraform over a copy of that stack."""


@pytest.fixture
def offline_terraform() -> Iterator[StartTerraform]:
    """``constructs_lib.testing.terraform.offline_terraform``; what it opens is closed after the test."""
    from constructs_lib.testing import terraform

    with contextlib.ExitStack() as opened:

        def start(stack_dir: Path | str, **options: Any) -> OfflineTerraform:
            return opened.enter_context(terraform.offline_terraform(stack_dir, **options))

        yield start


class StartChain(Protocol):
    """What the fixture ``local_chain`` gives."""

    def __call__(self, stack: Any) -> LocalChain:
        """Run a CDKTF stack, or a folder of Terraform JSON, on 127.0.0.1 until the test ends."""


@pytest.fixture
def local_chain() -> Iterator[StartChain]:
    """``constructs_lib.testing.local_chain``; what it opens is closed after the test."""
    from constructs_lib.testing import chain

    with contextlib.ExitStack() as opened:
        yield lambda stack: opened.enter_context(chain.local_chain(stack))


@pytest.fixture
def stack() -> TerraformStack:
    """A fresh stack, ``test``, in a fresh app; it has no provider and no backend."""
    from constructs_lib.bindings import TerraformStack, Testing

    return TerraformStack(Testing.app(), "test")


@pytest.fixture
def template() -> Callable[[TerraformStack], Template]:
    """``Template.from_stack``: synthesizes a stack as it is at that moment."""
    from constructs_lib.testing.assertions.template import Template

    return Template.from_stack
