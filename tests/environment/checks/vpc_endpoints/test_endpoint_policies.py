"""What endpoints let through: words and files, each for all endpoints or for one service."""

import json
from pathlib import Path

import pytest

from constructs_lib.environment.endpoint_policies import named_accounts, policy_word
from tests.support.environment_files import load, only_problem

GOOD = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}


def policy(root: Path, *statements: object) -> str:
    root.mkdir(exist_ok=True)
    (root / "s3.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))
    return '"s3.json"'


def test_a_word_or_a_file_is_for_all_endpoints_or_for_one(tmp_path: Path) -> None:
    policies = f'{{s3 = {policy(tmp_path, GOOD)}, logs = "full"}}'
    found = load(tmp_path, {"network.endpoints.policies": policies})
    words = {name: policy_word(found, name, "gateway") for name in ("s3", "logs", "dynamodb")}
    assert words == {"s3": "s3.json", "logs": "full", "dynamodb": "account"}
    assert policy_word(load(tmp_path, {"network.endpoints.policy": '"full"'}), "s3", "gateway") == "full"


@pytest.mark.parametrize("word", ['"fully"', '"../s3.json"', '""'])
def test_anything_else_is_refused(tmp_path: Path, word: str) -> None:
    assert only_problem(tmp_path, {"network.endpoints.policy": word}).field == "network.endpoints.policy"


def test_a_policy_says_for_whom(tmp_path: Path) -> None:
    word = policy(tmp_path, GOOD, {key: value for key, value in GOOD.items() if key != "Principal"})
    problem = only_problem(tmp_path, {"network.endpoints.policy": word})
    assert str(problem.value) == "Statement[1]"
    assert "needs Principal" in problem.rule
    (tmp_path / "s3.json").write_text("{")
    assert "is not JSON" in only_problem(tmp_path, {"network.endpoints.policy": word}).rule


def test_a_service_without_an_endpoint_has_no_policy(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"network.endpoints.policies": '{sqs = "full"}'})
    assert problem.field == "network.endpoints.policies.sqs"


def test_accounts_that_the_file_names_are_let_through(tmp_path: Path) -> None:
    queue = "arn:aws:sqs:us-east-1:222222222222:orders"
    secret = "arn:aws:secretsmanager:us-east-1:333333333333:secret:x-AbCdEf"
    statement = f'{{Effect = "Allow", Action = "sqs:SendMessage", Resource = "{queue}"}}'
    changes = {
        "network.endpoints.interface": '["logs", "sqs", "secretsmanager"]',
        "functions.inventory.policies": f"[{statement}]",
        "functions.inventory.secrets": f'{{DB = "{secret}"}}',
    }
    assert named_accounts(load(tmp_path, changes), tmp_path) == ["222222222222", "333333333333"]
