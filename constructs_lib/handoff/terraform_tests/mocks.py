"""What ``mock_provider "aws"`` answers: values of the form that the real provider's checks accept.

Terraform would make up random strings, which no ARN, account id or policy is.
https://developer.hashicorp.com/terraform/language/tests/mocking
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any

from constructs_lib.figures.computed import Meanings, computed_table
from constructs_lib.figures.quotas import POLICY_VERSION

ACCOUNT = "123456789012"
_DIGITS = {"hex": "0123456789abcdef", "digits": "1234567890"}
_POLICY = f'{{"Version":"{POLICY_VERSION}","Statement":[]}}'
_ELB = "arn:{partition}:elasticloadbalancing:{region}:{account}"
# What the table of computed attributes leaves to code, or what a plan for a fresh account should see.
_RESOURCES = {
    "aws_lambda_alias": {"arn": "arn:{partition}:lambda:{region}:{account}:function:example:live"},
    "aws_lb_listener": {"arn": _ELB + ":listener/app/example/{hex16}/{hex16}"},
    "aws_lb_listener_rule": {"arn": _ELB + ":listener-rule/app/example/{hex16}/{hex16}/{hex16}"},
}
_DATA_SOURCES: dict[str, dict[str, Any]] = {
    "aws_iam_policy_document": {"json": _POLICY, "minified_json": _POLICY},
    "aws_subnets": {"ids": []},
    "aws_vpc_endpoint_service": {"availability_zones": ["{region}a", "{region}b", "{region}c"]},
}


_IN_A_VPC = ("aws_nat_gateway", "aws_route_table", "aws_security_group", "aws_subnet", "aws_vpc_endpoint")


def mock_resource(type_name: str, *, region: str, account: str = ACCOUNT) -> dict[str, Any]:
    """Return the ids and ARNs of a resource type by attribute; empty where the table has none."""
    known = {**computed_table()["resources"].get(type_name, {}), **_RESOURCES.get(type_name, {})}
    return {
        name: value
        for name, value in _resolved(known, region, account).items()
        if value and (name in ("arn", "id") or name.endswith("_arn"))
    }


def mock_data(
    type_name: str,
    *,
    region: str,
    account: str = ACCOUNT,
    vpc_id: str | None = None,
    vpc_cidr: str | None = None,
) -> dict[str, Any]:
    """Return the attributes of a data source; empty where the table has none.

    vpc_id, vpc_cidr: of a VPC that existed before; everything that is read lies in it.
    """
    known = {**computed_table()["data_sources"].get(type_name, {}), **_DATA_SOURCES.get(type_name, {})}
    if type_name == "aws_vpc" and vpc_cidr:
        known["cidr_block"] = vpc_cidr
    if type_name in _IN_A_VPC and vpc_id:
        known["vpc_id"] = vpc_id
    if type_name == "aws_internet_gateway" and vpc_id:
        known["attachments"] = [{"vpc_id": vpc_id, "state": "available"}]
    return _resolved(known, region, account)


def _resolved(attributes: Mapping[str, Any], region: str, account: str) -> dict[str, Any]:
    """Fill every attribute; one that refers to itself, or to what is not there, is an example."""

    def filled(name: str, open_names: tuple[str, ...]) -> Any:
        def attribute(other: str) -> str | None:
            is_there = other in attributes and other not in open_names
            return str(filled(other, (*open_names, other))) if is_there else None

        meanings = Meanings(account, region, attribute, _digits, facts={}, unknown="example")
        return meanings.fill(attributes[name], name)

    return {name: filled(name, (name,)) for name in attributes}


def _digits(kind: str, length: int, _: str) -> str:
    return "".join(islice(cycle(_DIGITS[kind]), length))
