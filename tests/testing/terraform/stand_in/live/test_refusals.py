"""What AWS refuses at the second apply, and the change beside it that it carries out.

Every change is of resources of its own; all are applied together, changed together and applied again.
"""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform import TerraformError, offline_terraform
from tests.support.terraform.hand_written import write_stack
from tests.support.terraform.live_changes import COMMON, together
from tests.support.terraform.live_changes_balancers import BALANCERS, FILLED, SERVICES, TARGETS
from tests.support.terraform.live_changes_endpoints import ENDPOINTS
from tests.support.terraform.live_changes_network import GATEWAYS, GROUPS, SUBNETS

pytestmark = pytest.mark.engine
CASES = [*SUBNETS, *GROUPS, *GATEWAYS, *BALANCERS, *TARGETS, *SERVICES, *ENDPOINTS]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """The refusals of the second apply by address, the addresses that are there after it, and its message."""
    folder = tmp_path_factory.mktemp("changes")
    before, after = (
        together(COMMON, *(getattr(case, side) for case in CASES)) for side in ("before", "after")
    )
    with offline_terraform(write_stack(folder / "before", before)) as session:
        session.apply()
        for address in FILLED:
            session.fill(address)
        session.update(write_stack(folder / "after", after))
        with pytest.raises(TerraformError) as caught:
            session.apply()
        return (
            {refusal.address: refusal for refusal in caught.value.refusals},
            session.addresses(),
            str(caught.value),
        )


def addresses(case):
    return {
        f"{kind}.{name}"
        for side in (case.before, case.after)
        for kind, named in side.items()
        for name in named
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_is_refused_with_the_error_code_of_aws_or_carried_out(outcome, case):
    refusals, there, _ = outcome
    own = addresses(case) & set(refusals)
    assert {address: refusals[address].code for address in own} == case.refused
    assert {user for address in own for user in refusals[address].used_by} == set(case.used_by)
    assert {address for address in case.gone if address in there} == set()
    assert {address for address in case.done if address not in there} == set()


def test_nothing_else_is_refused(outcome):
    refusals, _, _ = outcome
    assert set(refusals) == {address for case in CASES for address in case.refused}


def test_each_refusal_names_the_page_of_its_rule(outcome):
    refusals, _, text = outcome
    for refusal in refusals.values():
        assert refusal.source.startswith("https://docs.aws.amazon.com/")
        assert f"Rule: {refusal.source}" in text
        assert f": {refusal.code}: {refusal.reason}" in text
