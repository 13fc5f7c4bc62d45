import json
from pathlib import Path

import pytest

from constructs_lib.environment.checks.functions import variable_bytes
from constructs_lib.figures.load_balancer import longest_dns_name
from tests.support.environment_files import fields, load, only_problem

VARIABLES = "functions.storefront.environment"


@pytest.mark.parametrize("name", ["AWS_REGION", "_HANDLER", "LAMBDA_TASK_ROOT", "AWS_LAMBDA_FUNCTION_NAME"])
def test_lambdas_own_variables_are_not_set_by_hand(tmp_path: Path, name: str) -> None:
    assert only_problem(tmp_path, {f"{VARIABLES}.{name}": '"x"'}).rule == "Lambda sets this variable itself"


@pytest.mark.parametrize("name", ["A", "1A", "_A", "A-B", "A B", "", "Ä1", "A.B"])
def test_a_variable_has_a_name_that_lambda_takes(tmp_path: Path, name: str) -> None:
    assert len(fields(tmp_path, {f'{VARIABLES}."{name}"': '"x"'})) == 1


@pytest.mark.parametrize("name", ["AB", "log_level", "STOCK_URL", "TZ", "PYTHONPATH"])
def test_other_variables_are_the_users(tmp_path: Path, name: str) -> None:
    environment = load(tmp_path, {f"{VARIABLES}.{name}": '""'})
    assert environment.functions["storefront"].environment == {name: ""}


def test_the_address_of_a_callee_is_not_set_by_hand(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {f"{VARIABLES}.INVENTORY_URL": '"http://localhost"'})
    assert problem.field == f"{VARIABLES}.INVENTORY_URL"
    assert "`inventory`" in problem.rule


def test_variables_fit_into_4_kb_with_the_addresses_of_callees(tmp_path: Path) -> None:
    url = f"http://{longest_dns_name('us-east-1')}:8080"
    room = 4096 - variable_bytes({"BIG": "", "INVENTORY_URL": url})
    assert load(tmp_path, {f"{VARIABLES}.BIG": f'"{"x" * room}"'})
    problem = only_problem(tmp_path, {f"{VARIABLES}.BIG": f'"{"x" * (room + 1)}"'})
    assert problem.field == VARIABLES
    assert repr(problem.value) == "4097 bytes"
    assert "4096" in problem.rule
    assert "INVENTORY_URL" in problem.rule


def test_bytes_count_not_characters(tmp_path: Path) -> None:
    assert fields(tmp_path, {f"{VARIABLES}.BIG": f'"{"ü" * 2100}"'}) == [VARIABLES]


def test_the_longest_name_is_as_long_as_aws_makes_them() -> None:
    assert longest_dns_name("us-east-1") == f"internal-{'x' * 32}-0000000000.us-east-1.elb.amazonaws.com"
    assert longest_dns_name("cn-north-1").endswith(".cn-north-1.elb.amazonaws.com.cn")


def test_the_addresses_of_many_callees_fit_into_one_variable(tmp_path: Path) -> None:
    names = [f"callee-number-{n}" for n in range(99)]
    callees: dict[str, str | None] = {
        f"functions.{name}": f'{{source = "lambda_src/inventory", exposure = "internal", port = {9000 + n}}}'
        for n, name in enumerate(names)
    }
    quotas = {"quotas.alb_listeners": "120", "quotas.security_group_rules": "120"}
    many = callees | quotas | {"functions.storefront.calls": json.dumps(names), "functions.inventory": None}
    problem = only_problem(tmp_path, many)
    assert problem.field == VARIABLES
    way_out = 'write callee_urls = "json" in [functions.storefront]: one variable CALLEE_URLS'
    assert problem.way_out.startswith(way_out)
    in_one = {"functions.storefront.callee_urls": '"json"'}
    assert load(tmp_path, many | in_one)
    by_hand = {f"{VARIABLES}.CALLEE_URLS": '"{}"'}
    rule = only_problem(tmp_path, many | in_one | by_hand).rule
    assert rule.startswith("is set for you, because it calls")
    big = {f"{VARIABLES}.BIG": f'"{"x" * 4100}"'}
    assert "callee_urls" not in only_problem(tmp_path, big).way_out


@pytest.mark.parametrize(
    ("days", "nearest"), [("0", 1), ("-30", 1), ("31", 30), ("1000", 1096), ("99999", 3653)]
)
def test_logs_are_kept_for_as_long_as_cloudwatch_knows(tmp_path: Path, days: str, nearest: int) -> None:
    problem = only_problem(tmp_path, {"functions.inventory.log_retention_days": days})
    assert problem.field == "functions.inventory.log_retention_days"
    assert problem.way_out == f"the nearest is {nearest}"
