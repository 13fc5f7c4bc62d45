from copy import deepcopy

import pytest

from constructs_lib.figures.changes.force_new import forcing_arguments
from constructs_lib.views.changes.comparison import compare
from tests.support.written_stacks import read

DOCUMENT = {
    "provider": {"aws": [{"region": "eu-west-1", "default_tags": [{"tags": {"owner": "me"}}]}]},
    "resource": {
        "aws_vpc": {"network": {"cidr_block": "10.0.0.0/16"}},
        "aws_subnet": {"a": {"cidr_block": "10.0.0.0/24", "vpc_id": "${aws_vpc.network.id}"}},
        "aws_route_table_association": {"a": {"subnet_id": "${aws_subnet.a.id}", "route_table_id": "rtb-1"}},
        "aws_lambda_function": {"f": {"function_name": "f", "memory_size": 256}},
        "aws_lambda_alias": {
            "f": {"name": "live", "function_name": "${aws_lambda_function.f.function_name}"}
        },
        "aws_ecs_service": {"s": {"name": "s", "deployment_controller": {"type": "ECS"}}},
        "aws_vpc_security_group_ingress_rule": {
            "r": {"cidr_ipv4": "10.0.0.0/8", "security_group_id": "sg-1"}
        },
        "aws_lb": {"l": {"name": "l", "depends_on": ["aws_vpc.network"]}},
    },
    "output": {"url": {"value": "x"}},
}


def differences(before, after):
    """The comparison, what is changed and what is replaced with the arguments."""
    found = compare(read(before), read(after))
    by_action = {
        action: {one.address: one.names for one in found.differences if one.action == action}
        for action in ("update", "replace")
    }
    return found, by_action["update"], by_action["replace"]


def changed(type_name, label, **arguments):
    document = deepcopy(DOCUMENT)
    body = document["resource"][type_name][label]
    for name, value in arguments.items():
        if value is None:
            del body[name]
        else:
            body[name] = value
    return differences(DOCUMENT, document)[1:]


def test_the_same_has_no_differences():
    found = compare(read(DOCUMENT), read(DOCUMENT))
    assert (found.is_empty, [*found.lines()], found.summary()) == (True, [], "no differences")


def test_addresses_that_come_and_go_are_named():
    document = deepcopy(DOCUMENT)
    document["resource"]["aws_vpc"]["other"] = document["resource"]["aws_lb"].pop("l")
    found = compare(read(DOCUMENT), read(document))
    assert found.addresses("create") == ("aws_vpc.other",)
    assert found.addresses("delete") == ("aws_lb.l",)
    assert found.addresses("update", "replace") == ()


def test_a_change_in_place_names_its_arguments():
    found = changed("aws_lambda_function", "f", memory_size=512, timeout=3)
    assert found == ({"aws_lambda_function.f": ("memory_size", "timeout")}, {})


def test_an_order_that_changes_is_named_too():
    found = changed("aws_lb", "l", depends_on=[])
    assert found == ({"aws_lb.l": ("depends_on or lifecycle",)}, {})


def test_a_replacement_takes_along_what_can_not_let_go_of_it():
    in_place, replaced = changed("aws_vpc", "network", cidr_block="10.1.0.0/16")
    assert replaced == {
        "aws_route_table_association.a": ("subnet_id (aws_subnet.a)",),
        "aws_subnet.a": ("vpc_id (aws_vpc.network)",),
        "aws_vpc.network": ("cidr_block",),
    }
    assert in_place == {}


def test_an_argument_that_others_repeat_replaces_them_only_when_it_differs():
    _, replaced = changed("aws_lambda_function", "f", function_name="g")
    assert replaced == {
        "aws_lambda_alias.f": ("function_name",),
        "aws_lambda_function.f": ("function_name",),
    }
    _, again = changed("aws_lambda_function", "f", package_type="Image")
    assert again == {"aws_lambda_function.f": ("package_type",)}


def test_of_a_block_only_the_part_that_forces_it_replaces():
    _, replaced = changed("aws_ecs_service", "s", deployment_controller={"type": "EXTERNAL"})
    assert replaced == {"aws_ecs_service.s": ("deployment_controller.type",)}
    in_place, _ = changed("aws_ecs_service", "s", deployment_controller={"type": "ECS", "note": "x"})
    assert in_place == {"aws_ecs_service.s": ("deployment_controller",)}


def test_a_rule_is_replaced_when_it_names_another_kind_of_source_only():
    same = changed("aws_vpc_security_group_ingress_rule", "r", cidr_ipv4="10.0.0.0/9")
    other = changed("aws_vpc_security_group_ingress_rule", "r", cidr_ipv4=None, prefix_list_id="pl-1")
    address = "aws_vpc_security_group_ingress_rule.r"
    assert same == ({address: ("cidr_ipv4",)}, {})
    assert other[1] == {address: ("cidr_ipv4", "prefix_list_id")}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("region", "eu-west-2", 'region: "eu-west-1" -> "eu-west-2"'),
        ("allowed_account_ids", ["2"], 'account: ["1"] -> ["2"]'),
    ],
)
def test_another_region_or_account_replaces_everything(key, value, words):
    before, after = deepcopy(DOCUMENT), deepcopy(DOCUMENT)
    before["provider"]["aws"][0]["allowed_account_ids"] = ["1"]
    after["provider"]["aws"][0] |= {"allowed_account_ids": ["1"], key: value}
    found, _, replaced = differences(before, after)
    assert set(replaced) == {
        f"{kind}.{label}" for kind, labels in DOCUMENT["resource"].items() for label in labels
    }
    assert found.other == (words,)


def test_what_has_no_address_is_told_in_words():
    document = deepcopy(DOCUMENT)
    document["provider"]["aws"][0]["default_tags"] = []
    document["output"] = {"address": {"value": "x"}}
    found = compare(read(DOCUMENT), read(document))
    assert found.other == ("tags of every resource differ", "outputs: + address", "outputs: - url")


def test_lines_have_the_marks_of_terraform():
    document = deepcopy(DOCUMENT)
    resources = document["resource"]
    resources["aws_vpc"]["new"] = {}
    resources["aws_lambda_function"]["f"]["memory_size"] = 512
    resources["aws_subnet"]["a"]["cidr_block"] = "10.0.1.0/24"
    del resources["aws_lb"]["l"]
    found = compare(read(DOCUMENT), read(document))
    assert [*found.lines()] == [
        "  + aws_vpc.new",
        "  ~ aws_lambda_function.f: memory_size",
        "-/+ aws_route_table_association.a: subnet_id (aws_subnet.a)",
        "-/+ aws_subnet.a: cidr_block",
        "  - aws_lb.l",
    ]
    assert found.summary() == "1 added, 1 changed in place, 2 replaced, 1 removed"


def test_a_type_that_the_table_does_not_know_forces_nothing():
    assert forcing_arguments("aws_kinesis_stream") == ()
    assert "cidr_block" in forcing_arguments("aws_vpc")


def test_what_a_dynamic_block_makes_counts_as_if_it_were_written():
    def function(default):
        dynamic = {"environment": {"for_each": "${length(var.own) > 0 ? [var.own] : []}"}}
        dynamic["environment"]["content"] = {"variables": "${environment.value}"}
        body = {"function_name": "f", "memory_size": 256, "dynamic": dynamic}
        variable = {"own": {"type": "map(string)", "default": default}}
        return read({"variable": variable, "resource": {"aws_lambda_function": {"f": body}}})

    plain = {"resource": {"aws_lambda_function": {"f": {"function_name": "f", "memory_size": 256}}}}
    assert compare(read(plain), function({})).is_empty
    written = deepcopy(plain)
    written["resource"]["aws_lambda_function"]["f"]["environment"] = {"variables": {"LEVEL": "INFO"}}
    assert compare(read(written), function({"LEVEL": "INFO"})).is_empty
    found = compare(read(written), function({"LEVEL": "DEBUG"}))
    assert [*found.lines()] == ["  ~ aws_lambda_function.f: environment"]
