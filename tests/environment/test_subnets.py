from ipaddress import IPv4Network
from pathlib import Path

from constructs_lib.environment.subnets import subnet_plan
from tests.support.environment_files import load


def test_a_subnet_is_large_only_where_a_load_balancer_lives(tmp_path: Path) -> None:
    only_job = {"functions": '{job = {source = "lambda_src/inventory"}}', "load_balancers": "{}"}
    small = {"network.public_prefix": "28", "network.private_prefix": "28"}
    plan = subnet_plan(load(tmp_path, {**only_job, **small, "network.nat": '"none"'}))
    assert plan.private["a"].prefixlen == plan.public["a"].prefixlen == 28


def test_the_plan_is_that_of_the_file(tmp_path: Path) -> None:
    plan = subnet_plan(load(tmp_path, {"network.availability_zones": '["a", "c"]'}))
    assert plan.private == {"a": IPv4Network("10.0.0.0/24"), "c": IPv4Network("10.0.2.0/24")}
