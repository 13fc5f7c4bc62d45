"""Expressions of Terraform JSON: what they mean, and what stays open."""

from __future__ import annotations

import contextlib
import time

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json import read_document
from constructs_lib.terraform_json.values import Reference, Template, Unknown

DOCUMENT = {
    "variable": {"port": {"default": 8080}, "group": {}, "zones": {"default": {"a": "10.0.0.0/24"}}},
    "locals": {"name": "x-${var.port}", "both": ["${aws_subnet.two[0].id}", "b"]},
    "resource": {
        "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
        "aws_subnet": {
            "two": {"count": 2, "cidr_block": "${cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)}"},
            "each": {
                "for_each": "${var.zones}",
                "cidr_block": "${each.value}",
                "availability_zone": "${each.key}",
            },
        },
    },
    "data": {"aws_vpc": {"known": {"id": "vpc-0123"}, "open": {"default": True}}},
}


def value(expression: object) -> object:
    document = {**DOCUMENT, "resource": {**DOCUMENT["resource"], "aws_x": {"y": {"it": expression}}}}
    return read_document(document).blocks["aws_x.y"].get("it")


def settled(expression: object) -> object:
    document = {**DOCUMENT, "resource": {**DOCUMENT["resource"], "aws_x": {"y": {"it": expression}}}}
    return read_document(document).blocks["aws_x.y"].settled("it")


@pytest.mark.parametrize(
    ("expression", "meaning"),
    [
        ("plain", "plain"),
        ("$${escaped}", "${escaped}"),
        ("${var.port}", 8080),
        ("port ${var.port}!", "port 8080!"),
        ("${local.name}", "x-8080"),
        ('${"quoted ${var.port}"}', "quoted 8080"),
        ('${var.zones["a"]}', "10.0.0.0/24"),
        ("${var.zones.a}", "10.0.0.0/24"),
        ('${var.port == 8080 ? "yes" : "no"}', "yes"),
        ('${join(",", ["a", "b"])}', "a,b"),
        ('${format("%s-%d", "a", 1)}', "a-1"),
        ('${lookup({a = 1, b = 2}, "b")}', 2),
        ("${element([1, 2, 3], 4)}", 2),
        ("${merge({a = 1}, {a = 2})}", {"a": 2}),
        ('${cidrsubnet("10.0.0.0/16", 8, 3)}', "10.0.3.0/24"),
        ("${1 + 2 * 3 - 4}", 3),
        ("${5 % 2}", 1),
        ("${6 / 2}", 3),
        ("${(1 + 2) * 3}", 9),
        ("${1 < 2 && 2 >= 2}", True),
        ("${false && var.group}", False),
        ("${length(var.zones) > 0 || var.group ? 1 : 0}", 1),
        ("${var.group && true}", Unknown("var.group && true")),
        ("${1 / 0}", Unknown("1 / 0")),
        ("${[for x in var.zones : x]}", ["10.0.0.0/24"]),
        ("${[for x in var.group : x]}", Unknown("[for x in var.group : x]")),
        ("${jsondecode(jsonencode({a = var.group})).a}", Unknown("var.group")),
        ('${contains([var.group, "b"], "b")}', True),
        ('${contains([var.group], "b")}', Unknown('contains([var.group], "b")')),
        ('${slice([aws_vpc.main.id, "b"], 0, 1)}', [Reference("aws_vpc.main", "id")]),
        ('${try(aws_vpc.main.id, "x")}', Reference("aws_vpc.main", "id")),
        ('${try(var.group, "x")}', Unknown("try(var.group)")),
        ('${format("%s/%s", aws_vpc.main.id, "x")}', Template((Reference("aws_vpc.main", "id"), "/x"))),
        ('${replace("a.<R>.b", "<R>", var.group)}', Template(("a.", Unknown("var.group"), ".b"))),
        ("${var.group ? [] : {}}", Unknown("var.group ? [] : {}")),
    ],
)
def test_an_expression_means_what_terraform_says(expression: str, meaning: object) -> None:
    assert value(expression) == meaning


def test_a_directive_is_followed_where_its_test_is_known() -> None:
    assert settled("%{ if true }yes%{ endif }") == "yes"
    assert isinstance(settled("%{ if var.group }yes%{ endif }"), Unknown)


def test_what_terraform_encodes_as_json_keeps_what_is_known() -> None:
    found = value('${jsonencode({id = aws_vpc.main.id, name = "x", open = "a${var.group}"})}')
    assert isinstance(found, Template)
    assert found.text == '{"id":"${aws_vpc.main.id}","name":"x","open":"a${var.group}"}'


HOSTILE = [
    "${range(1000000000)}",
    "${" + "(" * 3000 + "1" + ")" * 3000 + "}",
    '${format("%999999999d", 1)}',
    "${[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]}",
    "${" + " * ".join(["9" * 300] * 1000) + "}",
    "${-" + "-" * 3000 + "1}",
    "${" + "[" * 3000 + "]" * 3000 + "}",
    "${" + "9" * 5000 + "}",
    "${local.a." + "9" * 5000 + "}",
    "${setproduct(range(1000), range(1000))}",
    '${join("", [for a in range(1000) : join("", [for b in range(1000) : "aaaaaaaaaaaaaaaaaaaa"])])}',
]
QUIET = [
    '${[1]["' + "9" * 5000 + '"]}',
    '${"${' * 3000 + '}"}' * 3000,
    '${regex("(a+)+$", "' + "a" * 40 + '!")}',
    "${" + "1+" * 20000 + "1}",
]


def test_an_expression_that_takes_too_much_is_refused_with_its_place() -> None:
    for expression in HOSTILE:
        with pytest.raises(ConfigError, match=r"aws_x\.y\.it"):
            value(expression)


def test_no_expression_takes_long() -> None:
    started = time.process_time()
    for expression in QUIET:
        with contextlib.suppress(ConfigError):
            value(expression)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "expression", ["${aws_vpc.main.id}", "${ aws_vpc.main.id }", '${aws_vpc.main["id"]}']
)
def test_a_reference_is_known_by_its_address(expression: str) -> None:
    assert value(expression) == Reference("aws_vpc.main", "id")


def test_references_inside_lists_and_functions_are_kept() -> None:
    assert value("${concat(aws_subnet.two[*].id, [var.group])}") == [
        Reference("aws_subnet.two[0]", "id"),
        Reference("aws_subnet.two[1]", "id"),
        Unknown("var.group"),
    ]


def test_a_function_of_a_reference_uses_what_the_document_writes_out() -> None:
    document = read_document(DOCUMENT)
    assert document.blocks["aws_subnet.two[1]"].text("cidr_block") == "10.0.1.0/24"


def test_for_each_makes_one_instance_for_each_key() -> None:
    block = read_document(DOCUMENT).blocks['aws_subnet.each["a"]']
    assert (block.text("cidr_block"), block.text("availability_zone")) == ("10.0.0.0/24", "a")


def test_variables_without_a_default_stay_open_until_they_are_given() -> None:
    assert value("${var.group}") == Unknown("var.group")
    document = read_document(
        {**DOCUMENT, "resource": {"aws_x": {"y": {"it": "${var.group}"}}}}, variables={"group": "sg-1"}
    )
    assert document.blocks["aws_x.y"].get("it") == "sg-1"


def test_the_same_open_expression_is_the_same_value_however_it_is_spaced() -> None:
    assert value("${ module.a.b [ 0 ] }") == value("${module.a.b[0]}") == Unknown("module.a.b[0]")


def test_references_in_a_circle_are_refused_as_terraform_does() -> None:
    with pytest.raises(ConfigError, match=r"local.one -> local.two -> local.one"):
        read_document({**DOCUMENT, "locals": {"one": "${local.two}", "two": "x${local.one}"}})


def test_coalesce_of_an_open_value_is_not_a_yes() -> None:
    assert isinstance(value('${coalesce(var.group, "sg-1")}'), Unknown)


def test_data_sources_are_known_where_they_write_out_an_id() -> None:
    document = {
        **DOCUMENT,
        "resource": {"aws_x": {"y": {"a": "${data.aws_vpc.known.id}", "b": "${data.aws_vpc.open.id}"}}},
    }
    block = read_document(document).blocks["aws_x.y"]
    assert (block.ref("a"), block.ref("b")) == ("vpc-0123", Unknown("data.aws_vpc.open.id"))


def test_known_dynamic_blocks_are_blocks_and_open_ones_may_be_more() -> None:
    content = {"from_port": "${port.value}", "to_port": "${port.value}", "description": "${port.key}"}
    dynamic = {"ingress": {"for_each": "${toset([80, 443])}", "iterator": "port", "content": content}}
    document = {**DOCUMENT, "resource": {"aws_x": {"y": {"dynamic": dynamic}}}}
    block = read_document(document).blocks["aws_x.y"]
    assert [(part.number("from_port"), part.text("description")) for part in block.blocks("ingress")] == [
        (80, "80"),
        (443, "443"),
    ]
    assert not block.opens_blocks("ingress")
    dynamic["ingress"]["for_each"] = "${var.group}"
    block = read_document(document).blocks["aws_x.y"]
    assert (block.blocks("ingress"), block.opens_blocks("ingress")) == ((), True)


def test_blocks_may_be_made_by_an_expression() -> None:
    ingress = "${[for p in [80, 443] : {from_port = p, cidr_blocks = [local.name]}]}"
    document = {**DOCUMENT, "resource": {"aws_x": {"y": {"ingress": ingress}}}}
    block = read_document(document).blocks["aws_x.y"]
    assert [part.number("from_port") for part in block.blocks("ingress")] == [80, 443]
    assert block.blocks("ingress")[0].texts("cidr_blocks") == ("x-8080",)


def test_an_attribute_splat_ends_at_an_index_and_a_full_one_takes_it_along() -> None:
    assert value("${aws_subnet.two.*.id[1]}") == Reference("aws_subnet.two[1]", "id")
    assert value("${aws_subnet.two[*].id}") == [
        Reference("aws_subnet.two[0]", "id"),
        Reference("aws_subnet.two[1]", "id"),
    ]


def test_too_many_instances_and_values_that_double_are_refused_with_their_place() -> None:
    doubling = {"a0": "x", **{f"a{i}": f"${{local.a{i - 1}}}${{local.a{i - 1}}}" for i in range(1, 40)}}
    lists = {"a0": "x", **{f"a{i}": [f"${{local.a{i - 1}}}"] * 2 for i in range(1, 40)}}
    chain = {"a0": "x", **{f"a{i}": f"${{upper(local.a{i - 1})}}" for i in range(1, 5000)}}
    resource = {"aws_vpc": {"many": {"count": 1000000000}}}
    for document, place in (
        ({"locals": doubling}, r"local\.a"),
        ({"locals": lists}, r"local\.a"),
        ({"resource": resource}, r"aws_vpc\.many\.count"),
    ):
        with pytest.raises(ConfigError, match=place):
            read_document({**DOCUMENT, **document})
    assert read_document({**DOCUMENT, "locals": dict(reversed(chain.items()))}).size
