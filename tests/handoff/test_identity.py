import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.handoff.identity import Identity, identity_of, of_document
from tests.support.handoffs import handed_over
from tests.support.written_stacks import read

LIMITS = "arn:aws:iam::123456789012:policy/limits"


def document(**provider):
    return read({"provider": {"aws": [{"region": "eu-west-1", **provider}]}})


def test_an_environment_says_itself_what_it_is_known_by(tmp_path):
    found = identity_of(handed_over(tmp_path))
    assert (found.name, found.name_prefix, found.region) == ("shop-dev", "shop-dev", "eu-west-1")
    assert found.own_tags == {"Project": "shop", "Environment": "dev"}


def test_a_stack_is_known_by_its_default_provider():
    tags = [{"tags": {"app": "orders", "owner": "${var.owner}"}}]
    found = of_document("orders", document(default_tags=tags, allowed_account_ids=["123456789012"]))
    assert found == Identity("orders", "eu-west-1", account_id="123456789012", own_tags={"app": "orders"})
    assert found.name_prefix is None


def test_a_boundary_counts_where_every_role_has_it():
    def boundary(*of_roles):
        roles = {f"r{n}": {"permissions_boundary": one} for n, one in enumerate(of_roles)}
        content = {"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": {"aws_iam_role": roles}}
        return of_document("x", read(content)).permissions_boundary_arn

    assert boundary(LIMITS, LIMITS) == LIMITS
    assert boundary(LIMITS, None) is None


@pytest.mark.parametrize("region", [None, "${var.region}"])
def test_a_region_that_is_not_written_out_is_refused(region):
    with pytest.raises(ConfigError, match=r"provider\.aws\.region"):
        of_document("x", document(region=region))
