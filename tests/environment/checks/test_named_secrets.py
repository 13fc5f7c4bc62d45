"""Secrets of functions by ARN: their code reaches them, and finds each under a name of its own."""

from pathlib import Path

import pytest

from tests.support.environment_files import load, only_problem

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"
PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/shop/key"
ENDPOINTS = {"network.endpoints.interface": '["logs", "secretsmanager", "ssm"]'}


def secrets(**found: str) -> dict[str, str]:
    pairs = ", ".join(f'{name} = "{arn}"' for name, arn in found.items())
    return {"functions.inventory.secrets": f"{{{pairs}}}"}


def test_a_function_reads_secrets_that_it_reaches(tmp_path: Path) -> None:
    found = load(tmp_path, {**secrets(DB=SECRET, KEY=PARAMETER), **ENDPOINTS})
    assert found.functions["inventory"].secrets == {"DB": SECRET, "KEY": PARAMETER}


@pytest.mark.parametrize(("arn", "service"), [(SECRET, "secretsmanager"), (PARAMETER, "ssm")])
def test_a_secret_without_a_way_to_it_is_refused(tmp_path: Path, arn: str, service: str) -> None:
    problem = only_problem(tmp_path, secrets(DB=arn))
    assert problem.field == "functions.inventory.secrets"
    assert f'add "{service}"' in problem.way_out


def test_a_variable_has_one_value(tmp_path: Path) -> None:
    both = {"functions.inventory.environment": '{DB_ARN = "x"}', **secrets(DB=SECRET), **ENDPOINTS}
    assert only_problem(tmp_path, both).field == "functions.inventory.secrets"


def test_a_key_of_a_secret_is_what_only_ecs_reads(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {**secrets(DB=f"{SECRET}:password::"), **ENDPOINTS})
    assert problem.field == "functions.inventory.secrets.DB"
    assert "only ECS" in problem.rule


def test_a_secret_lies_in_the_region_of_its_function(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {**secrets(DB=SECRET.replace("us-east-1", "eu-west-1")), **ENDPOINTS})
    assert "function runs in us-east-1" in problem.rule
