import json
import re

import pytest

from constructs_lib.handoff.hcl.module_files import hcl_files
from tests.support.stacks_written import written
from tests.support.written_stacks import read

SETTINGS = {
    "versions": {"terraform": {"required_version": ">= 1.11"}},
    "backend": {"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}},
    "variables": {},
}
BLOCK = re.compile(r'^(?:resource|(data)) "(\w+)" "([\w-]+)"', re.MULTILINE)


def files_of(one, **more):
    main = {key: value for key, value in one.document.items() if key not in ("//", "terraform")}
    return hcl_files(one.environment, {**main, **more}, **SETTINGS)


@pytest.fixture(scope="module")
def made():
    return {name: files_of(one) for name, one in written().items()}


def test_every_resource_of_every_environment_stands_once_under_its_subject(made):
    for name, files in made.items():
        found = [
            f"{'data.' if data else ''}{kind}.{label}"
            for text in files.values()
            for data, kind, label in BLOCK.findall(text)
        ]
        assert sorted(found) == sorted(read(written()[name].document).declared), name
        assert {"others.tf", "others.tf.json"}.isdisjoint(files), name


def test_the_files_are_those_of_the_architecture(made):
    assert sorted(made["everything"]) == [
        "backend.tf",
        "endpoints.tf",
        "functions.tf",
        "load_balancers.tf",
        "network.tf",
        "outputs.tf",
        "services.tf",
        "versions.tf",
    ]
    functions = made["everything"]["functions.tf"]
    groups = re.findall(r"^# (\w+):", functions, re.MULTILINE)
    assert groups == ["storefront", "inventory", "prices", "stock"]
    labels = [f"{kind}.{label}" for _, kind, label in BLOCK.findall(functions)]
    assert labels[0] == "aws_security_group.storefront"
    assert labels.index("aws_lb_listener_rule.internal_8000_10") > labels.index("aws_lambda_function.stock")


def test_comments_say_who_calls_and_what_is_reached(made):
    text = made["everything"]["functions.tf"]
    assert "# prices: called by storefront through the internal load balancer.\n" in text


def test_no_text_in_it_is_json_or_a_reference_alone(made):
    for name, files in made.items():
        for text in files.values():
            assert re.findall(r'= "(?:\$\{[^}]*\}"|[\[{]\\")', text) == [], name


def test_what_no_schema_is_known_of_stays_json():
    one = written()["dev"]
    queue = {"orders": {"name": "orders", "tags": {"a": "b"}}}
    made = {"vpc_made": {"cidr_block": "10.0.0.0/16", "provisioner": [{"local-exec": {"command": "x"}}]}}
    resources = {**one.document["resource"], "aws_kinesis_stream": queue}
    resources["aws_vpc"] = {**resources["aws_vpc"], **made}
    files = files_of(one, resource=resources, removed=[{"from": "aws_vpc.x"}])
    assert json.loads(files["others.tf.json"]) == {
        "resource": {"aws_vpc": made, "aws_kinesis_stream": queue},
        "removed": [{"from": "aws_vpc.x"}],
    }


def test_what_moved_stands_in_a_file_of_its_own():
    files = files_of(written()["dev"], moved=[{"from": "aws_vpc.x", "to": "aws_vpc.network"}])
    assert files["moved.tf"] == "moved {\n  from = aws_vpc.x\n  to   = aws_vpc.network\n}\n"


def test_what_an_extension_adds_of_known_types_stands_by_itself():
    one = written()["dev"]
    resources = {**one.document["resource"]}
    resources["aws_eip"] = {**resources["aws_eip"], "office": {"domain": "vpc"}}
    resources["aws_iam_role"] = {**resources["aws_iam_role"], "office": {"name": "office"}}
    files = files_of(one, resource=resources, locals={"a": "${1 + 1}"})
    assert files["others.tf"] == (
        "locals {\n  a = 1 + 1\n}\n\n# What the environment's own extension adds.\n"
        'resource "aws_iam_role" "office" {\n  name = "office"\n}\n'
    )
