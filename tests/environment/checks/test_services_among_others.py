"""Services beside functions: who calls whom, which ports and addresses they share."""

from pathlib import Path

import pytest

from tests.support.environment_files import GROUP, JOB, PUBLIC_IMAGE, WEB, fields, load, only_problem, web


def test_functions_and_services_call_each_other(tmp_path: Path) -> None:
    changes = web({"exposure": '"internal"', "paths": None, "port": "8081", "calls": '["inventory"]'})
    environment = load(tmp_path, changes | {"functions.storefront.calls": '["inventory", "web"]'})
    assert environment.callers_of("web") == ("storefront",)
    assert environment.callers_of("inventory") == ("storefront", "web")


def test_services_call_services_and_callers_call_services(tmp_path: Path) -> None:
    internal = WEB | {
        "services.web.exposure": '"internal"',
        "services.web.paths": None,
        "services.web.port": "8081",
    }
    other = f'{{image = {PUBLIC_IMAGE}, container_port = 1, calls = ["web"]}}'
    caller = f'{{security_group_id = {GROUP}, calls = ["web"]}}'
    environment = load(tmp_path, internal | {"services.other": other, "callers.old": caller})
    assert environment.callers_of("web") == ("old", "other")


@pytest.mark.parametrize(
    ("callee", "rule"),
    [("web", "does not call itself"), ("storefront", 'exposure = "public"'), ("inventroy", "no workload")],
)
def test_a_service_calls_internal_workloads_only(tmp_path: Path, callee: str, rule: str) -> None:
    problem = only_problem(tmp_path, web({"calls": f'["{callee}"]'}))
    assert problem.field == "services.web.calls[0]"
    assert rule in problem.rule


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"exposure": '"public"', "paths": None}, "exposure"),
        ({"port": "8443"}, "port"),
        ({"exposure": '"none"'}, "paths"),
        ({"paths": '["/*"]'}, "paths"),
        ({"paths": None, "port": "80"}, "port"),
        ({"internet": "true", "egress.x": '{cidr = "0.0.0.0/0", port = 443}'}, "egress.x"),
        ({"egress.x": "{port = 443}"}, "egress.x"),
        ({"egress.internet": f"{{security_group_id = {GROUP}, port = 443}}"}, "egress.internet"),
    ],
)
def test_a_service_has_one_way_in_and_clear_ways_out(
    tmp_path: Path, changes: dict[str, str | None], field: str
) -> None:
    found = fields(tmp_path, web(changes))
    assert len(found) == 1
    assert found[0].startswith((f"services.web.{field}", "functions.storefront.paths"))


def test_a_service_and_a_function_share_no_port(tmp_path: Path) -> None:
    changes = web({"exposure": '"internal"', "paths": None, "port": "8080"})
    assert fields(tmp_path, changes) == ["services.web.port"]


def test_a_load_balancer_reaches_sixty_services(tmp_path: Path) -> None:
    def services(count: int) -> dict[str, str | None]:
        return {
            f"services.s{number}": (
                f'{{image = {PUBLIC_IMAGE}, container_port = 80, exposure = "public", '
                f'paths = ["/s{number}"], desired_count = 1}}'
            )
            for number in range(count)
        }

    assert load(tmp_path, services(60))
    problem = only_problem(tmp_path, services(61))
    assert (problem.field, str(problem.value)) == (
        "load_balancers.public",
        "61 outbound rules in its security group",
    )


def test_tasks_take_addresses_twice_during_a_deployment(tmp_path: Path) -> None:
    changes = WEB | {"services.web.desired_count": "240"}
    assert load(tmp_path, changes)  # 240 tasks, 2 functions, 1 endpoint, 8 of the load balancer: 251
    problem = only_problem(tmp_path, changes | {"services.web.desired_count": "241"})
    assert problem.field == "network.private_prefix"
    assert "a /24 has 251 usable addresses" in problem.rule
    assert "write private_prefix = 23" in problem.way_out


def test_tasks_count_as_many_as_autoscaling_may_run(tmp_path: Path) -> None:
    scaling = "{min_count = 1, max_count = 241, cpu_percent = 60}"
    assert fields(tmp_path, web({"autoscaling": scaling})) == ["network.private_prefix"]


def test_a_service_without_a_way_in_needs_no_paths(tmp_path: Path) -> None:
    assert load(tmp_path, JOB).exposed("public").keys() == {"storefront"}
