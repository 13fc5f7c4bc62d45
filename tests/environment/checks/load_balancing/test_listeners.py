from pathlib import Path

import pytest

from tests.support.environment_files import CERTIFICATE, GROUP, fields, load, only_problem

SECURE = {"load_balancers.public.insecure_http": None, "load_balancers.public.certificate_arn": CERTIFICATE}
ON_SHARED = {"functions.inventory.port": None, "functions.inventory.paths": '["/inventory/*"]'}


def function(exposure: str, way_in: str, *calls: str) -> str:
    return f'{{source = "lambda_src/inventory", exposure = "{exposure}", {way_in}, calls = {list(calls)}}}'


@pytest.mark.parametrize("exposure", ["internal", "public"])
def test_whoever_is_exposed_has_a_way_in(tmp_path: Path, exposure: str) -> None:
    job = f'{{source = "lambda_src/inventory", exposure = "{exposure}"}}'
    problem = only_problem(tmp_path, {"functions.job": job})
    assert (problem.field, problem.value) == ("functions.job.exposure", exposure)


def test_a_way_in_is_a_port_or_paths_but_not_both(tmp_path: Path) -> None:
    assert fields(tmp_path, {"functions.inventory.paths": '["/inventory/*"]'}) == ["functions.inventory.port"]


@pytest.mark.parametrize(("key", "value"), [("port", "8081"), ("paths", '["/x"]'), ("priority", "5")])
def test_whoever_is_not_exposed_has_no_way_in(tmp_path: Path, key: str, value: str) -> None:
    job = f'{{source = "lambda_src/inventory", {key} = {value}}}'
    assert fields(tmp_path, {"functions.job": job}) == [f"functions.job.{key}"]


def test_a_priority_orders_paths_only(tmp_path: Path) -> None:
    assert fields(tmp_path, {"functions.inventory.priority": "5"}) == ["functions.inventory.priority"]


def test_a_port_leads_to_one_workload_of_a_load_balancer(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"functions.stock": function("internal", "port = 8080")})
    assert problem.field == "functions.stock.port"
    assert "`inventory`" in problem.rule
    assert problem.way_out == "8081 is free"


def test_each_load_balancer_has_its_own_ports(tmp_path: Path) -> None:
    environment = load(tmp_path, {"functions.shop": function("public", "port = 8080")})
    assert environment.listener_port("shop") == environment.listener_port("inventory") == 8080


def test_the_last_port_of_all_is_followed_by_one_below(tmp_path: Path) -> None:
    changes = {"functions.inventory.port": "65535", "functions.stock": function("internal", "port = 65535")}
    assert only_problem(tmp_path, changes).way_out == "65534 is free"


def test_the_internal_shared_port_is_taken_only_while_paths_use_it(tmp_path: Path) -> None:
    assert load(tmp_path, {"functions.inventory.port": "80"})
    stock = function("internal", 'paths = ["/stock"]')
    assert fields(tmp_path, {"functions.inventory.port": "80", "functions.stock": stock}) == [
        "functions.inventory.port"
    ]


@pytest.mark.parametrize("port", ["80", "443"])
def test_the_public_ports_are_taken_while_paths_use_them(tmp_path: Path, port: str) -> None:
    shop = {"functions.shop": function("public", f"port = {port}")}
    assert fields(tmp_path, shop) == ["functions.shop.port"]
    assert fields(tmp_path, {**SECURE, **shop}) == ["functions.shop.port"]


def test_https_may_be_a_workloads_own_port(tmp_path: Path) -> None:
    own = {"functions.storefront.paths": None, "functions.storefront.port": "443"}
    assert load(tmp_path, {**SECURE, **own}).listener_port("storefront") == 443


def test_without_https_every_port_is_a_workloads_own(tmp_path: Path) -> None:
    own = {"functions.storefront.paths": None, "functions.storefront.port": "443"}
    assert load(tmp_path, {**own, "functions.shop": function("public", "port = 80")})


def test_the_public_redirect_takes_no_port_of_the_internal_load_balancer(tmp_path: Path) -> None:
    stock = function("internal", 'paths = ["/stock"]')
    changes = {
        **SECURE,
        "functions.inventory.port": "80",
        "functions.stock": stock,
        "load_balancers.internal.port": "8000",
    }
    assert load(tmp_path, changes)


def test_the_redirect_of_a_workloads_own_https_takes_port_80(tmp_path: Path) -> None:
    own = {"functions.storefront.paths": None, "functions.storefront.port": "443"}
    problem = only_problem(tmp_path, {**SECURE, **own, "functions.shop": function("public", "port = 80")})
    assert problem.field == "functions.shop.port"
    assert "redirect" in problem.rule


def test_workloads_on_one_listener_have_the_same_callers(tmp_path: Path) -> None:
    old = f"{{security_group_id = {GROUP}, calls = ['stock']}}"
    changes = {**ON_SHARED, "functions.stock": function("internal", 'paths = ["/stock"]'), "callers.old": old}
    problem = only_problem(tmp_path, changes)
    assert (problem.field, repr(problem.value)) == ("load_balancers.internal.shared_listener", "false")
    assert "`old` would reach `inventory` and `storefront` would reach `stock`" in problem.rule
    assert "port 80" in problem.rule


def test_whoever_wants_it_may_share_a_listener(tmp_path: Path) -> None:
    old = f"{{security_group_id = {GROUP}, calls = ['stock']}}"
    changes = {**ON_SHARED, "functions.stock": function("internal", 'paths = ["/stock"]'), "callers.old": old}
    assert load(tmp_path, {**changes, "load_balancers.internal.shared_listener": "true"})


def test_a_workload_that_nobody_calls_is_not_to_be_reached_either(tmp_path: Path) -> None:
    changes = {**ON_SHARED, "functions.stock": function("internal", 'paths = ["/stock"]')}
    assert fields(tmp_path, changes) == ["load_balancers.internal.shared_listener"]


def test_the_same_callers_may_share_a_listener(tmp_path: Path) -> None:
    stock = function("internal", 'paths = ["/stock"]')
    changes = {**ON_SHARED, "functions.stock": stock, "functions.storefront.calls": '["stock", "inventory"]'}
    assert load(tmp_path, changes)


def test_a_callee_on_the_listener_may_call_its_neighbour(tmp_path: Path) -> None:
    stock = function("internal", 'paths = ["/stock"]', "inventory")
    problem = only_problem(
        tmp_path, {**ON_SHARED, "functions.stock": stock, "functions.storefront.calls": '["inventory"]'}
    )
    assert "`storefront` would reach `stock`" in problem.rule
    assert "`stock` would reach `stock`" not in problem.rule


def test_paths_are_checked_on_each_load_balancer(tmp_path: Path) -> None:
    changes = {
        **ON_SHARED,
        "functions.inventory.paths": '["inventory"]',
        "functions.storefront.paths": '["/a", "/b", "/c", "/d", "/e", "/f"]',
        "functions.storefront.priority": "50001",
    }
    assert fields(tmp_path, changes) == [
        "functions.inventory.paths[0]",
        "functions.storefront.paths",
        "functions.storefront.priority",
    ]


def test_the_same_path_on_both_load_balancers_is_fine(tmp_path: Path) -> None:
    assert load(tmp_path, {**ON_SHARED, "functions.inventory.paths": '["/*"]'})


def test_two_workloads_of_the_same_path_are_ambiguous(tmp_path: Path) -> None:
    assert fields(tmp_path, {"functions.shop": function("public", 'paths = ["/*"]')})


HOST = '["api.example.com"]'


def test_hosts_are_a_way_in_to_public_workloads(tmp_path: Path) -> None:
    changes = {"functions.shop": function("public", f"hosts = {HOST}")}
    environment = load(tmp_path, changes)
    assert (environment.workloads["shop"].hosts, environment.listener_port("shop")) == (
        ["api.example.com"],
        80,
    )
    internal = {"functions.shop": function("internal", f"hosts = {HOST}")}
    assert fields(tmp_path, internal) == ["functions.shop.hosts"]
    own = {"functions.shop": function("public", f"port = 8443, hosts = {HOST}")}
    assert fields(tmp_path, own) == ["functions.shop.port"]
    nobody = {"functions.shop": f'{{source = "lambda_src/inventory", hosts = {HOST}}}'}
    assert fields(tmp_path, nobody) == ["functions.shop.hosts"]


def test_hosts_and_paths_are_judged_together_whatever_their_case(tmp_path: Path) -> None:
    shop = function("public", 'hosts = ["API.example.com"], paths = ["/x"]')
    other = {"functions.shop": shop, "functions.other": shop.replace("API", "web")}
    assert load(tmp_path, other)
    same = {"functions.shop": shop, "functions.other": shop.replace("API", "api")}
    assert fields(tmp_path, same) == ["functions.other.paths[0]"]
