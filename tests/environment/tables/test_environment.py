from pathlib import Path

import pytest

from constructs_lib.environment import Environment
from constructs_lib.environment.reading.value_places import model_at
from constructs_lib.names import callee_url_variable
from tests.support.environment_files import CERTIFICATE, GROUP, load


def test_callers_are_workloads_and_callers_that_name_it(tmp_path: Path) -> None:
    caller = f"{{security_group_id = {GROUP}, calls = ['inventory']}}"
    environment = load(tmp_path, {"callers.legacy-ecs": caller})
    assert environment.callers_of("inventory") == ("legacy-ecs", "storefront")
    assert environment.callers_of("storefront") == ()
    assert environment.callers_of("nobody") == ()


def test_workloads_are_the_functions_by_name(tmp_path: Path) -> None:
    environment = load(tmp_path)
    assert environment.workloads == environment.functions
    assert list(environment.exposed("internal")) == ["inventory"]
    assert list(environment.exposed("public")) == ["storefront"]


@pytest.mark.parametrize(
    ("changes", "ports"),
    [
        ({}, (8080, 80)),
        ({"functions.inventory.port": None, "functions.inventory.paths": '["/inventory/*"]'}, (80, 80)),
        (
            {
                "functions.inventory.port": None,
                "functions.inventory.paths": '["/inventory/*"]',
                "load_balancers.internal.port": "8000",
            },
            (8000, 80),
        ),
        (
            {
                "load_balancers.public.insecure_http": None,
                "load_balancers.public.certificate_arn": CERTIFICATE,
            },
            (8080, 443),
        ),
        ({"functions.storefront.paths": None, "functions.storefront.port": "8443"}, (8080, 8443)),
    ],
)
def test_a_workload_is_listened_for_on_its_own_or_the_shared_port(
    tmp_path: Path, changes: dict[str, str | None], ports: tuple[int, int]
) -> None:
    environment = load(tmp_path, changes)
    assert (environment.listener_port("inventory"), environment.listener_port("storefront")) == ports


def test_nothing_listens_for_a_workload_without_exposure(tmp_path: Path) -> None:
    environment = load(tmp_path, {"functions": '{job = {source = "lambda_src/inventory"}}'})
    with pytest.raises(KeyError):
        environment.listener_port("job")


def test_names_begin_with_project_and_environment(tmp_path: Path) -> None:
    assert load(tmp_path, {"project": '"shop"'}, name="prod.toml").name_prefix == "shop-prod"


@pytest.mark.parametrize(
    ("name", "variable"), [("inventory", "INVENTORY_URL"), ("stock-level-2", "STOCK_LEVEL_2_URL")]
)
def test_a_callee_is_found_under_its_name(name: str, variable: str) -> None:
    assert callee_url_variable(name) == variable


def test_derived_values_do_not_count_when_environments_are_compared(tmp_path: Path) -> None:
    one, other = load(tmp_path), load(tmp_path)
    one.callers_of("inventory")
    assert one == other


def test_an_environment_does_not_change(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(tmp_path).region = "eu-west-1"  # type: ignore[misc]


def test_every_table_of_the_file_has_a_model() -> None:
    assert model_at(()) is Environment
    names = {
        location: model.__name__
        for location in (
            ("state",),
            ("network", "endpoints"),
            ("functions", "x"),
            ("functions", "x", "egress", "y"),
        )
        if (model := model_at(location))
    }
    assert list(names.values()) == ["State", "NetworkEndpoints", "Function", "Egress"]
    assert model_at(("tags",)) is None
    assert model_at(("nowhere", "at", "all")) is None
