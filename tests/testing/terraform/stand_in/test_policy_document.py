"""``data "aws_iam_policy_document"`` gives the JSON that the provider gives."""

from __future__ import annotations

import json

from constructs_lib.testing.terraform.stand_in.policy_document import policy_json


def document(**values):
    return json.loads(policy_json(values, indent=None))


def test_a_statement_has_every_part_that_is_set():
    statement = {
        "sid": "Logs",
        "effect": "Deny",
        "actions": ["logs:PutLogEvents", "logs:CreateLogStream"],
        "not_resources": ["*"],
        "principals": [{"type": "AWS", "identifiers": ["123456789012"]}],
        "condition": [{"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["123456789012"]}],
    }
    assert document(statement=[statement]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Logs",
                "Effect": "Deny",
                "Action": ["logs:PutLogEvents", "logs:CreateLogStream"],
                "NotResource": "*",
                "Principal": {"AWS": "123456789012"},
                "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
            }
        ],
    }


def test_everybody_is_a_star():
    everybody = {"actions": ["s3:GetObject"], "principals": [{"type": "*", "identifiers": ["*"]}]}
    (statement,) = document(statement=[everybody])["Statement"]
    assert statement == {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*"}


def test_an_override_replaces_the_statement_of_the_same_sid():
    source = json.dumps({"Statement": {"Sid": "One", "Effect": "Allow", "Action": "s3:*"}})
    override = json.dumps({"Statement": [{"Sid": "One", "Effect": "Deny", "Action": "s3:*"}]})
    own = {"sid": "Two", "actions": ["sqs:*"]}
    found = document(
        source_policy_documents=[source], statement=[own], override_policy_documents=[override], policy_id="p"
    )
    assert found["Id"] == "p"
    assert [(statement["Sid"], statement["Effect"]) for statement in found["Statement"]] == [
        ("One", "Deny"),
        ("Two", "Allow"),
    ]
