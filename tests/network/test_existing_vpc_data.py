import pytest

from constructs_lib import ExistingEndpoint, ExistingVpc
from constructs_lib.errors import ConfigError
from constructs_lib.testing import Match, Template
from tests.support.building import endpoints, load_balancer, network, new_stack

VPC, GATEWAY = "vpc-0123456789abcdef0", "igw-0123456789abcdef0"
PUBLIC = {"a": "subnet-0000000a", "b": "subnet-0000000b"}
OWN = {"Project": "shop", "Environment": "dev"}


def existing(**more):
    return ExistingVpc(VPC, OWN, **{"internet_gateway_id": GATEWAY, **more})


def synth(found=None, *, nat="none", nat_zone=None, plan=None, services=None, public=False):
    stack = new_stack()
    net = network(stack, nat=nat, nat_zone=nat_zone, plan=plan, existing=found or existing())
    if services is not None:
        endpoints(stack, net, **services)
    if public:
        load_balancer(stack, net, exposure="public")
    return Template.from_stack(stack)


def of_kind(template, *kinds):
    return {address for address in template.addresses if address.removeprefix("data.").startswith(kinds)}


def test_the_vpc_and_its_gateway_are_read_and_no_other_is_made():
    template = synth()
    assert of_kind(template, "aws_vpc.", "aws_internet_gateway.", "aws_default_security_group.") == {
        "data.aws_vpc.network",
        "data.aws_internet_gateway.network",
    }
    template.one("data.aws_vpc", id=VPC)
    template.one("data.aws_internet_gateway", internet_gateway_id=GATEWAY)


def test_everything_of_ours_has_the_address_that_it_has_in_a_new_vpc():
    stack = new_stack()
    network(stack, nat="single", nat_zone="a")
    new = set(Template.from_stack(stack).addresses)
    gone = {"aws_vpc.network", "aws_internet_gateway.network", "aws_default_security_group.network"}
    managed = {
        address for address in synth(nat="single", nat_zone="a").addresses if not address.startswith("data.")
    }
    assert managed == new - gone


def test_subnets_and_the_public_route_belong_to_what_was_read():
    template = synth()
    template.assert_every("aws_subnet", vpc_id=Match.ref("data.aws_vpc.network", "id"))
    route = template.one("aws_route", destination_cidr_block="0.0.0.0/0")
    assert route["gateway_id"] == "${data.aws_internet_gateway.network.id}"


def test_our_subnets_carry_the_tags_by_which_they_are_known():
    synth().assert_every("aws_subnet", tags=Match.object_like(OWN))


def test_every_subnet_of_ours_is_compared_with_every_other_in_the_vpc():
    template = synth(plan={"internal_load_balancer_prefix": 27})
    template.one("data.aws_subnets", filter=[{"name": "vpc-id", "values": [VPC]}])
    read = template.one("data.aws_subnet")
    assert (read["for_each"], read["id"]) == ("${toset(data.aws_subnets.network.ids)}", "${each.value}")
    for subnet in template.resources("aws_subnet").values():
        [condition] = subnet["lifecycle"]["precondition"]
        met = f'local.network_overlaps["{subnet["cidr_block"]}"]'
        assert condition["condition"] == f"${{length({met}) == 0}}"
        assert f'"{subnet["cidr_block"]}"' in template.to_dict()["locals"]["network_overlaps"]


def test_a_tag_keeps_its_quotes_and_its_references():
    template = synth(ExistingVpc(VPC, {"team": 'a"${var.b}'}, GATEWAY))
    assert r'subnet.tags["team"] == "a\"${var.b}"' in template.to_dict()["locals"]["network_others"]


def test_without_a_gateway_there_is_no_public_tier():
    template = synth(existing(internet_gateway_id=None), plan={"public_tier": False})
    assert of_kind(template, "aws_internet_gateway.", "aws_route.") == set()
    assert not [address for address in template.addresses if "public" in address]


def test_new_public_subnets_without_a_gateway_are_an_error():
    with pytest.raises(ConfigError, match=r"existing\.internet_gateway_id.*new public subnets need"):
        synth(existing(internet_gateway_id=None))


@pytest.mark.parametrize("gateway", [None, GATEWAY])
def test_existing_public_subnets_replace_the_public_tier(gateway):
    found = existing(internet_gateway_id=gateway, public_subnet_ids=PUBLIC)
    template = synth(found, nat="single", nat_zone="a", public=True)
    assert {a for a in of_kind(template, "aws_subnet.", "aws_route") if "public" in a} == {
        "data.aws_subnet.network_public_a",
        "data.aws_subnet.network_public_b",
    }
    ids = [f"${{data.aws_subnet.network_public_{zone}.id}}" for zone in "ab"]
    assert template.one("aws_lb")["subnets"] == ids
    assert template.one("aws_nat_gateway")["subnet_id"] == ids[0]


def test_what_is_public_waits_for_what_is_made_only():
    gateway = "data.aws_internet_gateway.network"
    new = synth(nat="single", nat_zone="a", public=True)
    ties = [f"aws_route_table_association.network_public_{zone}" for zone in "ab"]
    assert new.one("aws_lb")["depends_on"] == [gateway, "aws_route.network_public", *ties]
    assert new.one("aws_nat_gateway")["depends_on"] == [gateway, ties[0]]
    adopted = synth(
        existing(internet_gateway_id=None, public_subnet_ids=PUBLIC), nat="single", nat_zone="a", public=True
    )
    assert "depends_on" not in adopted.one("aws_lb")
    assert "depends_on" not in adopted.one("aws_nat_gateway")


@pytest.mark.parametrize("given", [{"a": "nat-0a", "b": "nat-0b"}, {"b": "nat-0b", "a": "nat-0b"}])
def test_each_zone_uses_the_existing_nat_gateway_under_its_letter(given):
    template = synth(existing(nat_gateway_ids=given))
    assert {a: g["id"] for a, g in template.resources("data.aws_nat_gateway").items()} == {
        f"data.aws_nat_gateway.network_nat_{zone}": identity for zone, identity in given.items()
    }
    for zone in given:
        route = template.resources("aws_route")[f"aws_route.network_private_{zone}"]
        assert route["nat_gateway_id"] == f"${{data.aws_nat_gateway.network_nat_{zone}.id}}"


def test_a_zone_without_an_existing_nat_gateway_beside_others_is_an_error():
    with pytest.raises(ConfigError, match="b has none"):
        synth(existing(nat_gateway_ids={"a": "nat-0a"}))


def test_an_existing_interface_endpoint_is_not_made_again_and_admits_the_clients():
    found = existing(endpoints={"com.amazonaws.eu-west-1.logs": ExistingEndpoint("sg-0000000a")})
    template = synth(found, services={"interface": ["logs"], "gateway": []})
    assert of_kind(template, "aws_vpc_endpoint.", "aws_security_group.") == {
        "aws_security_group.endpoint_clients"
    }
    clients = "${aws_security_group.endpoint_clients.id}"
    inward = template.one("aws_vpc_security_group_ingress_rule")
    assert inward.address.endswith(".sg-0000000a_from_endpoint_clients_443")
    assert (inward["security_group_id"], inward["referenced_security_group_id"]) == ("sg-0000000a", clients)
    outward = template.one("aws_vpc_security_group_egress_rule")
    assert outward.address.endswith(".endpoint_clients_to_sg-0000000a_443")
    assert (outward["security_group_id"], outward["referenced_security_group_id"]) == (clients, "sg-0000000a")
    assert {(rule["from_port"], rule["to_port"]) for rule in (inward, outward)} == {(443, 443)}


def test_endpoints_that_share_a_group_share_its_rules():
    shared = ExistingEndpoint("sg-0000000a")
    found = existing(endpoints={"logs": shared, "sqs": shared})
    template = synth(found, services={"interface": ["logs", "sqs", "sns"], "gateway": []})
    assert of_kind(template, "aws_vpc_endpoint.") == {"aws_vpc_endpoint.endpoints_sns"}
    assert of_kind(template, "aws_vpc_security_group_ingress_rule.") == {
        "aws_vpc_security_group_ingress_rule.endpoints_from_endpoint_clients_443",
        "aws_vpc_security_group_ingress_rule.sg-0000000a_from_endpoint_clients_443",
    }


def test_a_new_endpoint_with_private_dns_asks_whether_the_vpc_resolves_names():
    template = synth(services={"interface": ["logs"], "gateway": ["s3"]})
    interface = template.one("aws_vpc_endpoint", vpc_endpoint_type="Interface")
    [condition] = interface["lifecycle"]["precondition"]
    vpc = "data.aws_vpc.network"
    assert condition["condition"] == f"${{{vpc}.enable_dns_support && {vpc}.enable_dns_hostnames}}"
    assert "lifecycle" not in template.one("aws_vpc_endpoint", vpc_endpoint_type="Gateway")


def test_an_existing_gateway_endpoint_gets_our_route_tables():
    found = existing(endpoints={"s3": ExistingEndpoint(gateway_endpoint_id="vpce-0000000a")})
    template = synth(found, services={"interface": ["s3"], "gateway": ["s3"]})
    assert {
        address: association["route_table_id"]
        for address, association in template.resources("aws_vpc_endpoint_route_table_association").items()
    } == {
        f"aws_vpc_endpoint_route_table_association.endpoints_s3_{zone}": (
            f"${{aws_route_table.network_private_{zone}.id}}"
        )
        for zone in "ab"
    }
    template.one(
        "aws_vpc_security_group_egress_rule",
        prefix_list_id=Match.ref("data.aws_vpc_endpoint.endpoints_s3", "prefix_list_id"),
    )
    interface = template.one("aws_vpc_endpoint")
    assert interface.address == "aws_vpc_endpoint.endpoints_s3_interface"
    assert interface["depends_on"] == ["data.aws_vpc_endpoint.endpoints_s3"]


def test_a_target_group_is_named_after_the_vpc_that_it_lies_in():
    stack = new_stack()
    assert network(stack, existing=existing()).identity == VPC
    assert network(new_stack()).identity == "10.0.0.0/16"


def test_no_interface_endpoint_is_made_for_neighbours_who_did_not_ask():
    assert of_kind(synth(services={}), "aws_vpc_endpoint.") == {
        "aws_vpc_endpoint.endpoints_s3",
        "aws_vpc_endpoint.endpoints_dynamodb",
    }


def test_an_endpoint_that_admits_the_vpc_refuses_one_with_more_blocks():
    services = {"interface": ["logs"], "gateway": [], "admit_blocks": ["10.20.0.0/16", "10.30.0.0/16"]}
    template = synth(services={**services, "admit_groups": {"legacy": "sg-0000000c"}})
    rules = template.resources("aws_vpc_security_group_ingress_rule")
    admitted = {one.get("cidr_ipv4") or one["referenced_security_group_id"] for one in rules.values()}
    clients = "${aws_security_group.endpoint_clients.id}"
    assert admitted == {"10.20.0.0/16", "10.30.0.0/16", "sg-0000000c", clients}
    [_, whole] = template.one("aws_vpc_endpoint")["lifecycle"]["precondition"]
    assert "setsubtract(" in whole["condition"]
    assert '["10.20.0.0/16", "10.30.0.0/16"]' in whole["condition"]
