"""What an environment builds, in tables: read from the document, held to the proof."""

from __future__ import annotations

import json

import pytest

from constructs_lib.iam import endpoint_policy, full_endpoint_policy
from constructs_lib.views.explanation import Explanation
from constructs_lib.views.explanation_json import explain_json
from tests.support.architecture import default_document, drop, environment_of, resource
from tests.support.iam.grants import granted, statement
from tests.support.written_stacks import stack_of

TITLES = [
    "What was read",
    "Who reaches whom",
    "How it gets through",
    "What the internet reaches",
    "Subnets",
    "Security group rules",
    "What each workload may do",
    "VPC endpoints",
    "Idle cost",
    "Picture",
]


def found(document=None, **changes):
    return explain_json(Explanation(stack_of(document or default_document(), environment_of(**changes))))


def test_connections_are_those_of_the_proof_with_their_hops():
    connections = {(one["from"], one["to"], one["port"]): one for one in found()["connections"]}
    assert set(connections) == {
        ("storefront", "inventory", "8080"),
        ("internet", "storefront", "80"),
        ("storefront", "internet", "443"),
        *(
            (name, service, "443")
            for name in ("inventory", "storefront")
            for service in ("logs", "s3", "dynamodb")
        ),
    }
    call = connections["storefront", "inventory", "8080"]
    assert (call["reached"], call["target"]) == ("yes", "aws_lambda_function.inventory")
    assert call["hops"][-1]["addresses"] == ["aws_lambda_permission.internal_inventory"]


def test_what_is_broken_is_not_there():
    document = default_document()
    drop(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    assert not any(one["to"] == "inventory" for one in found(document)["connections"])


def test_what_only_an_apply_can_tell_is_no_yes():
    document = default_document()
    resource(document, "aws_lb_listener.internal_8080")["default_action"] = "${var.action}"
    called = [one for one in found(document)["connections"] if one["to"] == "inventory"]
    assert all(one["reached"] == "cannot tell" and one["why"] for one in called)


def test_the_internet_reaches_what_is_public():
    assert [(one["name"], one["port"], one["sources"]) for one in found()["internet"]] == [
        ("public", 80, ["0.0.0.0/0"]),
        ("storefront", 80, ["0.0.0.0/0"]),
    ]


def test_subnets_have_their_addresses_tier_and_way_out():
    subnets = {one["name"]: (one["tier"], one["usable"], one["route"]) for one in found()["subnets"]}
    assert subnets["network_private_a"] == ("private", 251, "NAT a")
    assert subnets["network_public_b"] == ("public", 251, "internet gateway")


def test_rules_are_said_in_words():
    rules = {one["address"].partition(".")[2]: (one["group"], one["opening"]) for one in found()["rules"]}
    assert rules["internal_from_storefront_8080"] == ("internal", "admits TCP 8080 from storefront")


def test_endpoints_say_whom_they_serve():
    endpoints = {one["service"]: (one["kind"], sorted(one["serves"])) for one in found()["endpoints"]}
    both = ["inventory", "storefront"]
    assert endpoints == {"logs": ("interface", both), "s3": ("gateway", both), "dynamodb": ("gateway", both)}


def test_an_endpoint_that_nobody_reaches_serves_nobody():
    document = default_document()
    drop(document, "aws_vpc_security_group_ingress_rule.endpoints_from_endpoint_clients_443")
    [logs] = [one for one in found(document)["endpoints"] if one["service"] == "logs"]
    assert (logs["serves"], logs["doubtful"]) == ((), ())


def test_idle_cost_is_a_sum_of_its_items():
    cost = found()["idle_cost"]
    assert float(cost["monthly_usd"]) == pytest.approx(sum(float(i["monthly_usd"]) for i in cost["items"]))
    assert cost["region"] == "us-east-1"


def test_without_an_environment_the_provider_has_the_region():
    document = default_document()
    assert explain_json(Explanation(stack_of(document)))["idle_cost"] is None
    document["provider"] = {"aws": [{"region": "eu-west-1"}]}
    assert explain_json(Explanation(stack_of(document)))["idle_cost"]["region"] == "eu-west-1"


def test_sections_have_a_fixed_order_and_say_where_the_picture_is():
    explanation = Explanation(stack_of(default_document(), environment_of()))
    sections = explanation.sections(drawn_by="draw dev.toml")
    assert [section.title for section in sections] == TITLES
    assert sections[-1].intro == "draw dev.toml draws it."


def test_a_document_without_a_resource_has_sections_without_tables():
    nothing = stack_of({"data": {"aws_region": {"here": {}}}}, environment_of())
    sections = Explanation(nothing).sections(drawn_by="x")
    assert [section.title for section in sections] == TITLES
    assert all(not section.tables for section in sections)


def test_what_policies_allow_is_said_and_stands_in_the_matrix_as_by_iam():
    document = granted(statement(["lambda:InvokeFunction", "s3:Get*"]))
    explained = found(document)
    ports = {(one["from"], one["to"]): one["port"] for one in explained["connections"]}
    assert ports["batch", "inventory"] == "by IAM"
    assert [one for one in explained["permissions"] if one["who"] == "batch"] == [
        {
            "who": "batch",
            "may": "yes",
            "actions": "lambda:InvokeFunction, s3:Get*",
            "resources": "*",
            "condition": "",
            "address": "aws_iam_role_policy.batch",
        }
    ]


def test_a_condition_names_what_it_depends_on():
    condition = {"StringEquals": {"aws:SourceAccount": "${data.aws_caller_identity.current.account_id}"}}
    document = granted(statement("lambda:InvokeFunction", Condition=condition), account=None)
    [told] = [one["condition"] for one in found(document)["permissions"] if one["who"] == "batch"]
    assert told == '{"StringEquals": {"aws:SourceAccount": "${account}"}}'


def test_an_endpoint_says_what_it_lets_through():
    document = default_document()
    bodies = document["resource"]["aws_vpc_endpoint"]
    own = endpoint_policy("dynamodb", account="${data.x.y.z}", partition="aws", region="us-east-1")
    bodies["endpoints_dynamodb"]["policy"] = json.dumps(own)
    bodies["endpoints_logs"]["policy"] = "${var.policy}"
    said = {one["service"]: one["lets_through"] for one in found(document)["endpoints"]}
    assert said == {
        "s3": "any bucket of the region",
        "dynamodb": "what belongs to the account, for its own principals",
        "logs": "cannot tell: its policy is not in this document",
    }
    bodies["endpoints_s3"]["policy"] = json.dumps(full_endpoint_policy())
    said = {one["service"]: one["lets_through"] for one in found(document)["endpoints"]}
    assert said["s3"] == "any bucket of the region"
