import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.testing import Match, Template
from tests.support.building import network, new_stack


def synth(**settings):
    stack = new_stack()
    network(stack, **settings)
    return Template.from_stack(stack)


def test_the_vpc_resolves_names_as_private_endpoints_need():
    vpc = synth().one("aws_vpc")
    assert (vpc["cidr_block"], vpc["enable_dns_support"], vpc["enable_dns_hostnames"]) == (
        "10.0.0.0/16",
        True,
        True,
    )


def test_each_zone_has_one_subnet_of_each_tier_named_by_its_letter():
    assert {
        a: (s["cidr_block"], s["availability_zone"]) for a, s in synth().resources("aws_subnet").items()
    } == {
        "aws_subnet.network_private_a": ("10.0.0.0/24", "eu-west-1a"),
        "aws_subnet.network_private_b": ("10.0.1.0/24", "eu-west-1b"),
        "aws_subnet.network_public_a": ("10.0.8.0/24", "eu-west-1a"),
        "aws_subnet.network_public_b": ("10.0.9.0/24", "eu-west-1b"),
    }


def test_no_subnet_gives_public_addresses_by_itself():
    synth().assert_every("aws_subnet", map_public_ip_on_launch=False)


def test_every_subnet_is_associated_with_exactly_one_route_table():
    template = synth(plan={"internal_load_balancer_prefix": 27})
    associated = [a["subnet_id"] for a in template.resources("aws_route_table_association").values()]
    assert sorted(associated) == sorted(f"${{{address}.id}}" for address in template.resources("aws_subnet"))


def test_without_nat_only_the_public_tier_has_a_way_out():
    template = synth(nat="none")
    assert list(template.resources("aws_route")) == ["aws_route.network_public"]
    template.assert_count("aws_nat_gateway", 0)
    template.assert_count("aws_eip", 0)


def test_a_single_nat_gateway_lives_in_its_zone_and_serves_all():
    template = synth(nat="single", nat_zone="a")
    assert list(template.resources("aws_nat_gateway")) == ["aws_nat_gateway.network_nat_a"]
    template.assert_count("aws_route", 2, nat_gateway_id=Match.ref("aws_nat_gateway.network_nat_a", "id"))


def test_the_single_nat_gateway_lives_in_the_zone_that_is_named():
    template = synth(nat="single", nat_zone="b")
    gateway = template.one("aws_nat_gateway", subnet_id=Match.ref("aws_subnet.network_public_b", "id"))
    assert gateway.address == "aws_nat_gateway.network_nat_b"


def test_with_one_nat_gateway_per_zone_each_zone_uses_its_own():
    template = synth(nat="per_az")
    assert {
        a: r["nat_gateway_id"] for a, r in template.resources("aws_route").items() if "nat_gateway_id" in r
    } == {
        "aws_route.network_private_a": "${aws_nat_gateway.network_nat_a.id}",
        "aws_route.network_private_b": "${aws_nat_gateway.network_nat_b.id}",
    }


def test_going_from_a_single_nat_gateway_to_one_per_zone_only_adds():
    assert set(synth(nat="single", nat_zone="a").addresses) < set(synth(nat="per_az").addresses)


def test_adding_a_zone_moves_no_subnet_and_removes_no_address():
    two, three = synth(zones=("a", "c")), synth(zones=("a", "b", "c"))
    assert set(two.addresses) < set(three.addresses)
    before, after = two.resources("aws_subnet"), three.resources("aws_subnet")
    assert all(after[address]["cidr_block"] == subnet["cidr_block"] for address, subnet in before.items())


def test_given_elastic_ips_are_used_by_zone_and_the_rest_is_made():
    template = synth(nat="per_az", nat_eip_ids={"b": "eipalloc-0b"})
    assert list(template.resources("aws_eip")) == ["aws_eip.network_nat_a"]
    assert template.one("aws_nat_gateway", allocation_id="eipalloc-0b").address.endswith("_b")


def test_a_regional_nat_gateway_is_in_no_subnet_and_has_each_zones_address():
    template = synth(nat="regional", nat_eip_ids={"b": "eipalloc-0b"})
    assert list(template.resources("aws_eip")) == ["aws_eip.network_nat_a"]
    gateway = template.one("aws_nat_gateway")
    assert gateway.address == "aws_nat_gateway.network_nat"
    assert (gateway["availability_mode"], gateway["vpc_id"]) == ("regional", "${aws_vpc.network.id}")
    assert not {"subnet_id", "allocation_id"} & gateway.keys()
    assert gateway["availability_zone_address"] == [
        {
            "availability_zone": "eu-west-1a",
            "allocation_ids": ["${aws_eip.network_nat_a.allocation_id}"],
        },
        {"availability_zone": "eu-west-1b", "allocation_ids": ["eipalloc-0b"]},
    ]
    assert gateway["depends_on"] == ["aws_internet_gateway.network"]
    template.assert_count("aws_route", 2, nat_gateway_id=Match.ref("aws_nat_gateway.network_nat", "id"))


def test_addresses_are_the_same_in_every_mode_of_nat():
    zonal, regional = synth(nat="per_az"), synth(nat="regional")
    assert zonal.resources("aws_eip") == regional.resources("aws_eip")


def test_a_single_nat_gateway_without_its_zone_is_an_error():
    with pytest.raises(ConfigError, match=r"network\.nat_zone"):
        synth(nat="single")


def test_what_needs_the_internet_gateway_waits_for_it():
    template = synth(nat="per_az")
    template.assert_every("aws_eip", depends_on=["aws_internet_gateway.network"])
    for zone in "ab":
        gateway = template.resources("aws_nat_gateway")[f"aws_nat_gateway.network_nat_{zone}"]
        assert gateway["depends_on"] == [
            "aws_internet_gateway.network",
            f"aws_route_table_association.network_public_{zone}",
        ]


def test_a_subnet_has_its_route_before_anything_joins_it_and_goes_after_all_have_left():
    template = synth(nat="single", nat_zone="a")
    for tier, route in (("public", "public"), ("private", "private_b")):
        ties = template.resources("aws_route_table_association")
        association = ties[f"aws_route_table_association.network_{tier}_b"]
        assert association["depends_on"] == [f"aws_route.network_{route}"]
    for kind in ("aws_subnet", "aws_route_table_association", "aws_nat_gateway", "aws_eip"):
        template.assert_every(kind, lifecycle={"create_before_destroy": True})


def test_the_default_security_group_is_emptied():
    group = synth().one("aws_default_security_group")
    assert not {"ingress", "egress"} & set(group)


def test_the_internal_load_balancer_may_have_a_tier_of_its_own_without_a_way_out():
    template = synth(
        plan={"internal_load_balancer_prefix": 27, "private_prefix": 28}, nat="single", nat_zone="a"
    )
    assert "aws_route_table.network_internal_load_balancer" in template.addresses
    assert not [r for r in template.resources("aws_route") if "load_balancer" in r]


def test_flow_logs_are_off_unless_asked_for():
    synth().assert_count("aws_flow_log", 0)


def test_flow_logs_go_to_a_log_group_with_retention_by_a_role_that_may_write_only_there():
    template = synth(flow_logs=True)
    template.one(
        "aws_flow_log",
        traffic_type="ALL",
        log_destination=Match.ref("aws_cloudwatch_log_group.network", "arn"),
    )
    assert template.one("aws_cloudwatch_log_group")["retention_in_days"] == 30
    document = Match.serialized_json(
        Match.object_like(
            {
                "Statement": [
                    Match.object_like(
                        {
                            "Resource": [
                                "${aws_cloudwatch_log_group.network.arn}",
                                "${aws_cloudwatch_log_group.network.arn}:*",
                            ]
                        }
                    )
                ]
            }
        )
    )
    template.one("aws_iam_role_policy", policy=document)
