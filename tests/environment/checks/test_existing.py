import re
from pathlib import Path

import pytest

from constructs_lib.discovery.found import discover
from constructs_lib.discovery.toml import network_toml
from constructs_lib.environment import environment_warnings, load_environment, subnet_plan
from tests.support.environment_files import fields, load, only_problem, problems
from tests.support.vpc_answers import VPC_ID, endpoint, inventory, route_table, subnet
from tests.support.vpc_answers import nat as nat_gateway

TABLE = "network.existing"
EXISTING: dict[str, str | None] = {
    "network.cidr": '"172.30.0.0/16"',
    "network.block": '"172.30.64.0/20"',
    f"{TABLE}.vpc_id": '"vpc-0123456789abcdef0"',
    f"{TABLE}.internet_gateway_id": '"igw-0123456789abcdef0"',
}
SUBNET, OTHER_SUBNET = '"subnet-0123456789abcdef0"', '"subnet-0fedcba9876543210"'
NAT = '"nat-0123456789abcdef0"'
GROUP, GATEWAY_ENDPOINT = '"sg-0123456789abcdef0"', '"vpce-0123456789abcdef0"'
NO_NAT = {"network.nat": '"none"'}
PRIVATE = {
    "load_balancers": "{}",
    "functions": '{job = {source = "lambda_src/inventory"}}',
    f"{TABLE}.internet_gateway_id": None,
}


def existing(**changes: str | None) -> dict[str, str | None]:
    """The valid file in an existing VPC, with these keys of [network.existing] changed."""
    return EXISTING | {f"{TABLE}.{key}": value for key, value in changes.items()}


def ids(**by_zone: str) -> str:
    return "{ " + ", ".join(f"{zone} = {identity}" for zone, identity in by_zone.items()) + " }"


def test_an_existing_vpc_with_its_gateway_is_all_that_is_needed(tmp_path: Path) -> None:
    environment = load(tmp_path, EXISTING)
    assert environment.network.existing is not None
    assert environment.network.existing.vpc_id == "vpc-0123456789abcdef0"
    assert environment_warnings(environment) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vpc_id", '"vpc-123"'),
        ("vpc_id", '"igw-0123456789abcdef0"'),
        ("vpc_id", '"vpc-0123456789ABCDEF0"'),
        ("internet_gateway_id", '"vpc-0123456789abcdef0"'),
        ("public_subnet_ids.a", '"172.30.0.0/24"'),
        ("nat_gateway_ids.a", '"eipalloc-0123456789abcdef0"'),
        ("endpoints.logs.security_group_id", '"endpoints"'),
        ("endpoints.s3.gateway_endpoint_id", '"com.amazonaws.us-east-1.s3"'),
    ],
)
def test_every_id_has_its_form(tmp_path: Path, key: str, value: str) -> None:
    problem = only_problem(tmp_path, existing(**{key: value}))
    assert problem.field == f"{TABLE}.{key}"
    assert problem.way_out.startswith('write an id like "')


def test_the_short_ids_of_old_vpcs_are_fine(tmp_path: Path) -> None:
    assert load(tmp_path, existing(vpc_id='"vpc-0a1b2c3d"', internet_gateway_id='"igw-0a1b2c3d"'))


def test_the_vpc_is_needed(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, existing(vpc_id=None))
    assert (problem.field, problem.rule) == (f"{TABLE}.vpc_id", "is needed")


def test_the_key_of_a_vpc_is_told_its_table(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"network.vpc_id": '"vpc-0123456789abcdef0"'})
    assert problem.way_out.startswith("`vpc_id` belongs to [network.existing]")


def test_the_block_of_the_vpc_is_needed_and_nothing_is_measured_by_the_default(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, EXISTING | {"network.cidr": None})
    assert problem.field == "network.cidr"
    assert "`python main.py discover` shows it" in problem.way_out


def test_a_block_that_is_not_named_is_a_warning(tmp_path: Path) -> None:
    (warning,) = environment_warnings(load(tmp_path, EXISTING | {"network.block": None}))
    assert warning.field == "network.block"
    assert "discover --vpc-id vpc-0123456789abcdef0" in warning.way_out


@pytest.mark.parametrize("table", ["public_subnet_ids", "nat_gateway_ids"])
@pytest.mark.parametrize("zone", ["c", "us-east-1a"])
def test_the_keys_of_a_table_are_the_environments_zones(tmp_path: Path, table: str, zone: str) -> None:
    found = {"public_subnet_ids": (SUBNET, OTHER_SUBNET, '"subnet-0a1b2c3d"'), "nat_gateway_ids": (NAT,) * 3}
    values = dict(zip(("a", "b", zone), found[table], strict=True))
    assert fields(
        tmp_path, existing(**{table: ids(**values)}) | NO_NAT | {"functions.storefront.internet": None}
    ) == [f"{TABLE}.{table}.{zone}"]


def test_the_public_load_balancer_lies_in_every_zone(tmp_path: Path) -> None:
    both = existing(public_subnet_ids=ids(a=SUBNET, b=OTHER_SUBNET), internet_gateway_id=None)
    assert subnet_plan(load(tmp_path, both)).public == {}
    problem = only_problem(tmp_path, existing(public_subnet_ids=ids(a=SUBNET)))
    assert problem.field == f"{TABLE}.public_subnet_ids"
    assert problem.rule == (
        "the public load balancer lies in a public subnet of each of a and b, and b has none"
    )
    assert problem.way_out == 'add b = "subnet-...", or remove the table to have new ones made'


@pytest.mark.parametrize(
    ("nat", "zone", "wrong"),
    [
        ("single", "a", []),
        ("single", "b", ["b"]),
        ("per_az", None, ["b"]),
        ("none", None, []),
    ],
)
def test_new_nat_gateways_need_a_public_subnet_in_their_zones(
    tmp_path: Path, nat: str, zone: str | None, wrong: list[str]
) -> None:
    changes = existing(public_subnet_ids=ids(a=SUBNET)) | PRIVATE | {"network.nat": f'"{nat}"'}
    changes |= {"network.nat_zone": f'"{zone}"'} if zone else {}
    if not wrong:
        assert load(tmp_path, changes)
        return
    problem = only_problem(tmp_path, changes)
    assert problem.field == f"{TABLE}.public_subnet_ids"
    assert problem.way_out.startswith('add b = "subnet-..."')


def test_two_zones_do_not_share_a_subnet(tmp_path: Path) -> None:
    changes = existing(public_subnet_ids=ids(a=SUBNET, b=SUBNET))
    assert fields(tmp_path, changes) == [f"{TABLE}.public_subnet_ids"]


def test_a_place_for_public_subnets_that_are_not_made_is_refused(tmp_path: Path) -> None:
    changes = existing(public_subnet_ids=ids(a=SUBNET, b=OTHER_SUBNET))
    assert fields(tmp_path, changes | {"network.public_block": '"172.30.80.0/20"'}) == [
        "network.public_block"
    ]


def test_private_subnets_alone_fit_into_half_the_block(tmp_path: Path) -> None:
    changes = existing(public_subnet_ids=ids(a=SUBNET, b=OTHER_SUBNET)) | {
        "network.block": '"172.30.64.0/21"'
    }
    assert load(tmp_path, changes)
    assert fields(tmp_path, changes | {f"{TABLE}.public_subnet_ids": None}) == ["network.block"]


def test_what_is_public_needs_the_internet_gateway(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, existing(internet_gateway_id=None))
    assert problem.field == f"{TABLE}.internet_gateway_id"
    assert problem.rule == 'is needed: `storefront` has exposure = "public"'
    assert "attached to vpc-0123456789abcdef0" in problem.way_out


@pytest.mark.parametrize("nat", ["single", "per_az"])
def test_new_nat_gateways_need_the_internet_gateway(tmp_path: Path, nat: str) -> None:
    problem = only_problem(tmp_path, EXISTING | PRIVATE | {"network.nat": f'"{nat}"'})
    assert problem.field == f"{TABLE}.internet_gateway_id"
    assert f'nat = "{nat}"' in problem.rule


def test_a_private_environment_needs_no_internet_gateway_and_has_no_public_subnets(tmp_path: Path) -> None:
    environment = load(tmp_path, EXISTING | PRIVATE | NO_NAT)
    assert subnet_plan(environment).public == {}


def test_nat_gateways_are_new_or_existing(tmp_path: Path) -> None:
    with_nat = existing(nat_gateway_ids=ids(a=NAT, b=NAT))
    assert load(tmp_path, with_nat | NO_NAT).network.has_nat
    for nat in ("single", "per_az"):
        problem = only_problem(tmp_path, with_nat | {"network.nat": f'"{nat}"'})
        assert problem.field == f"{TABLE}.nat_gateway_ids"
        assert problem.way_out.startswith('write nat = "none"')


def test_a_zone_without_a_way_out_beside_others_is_no_first_of_a_table(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, existing(nat_gateway_ids=ids(b=NAT)) | NO_NAT)
    assert problem.field == f"{TABLE}.nat_gateway_ids"
    assert problem.way_out == f"add a = {NAT}, that of zone b, or one of its own"


def test_without_any_nat_gateway_nothing_reaches_the_internet(tmp_path: Path) -> None:
    assert fields(tmp_path, EXISTING | NO_NAT) == ["functions.storefront.internet"]


def test_flow_logs_of_a_vpc_are_its_owners(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, EXISTING | {"network.flow_logs": "true"})
    assert (problem.field, problem.way_out) == (
        "network.flow_logs",
        "remove it, and ask the VPC's owner for flow logs",
    )


@pytest.mark.parametrize(
    ("endpoint", "field"),
    [
        ("Logs", "endpoints.Logs"),
        ('"com.amazonaws.eu-west-1.logs"', 'endpoints."com.amazonaws.eu-west-1.logs"'),
    ],
)
def test_an_existing_endpoint_is_a_service_of_the_region(tmp_path: Path, endpoint: str, field: str) -> None:
    changes = existing(**{f"endpoints.{endpoint}.security_group_id": GROUP})
    assert fields(tmp_path, changes) == [f"{TABLE}.{field}"]


def test_a_service_is_declared_once(tmp_path: Path) -> None:
    full = 'endpoints."com.amazonaws.us-east-1.logs"'
    changes = existing(**{"endpoints.logs.security_group_id": GROUP, f"{full}.security_group_id": GROUP})
    assert fields(tmp_path, changes) == [f"{TABLE}.{full}"]


def test_an_existing_endpoint_says_which_kind_it_is(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, existing(**{"endpoints.logs": "{}"}))
    assert problem.field == f"{TABLE}.endpoints.logs"
    assert problem.rule == "needs security_group_id of the interface endpoint, or gateway_endpoint_id"


def test_only_some_services_have_gateway_endpoints(tmp_path: Path) -> None:
    wrong = existing(**{"endpoints.logs.gateway_endpoint_id": GATEWAY_ENDPOINT})
    assert fields(tmp_path, wrong) == [f"{TABLE}.endpoints.logs.gateway_endpoint_id"]
    assert load(tmp_path, existing(**{"endpoints.s3.gateway_endpoint_id": GATEWAY_ENDPOINT}))


def test_an_existing_gateway_of_s3_is_gateway_enough_for_its_interface(tmp_path: Path) -> None:
    lists = {"network.endpoints.interface": '["s3"]', "network.endpoints.gateway": "[]"}
    assert fields(tmp_path, EXISTING | lists) == ["network.endpoints.interface[0]"]
    assert load(tmp_path, existing(**{"endpoints.s3.gateway_endpoint_id": GATEWAY_ENDPOINT}) | lists)
    assert load(tmp_path, existing(**{"endpoints.s3.security_group_id": GROUP}) | lists)


def test_endpoints_are_known_by_their_short_names_and_only_the_rest_is_new(tmp_path: Path) -> None:
    declared = {'endpoints."com.amazonaws.us-east-1.logs".security_group_id': GROUP}
    interface = {"network.endpoints.interface": '["logs", "com.amazonaws.us-east-1.sqs"]'}
    environment = load(tmp_path, existing(**declared) | interface)
    assert set(environment.existing_endpoints) == {"logs"}
    assert environment.new_interface_endpoints == ["sqs"]


def test_an_existing_endpoint_takes_no_address_of_ours(tmp_path: Path) -> None:
    # A /27 has 27: 8 for the load balancer, 2 for inventory and storefront.
    services = [f"service{number}" for number in range(18)]
    changes = EXISTING | {"network.private_prefix": "27", "network.endpoints.interface": str(services)}
    assert fields(tmp_path, changes) == ["network.private_prefix"]
    assert load(tmp_path, changes | {f"{TABLE}.endpoints.service0.security_group_id": GROUP})


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    changes = existing(vpc_id='"vpc"', nat_gateway_ids=ids(c=NAT), **{"endpoints.logs": "{}"}) | {
        "network.cidr": None,
        "network.flow_logs": "true",
    }
    assert {problem.field for problem in problems(tmp_path, changes)} == {
        "network.cidr",
        "network.flow_logs",
        f"{TABLE}.vpc_id",
        f"{TABLE}.nat_gateway_ids",
        f"{TABLE}.nat_gateway_ids.c",
        f"{TABLE}.endpoints.logs",
    }


@pytest.mark.parametrize("value", ['"vpc-0123456789abcdef0"', "[]"])
def test_the_vpc_is_a_table(tmp_path: Path, value: str) -> None:
    problem = only_problem(tmp_path, {TABLE: value})
    assert problem.field == TABLE
    assert "[network.existing]" in problem.way_out


@pytest.mark.parametrize("taken", [False, True])
def test_what_discover_prints_is_a_valid_section(tmp_path: Path, taken: bool) -> None:
    there = inventory(
        Subnets=[subnet(n, f"172.30.{n * 16}.0/20", f"us-east-1{'abc'[n]}") for n in range(3)],
        NatGateways=[nat_gateway(1, 0)],
        RouteTables=[route_table(0, 1), route_table(main=True, target=None)],
        VpcEndpoints=[
            endpoint(1, "logs"),
            endpoint(2, "ecr.api"),
            endpoint(3, "s3", VpcEndpointType="Gateway", PrivateDnsEnabled=False, Groups=[]),
        ],
    )
    text = network_toml(discover(there, vpc_id=VPC_ID))
    offer = re.compile(r"^# ((?:\w+_ids|endpoints[.]\w+[.]gateway_endpoint_id) = )", re.MULTILINE)
    text, offers = offer.subn(r"\1", text) if taken else (text, 0)
    load(tmp_path)  # puts the functions there
    file = tmp_path / "found.toml"
    functions = '[functions.job]\nsource = "lambda_src/inventory"\n'
    file.write_text(f'region = "us-east-1"\n{text}{functions}', encoding="utf-8")
    environment = load_environment(file, project_root=tmp_path)
    assert offers == (3 if taken else 0)
    assert set(environment.existing_endpoints) == {"logs", "ecr.api", *(["s3"] if taken else [])}
    assert environment.network.has_nat is taken
    assert environment_warnings(environment) == []


def test_the_other_blocks_of_the_vpc_are_apart(tmp_path: Path) -> None:
    assert load(tmp_path, existing(other_cidrs='["100.64.0.0/16"]')).vpc_blocks[1:] == ("100.64.0.0/16",)
    for wrong in ("10.0.0.1/16", "x"):
        assert only_problem(tmp_path, existing(other_cidrs=f'["{wrong}"]')).field == f"{TABLE}.other_cidrs[0]"
    problem = only_problem(tmp_path, existing(other_cidrs='["100.64.0.0/16", "100.64.1.0/24"]'))
    assert "overlaps 100.64.0.0/16" in problem.rule


def test_an_endpoint_for_us_alone_warns_of_what_neighbours_lose(tmp_path: Path) -> None:
    asked = {**EXISTING, "network.endpoints.interface": '["logs"]'}
    assert environment_warnings(load(tmp_path, asked)) == []
    (warning,) = environment_warnings(load(tmp_path, {**asked, "network.endpoints.admit": '"own"'}))
    assert warning.field == "network.endpoints.admit"
    assert "every workload of vpc-0123456789abcdef0 resolves logs" in warning.rule
