from pathlib import Path

import pytest

from constructs_lib.problem_words import MISSING
from tests.support.environment_files import PUBLIC_IMAGE, fields, load, only_problem

EIP = '"eipalloc-0123456789abcdef0"'
OTHER_EIP = '"eipalloc-0fedcba9876543210"'
MANY = f"{{image = {PUBLIC_IMAGE}, container_port = 1, desired_count = 5000}}"
NO_INTERNET = {"functions.storefront.internet": None}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cidr", '"10.0.0.0/8"'),
        ("cidr", '"10.0.0.1/16"'),
        ("cidr", '"fd00::/56"'),
        ("cidr", '""'),
        ("block", '"192.168.0.0/20"'),
        ("occupied", '["10.0.0.0/16"]'),
        ("availability_zones", '["a"]'),
        ("availability_zones", '["a", "a"]'),
        ("availability_zones", '["a", "us-east-1b"]'),
        ("availability_zones", "[]"),
        ("availability_zones", '["a", "i"]'),
        ("zone_slots", "7"),
        ("public_prefix", "28"),
        ("private_prefix", "28"),
        ("internal_load_balancer_prefix", "28"),
        ("internal_load_balancer_block", '"10.0.0.0/24"'),
    ],
)
def test_the_subnet_plan_is_checked_with_the_file(tmp_path: Path, key: str, value: str) -> None:
    assert all(field.startswith("network.") for field in fields(tmp_path, {f"network.{key}": value}))


def test_a_zone_written_in_full_is_told_its_letter(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"network.availability_zones": '["a", "us-east-1b"]'})
    assert problem.field == "network.availability_zones[1]"
    assert '"b"' in problem.way_out


def test_every_function_needs_an_address_in_every_private_subnet(tmp_path: Path) -> None:
    def changes(count: int) -> dict[str, str | None]:
        jobs = {f"functions.job{n}": '{source = "lambda_src/inventory"}' for n in range(count)}
        return {"network.private_prefix": "27", **jobs}

    # A /27 has 27: 8 for the load balancer, 1 for the endpoint, and inventory and storefront.
    assert load(tmp_path, changes(16))
    problem = only_problem(tmp_path, changes(17))
    assert problem.field == "network.private_prefix"
    assert "27 usable addresses" in problem.rule
    assert problem.way_out.startswith("write private_prefix = 26")


def test_the_load_balancers_own_tier_leaves_the_private_one_to_functions(tmp_path: Path) -> None:
    jobs = {f"functions.job{n}": '{source = "lambda_src/inventory"}' for n in range(8)}
    tiers = {"network.private_prefix": "28", "network.internal_load_balancer_prefix": "27"}
    # A /28 has 11: 1 for the endpoint, 10 for the functions.
    assert load(tmp_path, {**jobs, **tiers})
    one_more = {"functions.job8": '{source = "lambda_src/inventory"}'}
    assert fields(tmp_path, {**jobs, **tiers, **one_more}) == ["network.private_prefix"]


def test_a_nat_zone_is_one_of_the_zones(tmp_path: Path) -> None:
    assert load(tmp_path, {"network.nat_zone": '"b"'}).network.nat_zone == "b"
    assert fields(tmp_path, {"network.nat_zone": '"c"'}) == ["network.nat_zone"]


def test_a_regional_nat_gateway_is_made_where_aws_has_some(tmp_path: Path) -> None:
    regional = {"network.nat": '"regional"', "network.nat_zone": None}
    assert load(tmp_path, regional).network.has_nat
    problem = only_problem(tmp_path, {**regional, "region": '"us-gov-west-1"'})
    assert (problem.field, problem.value) == ("network.nat", "regional")
    assert "partition aws-us-gov" in problem.rule


@pytest.mark.parametrize("nat", ["none", "per_az", "regional"])
def test_a_nat_zone_is_for_a_single_nat_gateway(tmp_path: Path, nat: str) -> None:
    changes = {**NO_INTERNET, "network.nat": f'"{nat}"', "network.nat_zone": '"a"'}
    assert fields(tmp_path, changes) == ["network.nat_zone"]


def test_a_single_nat_gateway_needs_its_zone(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"network.nat_zone": None})
    assert (problem.field, repr(problem.value)) == ("network.nat_zone", repr(MISSING))
    assert problem.way_out == 'write nat_zone = "a", or another of a and b'


@pytest.mark.parametrize(
    ("nat", "ids", "wrong"),
    [
        ("none", f"{{ a = {EIP} }}", ""),
        ("single", f"{{ a = {EIP}, b = {OTHER_EIP} }}", ".b"),
        ("single", f"{{ b = {EIP} }}", ".b"),
        ("per_az", f"{{ a = {EIP}, c = {OTHER_EIP} }}", ".c"),
        ("per_az", f"{{ a = {EIP}, b = {EIP} }}", ""),
        ("per_az", f"[{EIP}]", ""),
        ("regional", f"{{ c = {EIP} }}", ".c"),
    ],
)
def test_an_address_is_that_of_one_nat_gateway_by_zone(
    tmp_path: Path, nat: str, ids: str, wrong: str
) -> None:
    changes = {**NO_INTERNET, "network.nat": f'"{nat}"', "network.nat_eip_ids": ids}
    assert fields(tmp_path, changes) == [f"network.nat_eip_ids{wrong}"]


@pytest.mark.parametrize(
    ("nat", "ids"),
    [
        ("single", f"{{ a = {EIP} }}"),
        ("per_az", f"{{ b = {EIP}, a = {OTHER_EIP} }}"),
        ("per_az", f"{{ b = {EIP} }}"),
        ("per_az", "{}"),
        ("regional", f"{{ b = {EIP} }}"),
    ],
)
def test_nat_gateways_have_the_addresses_that_are_given_and_new_ones(
    tmp_path: Path, nat: str, ids: str
) -> None:
    assert load(tmp_path, {"network.nat": f'"{nat}"', "network.nat_eip_ids": ids})


def test_more_tasks_than_any_subnet_holds(tmp_path: Path) -> None:
    changes = {f"services.s{number}": MANY for number in range(14)}
    problem = only_problem(tmp_path, changes)
    assert problem.field == "network.private_prefix"
    assert problem.way_out == "move workloads to another environment"
