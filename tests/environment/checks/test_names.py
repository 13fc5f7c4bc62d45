from pathlib import Path

import pytest

from tests.support.environment_files import GROUP, fields, load, only_problem, web

FUNCTION = '{source = "lambda_src/inventory"}'


@pytest.mark.parametrize(
    "name",
    [
        "Inventory",
        "stock_level",
        "5stock",
        "-stock",
        "stock-",
        "stock--level",
        "stock level",
        "",
        "über",
        "a" * 41,
        "internal",
        "public",
        "network",
        "endpoints",
        "endpoint-clients",
        "state",
        "internet",
        "constructor",
    ],
)
def test_a_name_that_cannot_be_an_address(tmp_path: Path, name: str) -> None:
    key = f'"{name}"'
    caller = f"{{security_group_id = {GROUP}, calls = ['inventory']}}"
    assert len(fields(tmp_path, {f"functions.{key}": FUNCTION})) == 1
    assert len(fields(tmp_path, {f"callers.{key}": caller})) == 1


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("Inventory", "write `inventory`"),
        ("stockLevel", "write `stock-level`"),
        ("stock_level", "write `stock-level`"),
        ("9 lives!", "write `lives`"),
        ("ß", "choose a name like `inventory`"),
        ("state", "choose another, like `state-api`"),
    ],
)
def test_a_wrong_name_is_repaired(tmp_path: Path, name: str, way_out: str) -> None:
    assert only_problem(tmp_path, {f'functions."{name}"': FUNCTION}).way_out == way_out


@pytest.mark.parametrize("name", ["a", "a1", "stock-level-2", "a" * 40])
def test_a_legal_name_is_fine(tmp_path: Path, name: str) -> None:
    assert name in load(tmp_path, {f"functions.{name}": FUNCTION}).functions


def test_what_is_wrong_in_a_function_of_a_wrong_name_is_said_too(tmp_path: Path) -> None:
    assert fields(
        tmp_path, {"functions.Stock": '{source = "nowhere", calls = ["nobody"], memory_mb = 1}'}
    ) == [
        "functions.Stock",
        "functions.Stock.source",
        "functions.Stock.calls[0]",
        "functions.Stock.memory_mb",
    ]


def test_a_caller_and_a_function_have_different_names(tmp_path: Path) -> None:
    changes = {"callers.storefront": f"{{security_group_id = {GROUP}, calls = ['inventory']}}"}
    assert fields(tmp_path, changes) == ["callers.storefront"]


@pytest.mark.parametrize("name", ["Database", "data_base", "internet", "internal", "endpoints", "a" * 41])
def test_egress_has_a_name_of_the_same_form(tmp_path: Path, name: str) -> None:
    changes = {f"functions.inventory.egress.{name}": f"{{security_group_id = {GROUP}, port = 5432}}"}
    assert fields(tmp_path, changes) == [f"functions.inventory.egress.{name}"]


def test_a_role_of_ours_has_a_name_of_its_own(tmp_path: Path) -> None:
    assert fields(tmp_path, {"functions.flow-logs": FUNCTION, "network.flow_logs": "true"}) == [
        "functions.flow-logs"
    ]
    assert "flow-logs" in load(tmp_path, {"functions.flow-logs": FUNCTION}).functions


def test_a_function_a_service_and_a_caller_have_different_names(tmp_path: Path) -> None:
    changes = web({"exposure": None, "paths": None}) | {
        "functions.web": FUNCTION,
        "callers.web": f"{{security_group_id = {GROUP}, calls = ['inventory']}}",
    }
    assert fields(tmp_path, changes) == ["services.web", "callers.web", "callers.web"]


def test_no_workload_has_the_name_of_the_role_that_starts_a_service(tmp_path: Path) -> None:
    changes = web({}) | {"functions.web-execution": FUNCTION}
    assert fields(tmp_path, changes) == ["functions.web-execution"]
    assert load(tmp_path, {"functions.web-execution": FUNCTION})
