import re
import tomllib

import pytest

from constructs_lib.discovery.found import discover
from constructs_lib.discovery.free_place import Wanted
from constructs_lib.discovery.inventory import Owner
from constructs_lib.discovery.notes import notes
from constructs_lib.discovery.toml import network_toml
from constructs_lib.errors import ConfigError
from constructs_lib.network.planning.plan import plan_subnets
from tests.support.vpc_answers import (
    OWN,
    VPC_ID,
    endpoint,
    gateway,
    identity,
    inventory,
    nat,
    route_table,
    subnet,
    tags,
    vpc,
    zone,
)

SEED = [subnet(number, f"172.30.{number * 16}.0/20", f"us-east-1{'abc'[number]}") for number in range(3)]
OWNER = Owner(OWN["Project"], OWN["Environment"])


def found(owner=None, wanted=None, vpc_id=VPC_ID, region=None, **changed):
    settings = {"owner": owner, "wanted": wanted, "vpc_id": vpc_id, "region": region}
    return discover(inventory(**({"Subnets": SEED} | changed)), **settings)


def section(owner=None, wanted=None, **changed):
    """The printed section, read as TOML, and the text itself."""
    text = network_toml(found(owner, wanted, **changed))
    return tomllib.loads(text)["network"], text


def remarks(owner=None, wanted=None, **changed):
    changed = {"Subnets": SEED} | changed
    return notes(found(owner, wanted, **changed), inventory(**changed), owner=owner, wanted=wanted)


def applied(network, *more, **tagged):
    """The subnets after an apply of the section."""
    keys = ("cidr", "block", "occupied", "availability_zones")
    plan = plan_subnets(
        **{key: network[key] for key in keys}, **{k: v for k, v in network.items() if k in more}
    )
    own = [
        subnet(100 + number, str(block), f"us-east-1{letter}", Tags=tags(**(tagged or OWN)))
        for tier in (plan.private, plan.public)
        for number, (letter, block) in enumerate(tier.items(), start=len(tier) if tier is plan.public else 0)
    ]
    return [*SEED, *own]


def test_the_section_of_the_seed_is_ready_for_use():
    network, _ = section()
    assert network == {
        "cidr": "172.30.0.0/16",
        "block": "172.30.48.0/20",
        "occupied": ["172.30.0.0/20", "172.30.16.0/20", "172.30.32.0/20"],
        "availability_zones": ["a", "b"],
        "existing": {"vpc_id": VPC_ID, "internet_gateway_id": identity("igw", 1)},
    }
    plan_subnets(**{key: value for key, value in network.items() if key != "existing"})
    assert remarks() == []


def test_after_an_apply_the_section_is_the_same():
    first, text = section(OWNER)
    second, _ = section(OWNER, Subnets=applied(first))
    assert second == first
    assert remarks(OWNER, Subnets=applied(first)) == []
    assert "# free" in text


def test_after_an_apply_the_block_stays_even_if_an_earlier_one_becomes_free():
    first, _ = section(OWNER)
    freed = [entry for entry in applied(first) if entry["SubnetId"] != SEED[0]["SubnetId"]]
    second, _ = section(OWNER, Subnets=freed)
    assert (second["block"], second["occupied"]) == (first["block"], ["172.30.16.0/20", "172.30.32.0/20"])


def test_another_environments_subnets_are_occupied():
    first, _ = section(OWNER)
    network, _ = section(OWNER, Subnets=applied(first, Project="shop", Environment="prod"))
    assert len(network["occupied"]) == 3 + 4
    assert network["block"] == "172.30.64.0/20"


def test_without_an_owner_own_subnets_are_occupied_and_that_is_said():
    first, _ = section()
    own = applied(first, **OWN, ManagedBy="terraform")
    (remark,) = remarks(Subnets=own)
    assert "--project shop --environment dev" in remark
    assert len(section(Subnets=own)[0]["occupied"]) == 7


def test_the_sizes_of_the_file_are_kept_and_tell_the_block():
    wanted = Wanted(sizes={"public_prefix": 27, "private_prefix": 27}, availability_zones=("b", "c"))
    network, _ = section(OWNER, wanted)
    assert network["block"] == "172.30.48.0/23"
    assert (network["public_prefix"], network["private_prefix"]) == (27, 27)
    assert network["availability_zones"] == ["b", "c"]
    assert section(OWNER, wanted, Subnets=applied(network, "public_prefix", "private_prefix"))[0] == network


def test_blocks_of_single_tiers_are_kept():
    sizes = {"private_block": "172.30.128.0/21", "zone_slots": 8}
    network, _ = section(OWNER, Wanted(sizes=sizes))
    assert {key: network[key] for key in sizes} == sizes


def test_own_subnets_of_unknown_sizes_get_no_block():
    small = Wanted(sizes={"public_prefix": 27, "private_prefix": 27})
    network, _ = section(OWNER, small)
    after = applied(network, "public_prefix", "private_prefix")
    assert "block" not in section(OWNER, Subnets=after)[0]
    assert any("--environment-file" in remark for remark in remarks(OWNER, Subnets=after))


def test_a_block_of_the_file_that_is_not_free_is_replaced_and_that_is_said():
    wanted = Wanted(block="172.30.0.0/20")
    assert section(OWNER, wanted)[0]["block"] == "172.30.48.0/20"
    assert remarks(OWNER, wanted) == [
        "172.30.0.0/20, the file's block, is not free here: 172.30.48.0/20 is proposed instead"
    ]


def test_a_full_primary_block_leads_to_the_secondary_one():
    full = [*SEED, subnet(9, "172.30.128.0/17"), subnet(8, "172.30.48.0/20"), subnet(7, "172.30.64.0/18")]
    network, text = section(Vpcs=[vpc("172.30.0.0/16", "100.64.0.0/16")], Subnets=full)
    assert (network["cidr"], network["block"], network["occupied"]) == ("100.64.0.0/16", "100.64.0.0/20", [])
    assert "# the VPC also has 172.30.0.0/16" in text
    assert "172.30.128.0/17" in text


def test_where_only_a_small_block_is_free_the_sizes_are_proposed_with_it():
    full = [subnet(number, f"172.30.{number}.0/24") for number in range(255)]
    network, _ = section(Subnets=full)
    assert (network["block"], network["zone_slots"], network["private_prefix"]) == ("172.30.255.0/24", 4, 27)
    plan_subnets(**{key: value for key, value in network.items() if key != "existing"})
    assert "the sizes below are those that fit" in remarks(Subnets=full)[0]


def test_zones_that_others_use_come_first_and_the_region_has_more():
    subnets = [subnet(1, "172.30.0.0/24", "us-east-1c"), subnet(2, "172.30.1.0/24", "us-east-1-bos-1a")]
    network, text = section(Subnets=subnets)
    assert network["availability_zones"] == ["a", "c"]
    assert "# the region has a, b, c" in text


def test_too_few_zones_and_zones_that_there_are_not_are_said():
    assert "needs 2 availability zones" in remarks(AvailabilityZones=[zone("us-east-1a")])[0]
    assert "no zone z" in remarks(wanted=Wanted(availability_zones=("a", "z")))[0]


def test_the_internet_gateway_is_that_of_the_vpc():
    assert "internet_gateway_id" not in section(InternetGateways=[gateway("vpc-2")])[0]["existing"]
    assert "internet_gateway_id" not in section(InternetGateways=[gateway(state="detaching")])[0]["existing"]
    assert "no internet gateway" in remarks(InternetGateways=[])[0]


def test_nat_gateways_of_others_are_offered_by_zone():
    gateways = [
        nat(1, 0),
        nat(2, 2),
        nat(3, 1, State="deleted"),
        nat(4, 1, ConnectivityType="private"),
        nat(5, 1, Tags=tags(**OWN)),
    ]
    ids = {"a": identity("nat", 1), "c": identity("nat", 2)}
    assert found(OWNER, NatGateways=gateways).nat_gateways == ids
    text = section(OWNER, NatGateways=gateways)[1]
    assert f'# nat_gateway_ids = {{ a = "{ids["a"]}", b = "{ids["a"]}", c = "{ids["c"]}" }}' in text
    assert "# without one of its own, that of a instead: b" in text


def test_a_regional_nat_gateway_serves_every_zone():
    regional = nat(1, AvailabilityMode="regional")
    del regional["SubnetId"]
    assert found(NatGateways=[regional]).nat_gateways == {"a": identity("nat", 1), "b": identity("nat", 1)}


def test_public_subnets_of_others_are_offered_by_zone_where_a_load_balancer_fits():
    subnets = [*SEED, subnet(4, "172.30.48.0/28", "us-east-1d"), subnet(5, "172.30.49.0/24", "us-east-1a")]
    tables = [route_table(0, 1, 4, 5), route_table(main=True, target=None)]
    ids = {"a": identity("subnet", 0), "b": identity("subnet", 1)}
    assert found(Subnets=subnets, RouteTables=tables).public_subnets == ids


def test_endpoints_with_private_dns_are_declared_and_others_mentioned():
    endpoints = [
        endpoint(1, "logs"),
        endpoint(2, "ecr.api", Groups=[{"GroupId": identity("sg", 8)}, {"GroupId": identity("sg", 9)}]),
        endpoint(3, "sqs", PrivateDnsEnabled=False),
        endpoint(4, "guardduty-data", RequesterManaged=True),
        endpoint(5, "s3", VpcEndpointType="Gateway", Groups=[]),
        endpoint(6, "sns", Tags=tags(**OWN)),
        endpoint(7, "kms", State="deleting"),
        endpoint(8, "logs"),
    ]
    network, text = section(OWNER, VpcEndpoints=endpoints)
    assert network["existing"]["endpoints"] == {
        "logs": {"security_group_id": identity("sg", 1)},
        "ecr.api": {"security_group_id": identity("sg", 8)},
    }
    comments = [line for line in text.splitlines() if line.startswith("# the VPC has an endpoint")]
    assert [line.split()[7].rstrip(",") for line in comments] == ["guardduty-data", "logs", "sqs"]
    assert f"which also has {identity('sg', 9)}" in text


def test_gateway_endpoints_of_others_are_offered_where_their_keys_belong():
    endpoints = [
        endpoint(1, "s3", VpcEndpointType="Gateway", Groups=[]),
        endpoint(2, "dynamodb", VpcEndpointType="Gateway", Groups=[]),
        endpoint(3, "s3"),
        endpoint(4, "s3express", VpcEndpointType="Gateway", Groups=[], Tags=tags(**OWN)),
    ]
    _, text = section(OWNER, VpcEndpoints=endpoints)
    taken = text.replace("# gateway_endpoint_id", "gateway_endpoint_id").replace("# endpoints.", "endpoints.")
    assert tomllib.loads(taken)["network"]["existing"]["endpoints"] == {
        "dynamodb": {"gateway_endpoint_id": identity("vpce", 2)},
        "s3": {"security_group_id": identity("sg", 3), "gateway_endpoint_id": identity("vpce", 1)},
    }


def test_what_is_offered_can_be_taken_by_removing_the_comment_sign():
    tables = [route_table(0, 1), route_table(main=True, target=None)]
    text = network_toml(found(NatGateways=[nat(1, 0)], RouteTables=tables))
    taken = re.sub(r"^# (\w+_ids = )", r"\1", text, flags=re.MULTILINE)
    existing = tomllib.loads(taken)["network"]["existing"]
    assert existing["public_subnet_ids"] == {"a": identity("subnet", 0), "b": identity("subnet", 1)}
    assert existing["nat_gateway_ids"] == dict.fromkeys("ab", identity("nat", 1))


def test_names_that_people_gave_cannot_leave_their_comment():
    evil = 'x\n[network]\x7f\x85 "quoted"'
    network, text = section(
        Vpcs=[vpc(Tags=tags(Name=evil))], Subnets=[subnet(1, "172.30.0.0/20", Tags=tags(Name=evil))]
    )
    assert network["occupied"] == ["172.30.0.0/20"]
    assert text.count("\n[network]\n") == 1


def test_a_vpc_that_is_not_there_is_told_those_that_are():
    with pytest.raises(ConfigError) as raised:
        found(vpc_id="vpc-0000000000000000f")
    assert f"{VPC_ID} (172.30.0.0/16)" in raised.value.problems[0].rule


def test_a_region_that_nothing_tells_is_asked_for():
    unknown = {"Subnets": [], "AvailabilityZones": []}
    with pytest.raises(ConfigError) as raised:
        found(**unknown)
    assert [problem.field for problem in raised.value.problems] == ["--region"]
    assert found(region="eu-west-1", **unknown).region == "eu-west-1"


def test_the_environments_own_vpc_and_a_shared_one_are_said():
    assert "it made the VPC" in remarks(OWNER, Vpcs=[vpc(Tags=tags(**OWN))])[0]
    assert "another account" in remarks(Subnets=[subnet(1, "172.30.0.0/20", OwnerId="210987654321")])[0]


def test_what_was_not_read_is_said():
    left_out = ("InternetGateways", "NatGateways", "VpcEndpoints", "RouteTables", "AvailabilityZones")
    found_remarks = remarks(**dict.fromkeys(left_out))
    assert sorted(remark.split()[0] for remark in found_remarks) == sorted(left_out)
