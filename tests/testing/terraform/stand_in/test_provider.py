"""The stand-in by itself, without Terraform."""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform.schema import Attribute, Block
from constructs_lib.testing.terraform.stand_in.provider import Configuration, ProviderError, StandIn

NAMED = Block({"id": Attribute("string", computed=True), "name": Attribute("string", required=True)})
REPOSITORY = {"id": None, "name": "web"}


def make(stand_in, **options):
    return stand_in.apply("aws_ecr_repository", NAMED, Configuration(), None, REPOSITORY, **options)


def test_a_change_that_terraform_no_longer_waits_for_never_happens():
    stand_in = StandIn()
    with pytest.raises(ProviderError, match="Terraform is gone"):
        make(stand_in, is_wanted=lambda: False)
    assert make(stand_in) == REPOSITORY


def test_a_name_that_is_taken_is_refused():
    stand_in = StandIn()
    make(stand_in)
    with pytest.raises(ProviderError, match="RepositoryAlreadyExistsException: already exists"):
        make(stand_in)


def test_a_name_given_up_is_free():
    stand_in = StandIn()
    state = make(stand_in)
    stand_in.apply("aws_ecr_repository", NAMED, Configuration(), state, {**REPOSITORY, "name": "shop"})
    assert make(stand_in) == REPOSITORY


def test_the_account_of_an_assumed_role_is_the_one_that_counts():
    role = {"role_arn": "arn:aws:iam::210987654321:role/deploy"}
    accepted = StandIn().configure({"assume_role": [role], "allowed_account_ids": ["210987654321"]})
    assert accepted.account == "210987654321"
    with pytest.raises(ProviderError, match="AWS account ID not allowed: 210987654321"):
        StandIn().configure({"assume_role": [role], "forbidden_account_ids": ["210987654321"]})


@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")]
)
def test_arns_are_of_the_regions_partition(region, partition):
    block = Block({name: Attribute("string", computed=True) for name in ("id", "arn")})
    planned = StandIn().plan("aws_vpc", block, Configuration(region=region), None, {"id": None, "arn": None})
    state = StandIn().apply("aws_vpc", block, Configuration(region=region), None, planned.state)
    assert state["arn"].startswith(f"arn:{partition}:ec2:{region}:123456789012:vpc/vpc-0")
