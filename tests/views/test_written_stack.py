"""A stack as it was written, whatever was written."""

from __future__ import annotations

import contextlib
import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.environment import Environment
from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json import read_document
from constructs_lib.views.diagram.svg import architecture_svg
from constructs_lib.views.explanation import Explanation
from constructs_lib.views.explanation_json import explain_json
from constructs_lib.views.written_stack import WrittenStack
from tests.support.properties import examples
from tests.support.random.mutations import mutated
from tests.support.shown import instance, plan_of, refers, state_of
from tests.support.stacks_written import written

FOREIGN = Path(__file__).resolve().parents[1] / "foreign"
ENVIRONMENT = "ecs-caller"


@cache
def documents() -> tuple[str, ...]:
    """What the generator writes, documents of others, a state and a plan."""
    found = [written()[ENVIRONMENT].document]
    found += [json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOREIGN.glob("*.json"))]
    return tuple(json.dumps(one) for one in (*found, *found, state(), plan()))


def state() -> dict[str, Any]:
    group, subnet = "sg-00000000000000001", "subnet-00000000000000001"
    rule = {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["0.0.0.0/0"], "self": True}
    config = {"subnet_ids": [subnet], "security_group_ids": [group]}
    route = {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-00000000000000001"}
    return state_of(
        instance("aws_vpc.v", {"id": "vpc-00000000000000001", "cidr_block": "10.0.0.0/16"}),
        instance(
            'aws_subnet.s["a"]',
            {"id": subnet, "vpc_id": "vpc-00000000000000001", "cidr_block": "10.0.0.0/24"},
            depends_on=["aws_vpc.v"],
        ),
        instance("aws_security_group.g", {"id": group, "ingress": [rule], "egress": [rule]}),
        instance("aws_route_table.t", {"id": "rtb-00000000000000001", "route": [route]}),
        instance("aws_lambda_function.inventory", {"function_name": "inventory", "vpc_config": [config]}),
    )


def plan() -> dict[str, Any]:
    subnets = refers("aws_subnet.s[0].id", "aws_subnet.s[1].id")
    addresses = ("aws_vpc.v", "aws_subnet.s[0]", "aws_subnet.s[1]", "aws_lb.internal")
    return plan_of(
        {address: {"cidr_block": "10.0.0.0/16"} for address in addresses},
        {
            "aws_subnet.s[0]": {"vpc_id": True, "id": True},
            "aws_lb.internal": {"subnets": [True, True], "security_groups": True},
        },
        {
            "aws_vpc.v": {},
            "aws_subnet.s": {"count_expression": {}, "expressions": {"vpc_id": refers("aws_vpc.v.id")}},
            "aws_lb.internal": {"expressions": {"subnets": subnets}},
        },
    )


def ask_everything(content: Any, environment: Environment) -> None:
    """All that commands ask of a stack."""
    stack = WrittenStack("dev", read_document(content), environment)
    assert stack.understanding.size
    assert stack.ruling.verdicts
    assert stack.proof.promises
    json.dumps(explain_json(Explanation(stack)))
    architecture_svg(stack)


@examples(40)
@given(st.integers(0, 2**32))
def test_whatever_stands_in_a_document_it_is_judged_or_refused(seed: int) -> None:
    random = Random(seed)
    content = mutated(random.choice(documents()), random)
    with contextlib.suppress(ConfigError):
        ask_everything(content, written()[ENVIRONMENT].environment)
