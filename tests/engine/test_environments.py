"""Every environment and example by the real engine: accepted, applied, unchanged the second time, removed."""

from __future__ import annotations

import pytest

from tests.support.engine_stacks import SOURCES, answers


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_it_is_applied_and_planned_again_without_a_change_and_destroyed_without_a_rest(
    source, stack_of, terraform
):
    session = terraform(stack_of(source), data=answers(source))
    session.validate()
    applied = session.apply()
    assert session.addresses() == applied.plan.created
    assert session.plan().is_empty
    session.destroy()
    assert session.addresses() == []
