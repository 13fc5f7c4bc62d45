"""References that lead nowhere, which Terraform refuses."""

from __future__ import annotations

import json

import pytest

from constructs_lib.proof import read_document
from constructs_lib.rules import check_rules
from tests.support.ruling import ask, document, vpc

LOST = {"aws_internet_gateway.main": {"vpc_id": "${aws_vpc.main.id}"}}


def test_what_is_declared_is_found():
    assert set(ask("reference", vpc()).values()) == {"kept"}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("${aws_vpc.gone.id}", "aws_vpc.gone"),
        ("${data.aws_vpc.gone.id}", "data.aws_vpc.gone"),
        ("${var.gone}", "var.gone"),
        ("${upper(local.gone)}", "local.gone"),
        ("x-${module.gone.id}", "module.gone"),
    ],
)
def test_what_is_not_declared_is_named_where_it_is_used(text, missing):
    found = ask("reference", {"aws_eip.a": {"tags": {"Of": text}}})
    assert found == {"aws_eip.a": f"broken: refers to {missing}, which the document does not declare"}


def test_variables_without_a_value_locals_and_modules_are_declared():
    top = {"variable": {"name": {}}, "locals": {"name": "x"}, "module": {"net": {"source": "./net"}}}
    tags = {"A": "${var.name}", "B": "${local.name}", "C": "${module.net.id}", "D": "$${var.gone}"}
    assert ask("reference", {"aws_eip.a": {"tags": tags}}, **top) == {"aws_eip.a": "kept"}


def test_a_call_of_a_module_and_an_order_are_asked_too():
    top = {"module": {"net": {"source": "./net", "vpc_id": "${aws_vpc.gone.id}"}}}
    found = ask("reference", {"aws_eip.a": {"depends_on": ["aws_internet_gateway.gone"]}}, **top)
    assert found["module.net"].endswith("refers to aws_vpc.gone, which the document does not declare")
    assert "aws_internet_gateway.gone" in found["aws_eip.a"]


def test_of_one_file_of_several_it_cannot_be_told(tmp_path):
    (tmp_path / "vpc.tf.json").write_text(json.dumps(document(vpc())), encoding="utf-8")
    one = tmp_path / "gateway.tf.json"
    one.write_text(json.dumps(document(LOST)), encoding="utf-8")
    [said] = [v for v in check_rules(read_document(one)) if v.rule == "reference"]
    assert (said.verdict, "vpc.tf.json may declare" in said.sentence) == ("cannot tell", True)
