from pathlib import Path

import pytest

from tests.support.environment_files import GROUP, fields, load, only_problem


def caller(*calls: str, group: str = GROUP) -> str:
    return f"{{security_group_id = {group}, calls = {list(calls)}}}"


def test_a_callee_exists(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"functions.storefront.calls": '["inventry"]'})
    assert (problem.field, problem.value) == ("functions.storefront.calls[0]", "inventry")
    assert problem.way_out.startswith('did you mean "inventory"?')


def test_a_callee_of_a_caller_exists_too(tmp_path: Path) -> None:
    assert fields(tmp_path, {"callers.old": caller("inventory", "stock")}) == ["callers.old.calls[1]"]


@pytest.mark.parametrize(
    ("callee", "rule"),
    [
        ("storefront", "does not call itself"),
        ("job", 'has exposure = "none"'),
        ("old", "is a caller"),
        ("", "no workload of this name"),
        ("x" * 1000, "no workload of this name"),
    ],
)
def test_a_callee_that_cannot_be_called(tmp_path: Path, callee: str, rule: str) -> None:
    problem = only_problem(
        tmp_path,
        {
            "functions.storefront.calls": f'["inventory", "{callee}"]',
            "functions.job": '{source = "lambda_src/inventory"}',
            "callers.old": caller("inventory"),
        },
    )
    assert problem.field == "functions.storefront.calls[1]"
    assert rule in problem.rule


def test_a_public_function_is_not_called_through_the_internal_load_balancer(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"functions.inventory.calls": '["storefront"]'})
    assert problem.field == "functions.inventory.calls[0]"
    assert 'exposure = "public"' in problem.rule


def test_a_callee_is_named_once(tmp_path: Path) -> None:
    changes = {"functions.storefront.calls": '["inventory", "inventory"]'}
    assert fields(tmp_path, changes) == ["functions.storefront.calls[1]"]


def test_functions_may_call_each_other(tmp_path: Path) -> None:
    stock = '{source = "lambda_src/inventory", exposure = "internal", port = 8081, calls = ["inventory"]}'
    environment = load(tmp_path, {"functions.stock": stock, "functions.inventory.calls": '["stock"]'})
    assert environment.callers_of("stock") == ("inventory",)
    assert environment.callers_of("inventory") == ("stock", "storefront")


def test_a_security_group_is_one_caller(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"callers.one": caller("inventory"), "callers.two": caller("inventory")})
    assert problem.field == "callers.two.security_group_id"
    assert "`one`" in problem.rule


@pytest.mark.parametrize(
    "group", ['"sg-123"', '"web"', '"sg-0123456789ABCDEF0"', '"sg-0123456789abcdef0 "', '"pl-01234567"']
)
def test_a_caller_is_known_by_the_id_of_its_security_group(tmp_path: Path, group: str) -> None:
    changes = {"callers.old": caller("inventory", group=group)}
    assert fields(tmp_path, changes) == ["callers.old.security_group_id"]


def test_a_caller_without_a_security_group_is_none(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"callers.old.calls": '["inventory"]'})
    assert (problem.field, repr(problem.value)) == ("callers.old.security_group_id", "(missing)")
