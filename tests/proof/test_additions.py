"""What somebody adds beside what the generator wrote: an override, a module, a file of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.bends.bend import ref
from tests.support.stacks_written import NAMES, Body, Written, written

if TYPE_CHECKING:
    from collections.abc import Callable


def acl(own: Written) -> dict[str, Body]:
    subnets = [ref(f"aws_subnet.{n}") for n in own.of("aws_subnet") if n.startswith("network_private")]
    return {
        "aws_network_acl.extra": {
            "vpc_id": own.body("aws_route_table.network_public")["vpc_id"],
            "subnet_ids": subnets,
        }
    }


def stranger(own: Written) -> dict[str, Body]:
    """A function that nobody declared and that carries the groups of a declared caller."""
    caller = own.body("aws_lambda_function.storefront")
    return {"aws_lambda_function.stranger": {"function_name": "x", "vpc_config": caller["vpc_config"]}}


def leak(own: Written) -> dict[str, Body]:
    """A rule of the public load balancer that forwards to an internal function."""
    rule = own.body("aws_lb_listener_rule.public_storefront")
    group = ref("aws_lb_target_group.internal_inventory", "arn")
    rule |= {"priority": 1, "action": [{"type": "forward", "target_group_arn": group}]}
    return {"aws_lb_listener_rule.extra": rule}


def url(_: Written) -> dict[str, Body]:
    name = ref("aws_lambda_function.inventory", "function_name")
    return {"aws_lambda_function_url.extra": {"function_name": name, "authorization_type": "NONE"}}


def older_rule(_: Written) -> dict[str, Body]:
    body = {
        "type": "ingress",
        "protocol": "tcp",
        "from_port": 22,
        "to_port": 22,
        "cidr_blocks": ["10.0.0.0/8"],
    }
    return {
        "aws_security_group_rule.extra": {**body, "security_group_id": ref("aws_security_group.internal")}
    }


def second_target(own: Written) -> dict[str, Body]:
    body = own.body("aws_lb_target_group_attachment.internal_inventory")
    return {
        "aws_lb_target_group_attachment.extra": {
            **body,
            "target_id": ref("aws_lambda_alias.storefront", "arn"),
        }
    }


def way_around_nat(own: Written) -> dict[str, Body]:
    route = own.body("aws_route.network_public") | {"destination_cidr_block": "203.0.113.0/24"}
    return {"aws_route.extra": route | {"route_table_id": ref("aws_route_table.network_private_a")}}


WITHOUT_STOREFRONT = {"existing-callers", "no-nat"}
ADDED = [
    (acl, "endpoint", set()),
    (stranger, "closed", WITHOUT_STOREFRONT),
    (leak, "exposure", WITHOUT_STOREFRONT),
    (url, "exposure", set()),
    (older_rule, "opening", set()),
    (second_target, "call", set()),
    (way_around_nat, "private", set()),
]


@pytest.mark.parametrize(("added", "kind", "absent"), ADDED)
def test_what_is_added_breaks_a_promise_in_every_environment(
    added: Callable[[Written], dict[str, Body]], kind: str, absent: set[str]
) -> None:
    kinds = {}
    for name in set(NAMES) - absent:
        own = written()[name]
        kinds[name] = {promise.kind for promise in own.prove(own.having(dict(added(own)))).broken}
    assert {name for name, found in kinds.items() if kind not in found} == set()
