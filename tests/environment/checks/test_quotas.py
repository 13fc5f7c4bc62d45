"""Quotas that AWS raised, and rules that the file waives: what checks and rules read alike."""

from pathlib import Path

from constructs_lib.environment import AWS_QUOTAS, Quotas, environment_warnings
from constructs_lib.figures.rule_names import RULE_NAMES
from constructs_lib.rules import check_rules
from constructs_lib.terraform_json import read_document
from tests.support.environment_files import fields, load, only_problem

WAIVER = '[{rule = "security-group-rules", address = "aws_security_group.%s", reason = "120 are granted"}]'


def callers(count: int) -> dict[str, str | None]:
    return {
        f"callers.c{n}": f'{{security_group_id = "sg-{n:08x}", calls = ["inventory"]}}' for n in range(count)
    }


def test_every_quota_is_a_rules_and_awss_own_unless_raised() -> None:
    names = {name.replace("-", "_") for name in RULE_NAMES}
    assert Quotas.model_fields.keys() - names == {"lambda_concurrent_executions"}  # no rule asks for it
    assert (AWS_QUOTAS.security_group_rules, AWS_QUOTAS.raised("security-group-rules")) == (60, None)
    assert Quotas(security_group_rules=120).raised("security-group-rules") == 120
    assert Quotas(security_group_rules=120).raised("alb-name") is None


def test_a_raised_quota_is_read_by_checks(tmp_path: Path) -> None:
    assert load(tmp_path, callers(60) | {"quotas.security_group_rules": "61"})
    assert fields(tmp_path, callers(61) | {"quotas.security_group_rules": "61"}) == [
        "load_balancers.internal"
    ]
    problem = only_problem(tmp_path, callers(60))
    assert "security_group_rules = 61 in [quotas]" in problem.way_out


def test_a_raised_quota_is_read_by_rules() -> None:
    opened = {"protocol": "tcp", "cidr_blocks": ["192.0.2.0/24"]}
    ingress = [{"from_port": port, "to_port": port, **opened} for port in range(1, 62)]
    group = {"vpc_id": "vpc-0123456789abcdef0", "ingress": ingress}
    document = read_document({"resource": {"aws_security_group": {"a": group}}})
    for quotas, verdict, figure in (
        (AWS_QUOTAS, "broken", "60 in each direction"),
        (Quotas(security_group_rules=61), "kept", "61 in this account; AWS's own: 60 in each direction"),
    ):
        [found] = [one for one in check_rules(document, quotas) if one.rule == "security-group-rules"]
        assert (found.verdict, found.figure) == (verdict, figure)


def test_rules_in_a_group_times_groups_on_an_interface_have_a_bound(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"quotas.security_group_rules": "201"})
    assert (problem.field, problem.value) == ("quotas.security_group_rules", 201)
    assert "at most 200, or security_groups_per_interface = 4" in problem.way_out
    fewer_groups = {"quotas.security_groups_per_interface": "4", "quotas.security_group_rules": "250"}
    assert load(tmp_path, fewer_groups).quotas.security_group_rules == 250


def test_a_quota_is_not_lower_than_awss_own(tmp_path: Path) -> None:
    for key in Quotas.model_fields.keys() - {"security_groups_per_interface"}:
        own = getattr(AWS_QUOTAS, key)
        assert only_problem(tmp_path, {f"quotas.{key}": str(own - 1)}).field == f"quotas.{key}"


def test_a_waiver_accepts_what_checks_refuse_and_is_said(tmp_path: Path) -> None:
    environment = load(tmp_path, callers(60) | {"waivers": WAIVER % "internal"})
    found = [
        one for one in environment_warnings(environment, project_root=tmp_path) if "waived" in one.way_out
    ]
    assert [(one.field, one.way_out) for one in found] == [
        ("load_balancers.internal", "waived, because: 120 are granted")
    ]


def test_a_waiver_of_another_address_accepts_nothing(tmp_path: Path) -> None:
    assert fields(tmp_path, callers(60) | {"waivers": WAIVER % "public"}) == ["load_balancers.internal"]


def test_a_waiver_of_too_many_rules_leaves_the_conflicts_between_them(tmp_path: Path) -> None:
    waivers = ", ".join(
        f'{{rule = "{rule}", reason = "granted"}}' for rule in ("alb-listener-rules", "alb-target-groups")
    )
    paths = {
        f"functions.f{n}": f'{{source = "lambda_src/inventory", exposure = "public", paths = ["/f{n}"]}}'
        for n in range(100)
    } | {"waivers": f"[{waivers}]", "network.private_prefix": "20"}
    assert load(tmp_path, paths)
    same = paths | {"functions.f99": paths["functions.f98"]}
    assert "functions.f99.paths[0]" in fields(tmp_path, same)


def test_a_workload_carries_two_groups(tmp_path: Path) -> None:
    field = "quotas.security_groups_per_interface"
    assert only_problem(tmp_path, {field: "1"}).field == field
    assert load(tmp_path, {field: "2"})
    waived = '[{rule = "security-groups-per-interface", reason = "x"}]'
    assert load(tmp_path, {field: "1", "waivers": waived})


def test_a_load_balancer_that_hangs_up_early_may_be_waived(tmp_path: Path) -> None:
    early = {"functions.inventory.timeout_s": "61", "load_balancers.internal.idle_timeout_s": "60"}
    assert fields(tmp_path, early) == ["load_balancers.internal.idle_timeout_s"]
    assert load(tmp_path, early | {"waivers": '[{rule = "alb-idle-timeout-for-lambda", reason = "x"}]'})
