"""What a plan knows, what its configuration tells of the rest, and what stays open by name."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json import Unknown, read_document
from tests.support.shown import plan_of, refers

COUNTED = {"count_expression": {"constant_value": 2}}


def planned(expression: Any, *, name: str = "subnet_id", unknown: Any = True, value: Any = None) -> Any:
    """What an argument of an instance means whose value only the apply knows."""
    known = {"aws_x.y": {} if value is None else {name: value}}
    subnets = {f"aws_subnet.{one}": {"cidr_block": "10.0.0.0/24"} for one in ("a", "b", "many[0]", "many[1]")}
    configured = {
        "aws_subnet.a": {},
        "aws_subnet.b": {},
        "aws_subnet.many": dict(COUNTED),
        "aws_x.y": {"expressions": {name: expression} if expression else {}},
    }
    document = read_document(plan_of({**subnets, **known}, {"aws_x.y": {name: unknown}}, configured))
    block = document.blocks["aws_x.y"]
    return block.refs(name) if name.endswith("s") else block.ref(name)


def test_one_instance_that_can_be_meant_is_taken() -> None:
    assert planned(refers("aws_subnet.a.id")) == "aws_subnet.a"
    assert planned({"references": ["aws_subnet.many[1].id", "aws_subnet.many[1]", "aws_subnet.many"]}) == (
        "aws_subnet.many[1]"
    )
    both = refers("aws_subnet.a.id", "aws_subnet.b.id")
    assert planned(both, name="subnet_ids") == ("aws_subnet.a", "aws_subnet.b")


@pytest.mark.parametrize(
    "references",
    [
        ["aws_subnet.a.id", "aws_subnet.b.id"],
        ["var.which", "aws_subnet.a.id"],
        ["aws_subnet.many"],
        ["local.subnet"],
        ["each.value"],
    ],
)
def test_what_could_be_another_cannot_be_told_and_is_named(references: list[str]) -> None:
    found = planned(refers(*references))
    assert isinstance(found, Unknown)
    assert "aws_" in found.text


def test_an_open_vpc_id_means_the_one_vpc_that_the_plan_makes() -> None:
    def meant(*others: str) -> Any:
        known: dict[str, Any] = {"aws_vpc.v": {}, "aws_subnet.s": {}, **{one: {} for one in others}}
        unknown = {one: {"id": True} for one in known} | {"aws_subnet.s": {"vpc_id": True}}
        configured = {"aws_subnet.s": {"expressions": {"vpc_id": refers("local.vpc_id")}}}
        return read_document(plan_of(known, unknown, configured)).blocks["aws_subnet.s"].ref("vpc_id")

    assert meant() == "aws_vpc.v"
    for another in ("aws_vpc.w", "terraform_data.d", "data.aws_vpc.d"):
        assert isinstance(meant(another), Unknown), another


def test_a_list_of_which_not_every_part_can_be_told_stays_open() -> None:
    for references in (["aws_subnet.many"], ["aws_subnet.a.id", "var.more"], ["aws_subnet.a.id", "local.x"]):
        found = planned(refers(*references), name="subnet_ids")
        assert any(isinstance(one, Unknown) for one in found), references


def test_what_is_known_beside_what_is_not_keeps_its_place() -> None:
    found = planned(
        refers("aws_subnet.a.id"), name="subnet_ids", unknown=[False, True], value=["subnet-0123", None]
    )
    assert found == ("subnet-0123", "aws_subnet.a")


def test_a_variable_may_choose_between_what_is_referred_to() -> None:
    both = ["var.flag", "aws_subnet.a.id", "aws_subnet.b.id"]
    [found] = planned(refers(*both), name="subnet_ids")
    assert isinstance(found, Unknown)
    [found] = planned(refers(*both), name="subnet_ids", unknown=[True], value=[None])
    assert isinstance(found, Unknown)
    more = refers("var.more", "aws_subnet.a.id")
    found = planned(more, name="subnet_ids", unknown=[False, True], value=["subnet-0123", None])
    assert found == ("subnet-0123", "aws_subnet.a")


def test_a_configuration_in_json_stands_in_the_plan_as_it_was_written() -> None:
    expression = {
        "constant_value": ["${aws_subnet.many[1].id}", "${aws_subnet.a.id}"],
        "references": ["aws_subnet.many[1].id", "aws_subnet.many[1]", "aws_subnet.many", "aws_subnet.a.id"],
    }
    assert planned(expression, name="subnet_ids", unknown=[True, True], value=[None, None]) == (
        "aws_subnet.many[1]",
        "aws_subnet.a",
    )


def test_instances_join_where_count_index_or_each_key_runs_through_on_both_sides() -> None:
    for index, keys, expression in (
        ("count.index", ("0", "1"), {"count_expression": {}}),
        ("each.key", ('"a"', '"b"'), {"for_each_expression": {}}),
    ):
        known = {f"aws_{kind}.s[{key}]": {} for kind in ("subnet", "x") for key in keys}
        unknown = {f"aws_x.s[{key}]": {"subnet_id": True} for key in keys}
        ties = {"expressions": {"subnet_id": {"references": ["aws_subnet.s", index]}}, **expression}
        document = read_document(plan_of(known, unknown, {"aws_subnet.s": dict(expression), "aws_x.s": ties}))
        for key in keys:
            assert document.blocks[f"aws_x.s[{key}]"].ref("subnet_id") == f"aws_subnet.s[{key}]"


def test_what_is_not_configured_counts_as_not_given_and_a_dynamic_block_stays_open() -> None:
    known = {"aws_security_group.g": {"ingress": [{"from_port": 80, "security_groups": [None]}]}}
    unknown = {"aws_security_group.g": {"egress": True, "ingress": [{"security_groups": [True]}]}}
    document = read_document(plan_of(known, unknown, {"aws_security_group.g": {"expressions": {}}}))
    block = document.blocks["aws_security_group.g"]
    assert not block.has("egress")
    [ingress] = block.blocks("ingress")
    assert ingress.number("from_port") == 80
    assert ingress.refs("security_groups") == (Unknown("aws_security_group.g.ingress[0].security_groups[0]"),)


def test_a_text_made_of_a_reference_is_not_taken_for_it() -> None:
    found = planned(refers("aws_subnet.a.id"), name="description")
    assert found == Unknown("aws_x.y.description")


def test_inputs_and_outputs_of_modules_lead_to_the_instance() -> None:
    module = {
        "outputs": {"subnet": {"expression": refers("aws_subnet.s.id")}},
        "resources": [
            {"address": "aws_subnet.s", "expressions": {"vpc_id": refers("var.vpc_id")}},
        ],
        "variables": {"vpc_id": {}},
    }
    plan = plan_of(
        {"aws_vpc.v": {}, "aws_x.y": {}},
        {"aws_x.y": {"subnet_id": True}},
        {"aws_vpc.v": {}, "aws_x.y": {"expressions": {"subnet_id": refers('module.net["a"].subnet')}}},
    )
    child = {"address": 'module.net["a"].aws_subnet.s', "mode": "managed", "type": "aws_subnet", "name": "s"}
    plan["planned_values"]["root_module"]["child_modules"] = [
        {"address": 'module.net["a"]', "resources": [{**child, "values": {}}]}
    ]
    change = {"actions": ["create"], "after_unknown": {"vpc_id": True}}
    plan["resource_changes"].append({"address": child["address"], "change": change})
    call = {
        "module": module,
        "for_each_expression": {"references": ["var.names"]},
        "expressions": {"vpc_id": refers("aws_vpc.v.id")},
    }
    plan["configuration"]["root_module"]["module_calls"] = {"net": call}
    document = read_document(plan)
    assert document.blocks["aws_x.y"].ref("subnet_id") == 'module.net["a"].aws_subnet.s'
    assert document.blocks['module.net["a"].aws_subnet.s'].ref("vpc_id") == "aws_vpc.v"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"errored": True}, "ended with an error"),
        ({"complete": False}, "a part only"),
        ({"format_version": "2.0"}, "is of format 2.0"),
        ({"planned_values": []}, "planned_values: []: an object belongs here"),
        ({"resource_changes": [7]}, "resource_changes[0]: 7: an object belongs here"),
    ],
)
def test_a_plan_that_cannot_be_judged_is_refused_with_a_way_out(content: Any, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_document({**plan_of({"aws_vpc.v": {}}, {}, {}), **content})
    assert said in str(refused.value)
