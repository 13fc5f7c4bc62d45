"""Secrets in variables of anybody's Terraform JSON."""

import json

from constructs_lib.environment import Waiver
from constructs_lib.proof import read_document
from constructs_lib.rules import check_rules, rule_on

TOKEN = "k3J9xQ2mPz7LwV5b" + "Tn8RyA4c"
CONTAINERS = json.dumps([{"name": "web", "environment": [{"name": "DB_PASS", "value": "hunter2"}]}])
DOCUMENT = {
    "provider": {"aws": [{"default_tags": [{"tags": {"owner": TOKEN, "Project": "shop"}}]}]},
    "resource": {
        "aws_lambda_function": {
            "f": {"environment": {"variables": {"SESSION": TOKEN, "LEVEL": "INFO"}}},
            "g": {"environment": {"variables": {"LEVEL": "INFO"}}},
        },
        "aws_ecs_task_definition": {"web": {"container_definitions": CONTAINERS}},
    },
}


def verdicts():
    return [one for one in check_rules(read_document(DOCUMENT)) if one.rule == "secret-variable"]


def test_each_variable_with_a_secret_has_a_verdict_of_its_own():
    assert {(one.address, one.verdict) for one in verdicts()} == {
        ("aws_lambda_function.f.environment.SESSION", "broken"),
        ("aws_lambda_function.g", "kept"),
        ("aws_ecs_task_definition.web.environment.DB_PASS", "broken"),
        ("tags.owner", "broken"),
    }
    assert not any(TOKEN in str(one) or "hunter2" in str(one) for one in verdicts())


def test_one_variable_alone_is_waived():
    at = "aws_lambda_function.f.environment.SESSION"
    ruling = rule_on(verdicts(), [Waiver(rule="secret-variable", address=at, reason="a public id")])
    assert at not in [one.address for one in ruling.broken]
    assert len(ruling.broken) == 2
