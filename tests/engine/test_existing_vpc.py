"""An environment in a VPC of others, planned by real Terraform against what AWS would say about that VPC."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib import load_environment
from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.testing.terraform import TerraformError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "existing-vpc.toml"
VPC, OTHER_VPC = "vpc-0123456789abcdef0", "vpc-0fedcba9876543210"
GATEWAY = 'internet_gateway_id = "igw-0123456789abcdef0"'
PUBLIC = '{ a = "subnet-00000000000000001", b = "subnet-00000000000000002" }'


def subnet(block, zone="a", vpc=VPC, **tags):
    return {"cidr_block": block, "availability_zone": f"us-east-1{zone}", "vpc_id": vpc, "tags": tags}


OTHERS = {
    "subnet-00000000000000001": subnet("172.30.0.0/20", Name="app"),
    "subnet-00000000000000002": subnet("172.30.16.0/20", "b"),
    "subnet-00000000000000003": subnet("172.30.32.0/20", "c"),
}


def blocks(*cidrs, state="associated"):
    return [{"cidr_block": cidr, "association_id": f"a-{cidr}", "state": state} for cidr in cidrs]


def aws(*, subnets=None, **sources):
    """What AWS says: the example's VPC as it should be, but for the data sources that are named."""
    there = OTHERS if subnets is None else subnets
    data = {
        "aws_vpc": {
            "cidr_block": "172.30.0.0/16",
            "cidr_block_associations": blocks("172.30.0.0/16"),
            "enable_dns_support": True,
            "enable_dns_hostnames": True,
        },
        "aws_internet_gateway": {"attachments": [{"state": "available", "vpc_id": VPC}]},
        "aws_subnets": {"ids": sorted(there)},
        "aws_subnet": lambda asked: there[asked["id"]],
    }
    for name, answer in sources.items():
        data[name] = {**data.get(name, {}), **answer}
    return data


@pytest.fixture
def planned(offline_terraform, tmp_path):
    """Offline Terraform over the example, with parts of its text replaced."""

    def start(data, *changes, session=offline_terraform):
        text = EXAMPLE.read_text()
        for before, after in changes:
            assert text.count(before) == 1
            text = text.replace(before, after)
        file = tmp_path / "existing-vpc.toml"
        file.write_text(text)
        environment = load_environment(file, project_root=ROOT)
        synthesize({"existing-vpc": environment}, project_root=ROOT, output=tmp_path)
        return session(tmp_path / "stacks" / "existing-vpc", data=data)

    return start


def refusal(session):
    with pytest.raises(TerraformError) as caught:
        session.plan()
    assert session.calls == [call for call in session.calls if call.operation == "read"]
    return " ".join(str(caught.value).split())


def own_subnets(session):
    """The subnets in the state, as AWS describes them from then on."""
    resources = [r for r in session.state()["resources"] if r["mode"] == "managed"]
    made = [r["instances"][0]["attributes"] for r in resources if r["type"] == "aws_subnet"]
    keys = ("cidr_block", "availability_zone", "vpc_id")
    return {found["id"]: {**{k: found[k] for k in keys}, "tags": found["tags_all"]} for found in made}


def test_only_what_is_ours_is_made_and_the_gateway_is_adopted(planned, terraform):
    session = planned(aws(), session=terraform)
    session.validate()
    created = session.apply().plan.created
    kinds = {address.partition(".")[0] for address in created}
    assert not kinds & {"aws_vpc", "aws_internet_gateway", "aws_default_security_group"}
    assert {address for address in created if address.startswith("aws_subnet.")} == {
        f"aws_subnet.network_{tier}_{zone}" for tier in ("private", "public") for zone in "ab"
    }
    assert session.plan().is_empty
    session.destroy()
    assert session.addresses() == []


def test_our_own_subnets_are_no_conflict_for_the_second_apply(planned):
    there = dict(OTHERS)
    session = planned(aws(subnets=there))
    session.attachment.stand_in.data["aws_subnets"] = lambda _: {"ids": sorted(there)}
    session.apply()
    there.update(own_subnets(session))
    assert len(there) == len(OTHERS) + 4
    assert session.plan().is_empty
    assert session.apply().plan.is_empty


def test_another_environments_subnets_are_somebody_elses(planned):
    there = {**OTHERS, "subnet-1": subnet("172.30.64.0/24", Project="shop", Environment="prod")}
    assert "overlaps subnet-1 (172.30.64.0/24)" in refusal(planned(aws(subnets=there)))


@pytest.mark.parametrize(
    ("block", "met"),
    [
        ("172.30.64.0/24", ["172.30.64.0/24, the private subnet of zone a,"]),
        ("172.30.65.128/28", ["172.30.65.0/24, the private subnet of zone b,"]),
        (
            "172.30.72.0/21",
            ["172.30.72.0/24, the public subnet of zone a,", "172.30.73.0/24, the public subnet of zone b,"],
        ),
        (
            "172.30.64.0/20",
            [
                f"172.30.{number}.0/24, the {tier} subnet of zone {zone},"
                for number, tier, zone in (
                    (64, "private", "a"),
                    (65, "private", "b"),
                    (72, "public", "a"),
                    (73, "public", "b"),
                )
            ],
        ),
    ],
)
def test_somebody_elses_subnet_in_the_way_is_refused_whichever_is_larger(planned, block, met):
    said = refusal(planned(aws(subnets={**OTHERS, "subnet-1": subnet(block)})))
    found = f"overlaps subnet-1 ({block}) in {VPC}: name what is there in network.occupied, or choose another"
    assert said.count(found) == len(met)
    assert [part for part in met if f"{part} {found}" in said] == met


@pytest.mark.parametrize("block", ["172.30.66.0/24", "172.30.80.0/20", "172.30.63.0/24", ""])
def test_neighbours_and_free_slots_are_no_conflict(planned, block):
    session = planned(aws(subnets={**OTHERS, "subnet-1": subnet(block)}))
    assert "aws_subnet.network_private_a" in session.plan().created


def test_an_empty_vpc_is_no_conflict(planned):
    assert "aws_subnet.network_private_a" in planned(aws(subnets={})).plan().created


def test_a_cidr_that_the_vpc_does_not_have_is_refused(planned):
    real = {
        "cidr_block": "10.0.0.0/16",
        "cidr_block_associations": blocks("10.0.0.0/16", "10.1.0.0/16")
        + blocks("172.30.0.0/16", state="disassociated"),
    }
    said = refusal(planned(aws(aws_vpc=real)))
    assert f"network.cidr is 172.30.0.0/16, and {VPC} has 10.0.0.0/16, 10.1.0.0/16: write" in said


def test_a_secondary_block_of_the_vpc_is_one_of_its_own(planned):
    real = {
        "cidr_block": "10.0.0.0/16",
        "cidr_block_associations": blocks("10.0.0.0/16", "172.30.0.0/16"),
    }
    other = (GATEWAY, f'{GATEWAY}\nother_cidrs = ["10.0.0.0/16"]')
    assert "aws_subnet.network_private_a" in planned(aws(aws_vpc=real), other).plan().created
    said = refusal(planned(aws(aws_vpc=real)))
    assert f"{VPC} also has 10.0.0.0/16" in said
    assert "add it to network.existing.other_cidrs" in said


@pytest.mark.parametrize("switch", ["enable_dns_support", "enable_dns_hostnames"])
def test_a_vpc_that_resolves_no_names_is_refused_where_endpoints_need_it(planned, switch):
    off = aws(aws_vpc={switch: False})
    said = refusal(planned(off))
    assert f"the endpoint of monitoring needs DNS support and DNS hostnames in {VPC}" in said
    assert f"{switch} = false" in said
    without = ('interface = ["logs", "monitoring"]', 'interface = ["logs"]')
    assert "aws_subnet.network_private_a" in planned(off, without).plan().created


@pytest.mark.parametrize(
    ("attachments", "where"),
    [([], "no VPC"), ([{"state": "available", "vpc_id": OTHER_VPC}], OTHER_VPC)],
)
def test_an_internet_gateway_of_another_vpc_is_refused(planned, attachments, where):
    said = refusal(planned(aws(aws_internet_gateway={"attachments": attachments})))
    expected = "network.existing.internet_gateway_id, is not attached to"
    assert f"igw-0123456789abcdef0, {expected} {VPC} but to {where}: name the one that is" in said


def test_existing_public_subnets_take_the_place_of_new_ones(planned):
    session = planned(aws(), (GATEWAY, f"public_subnet_ids = {PUBLIC}"))
    plan = session.apply().plan
    public = {address for address in plan.created if address.startswith(("aws_subnet.", "aws_route"))}
    assert not {address for address in public if "public" in address}
    assert plan.after("aws_lb.public")["subnets"] == sorted(OTHERS)[:2]
    assert plan.after("aws_nat_gateway.network_nat_a")["subnet_id"] == "subnet-00000000000000001"
    assert session.plan().is_empty


@pytest.mark.parametrize(
    ("real", "where"),
    [
        (subnet("172.30.0.0/20", "c"), f"{VPC}, us-east-1c"),
        (subnet("10.0.0.0/20", vpc=OTHER_VPC), f"{OTHER_VPC}, us-east-1a"),
    ],
)
def test_a_public_subnet_of_another_zone_or_vpc_is_refused(planned, real, where):
    there = {**OTHERS, "subnet-00000000000000001": real}
    said = refusal(planned(aws(subnets=there), (GATEWAY, f"public_subnet_ids = {PUBLIC}")))
    subject = "subnet-00000000000000001, network.existing.public_subnet_ids.a,"
    assert f"{subject} lies in {where}, not in {VPC}, us-east-1a" in said


NAT_ID = "nat-0123456789abcdef0"
NAT = [
    ('nat = "single"\nnat_zone = "a"\n', ""),
    (GATEWAY, f'{GATEWAY}\nnat_gateway_ids = {{ b = "{NAT_ID}", a = "{NAT_ID}" }}'),
]
PUBLIC_NAT = {"vpc_id": VPC, "connectivity_type": "public", "state": "available"}


def test_an_existing_nat_gateway_serves_every_zone_and_none_is_made(planned):
    plan = planned(aws(aws_nat_gateway=PUBLIC_NAT), *NAT).plan()
    assert not {a for a in plan.created if a.startswith(("aws_nat_gateway.", "aws_eip."))}
    routes = {
        a: plan.after(a)["nat_gateway_id"] for a in plan.created if a.startswith("aws_route.network_private")
    }
    assert routes == dict.fromkeys(
        ("aws_route.network_private_a", "aws_route.network_private_b"), "nat-0123456789abcdef0"
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"vpc_id": OTHER_VPC}, f"is a public NAT gateway of {OTHER_VPC}, available,"),
        ({"connectivity_type": "private"}, f"is a private NAT gateway of {VPC}, available,"),
        ({"state": "deleted"}, f"is a public NAT gateway of {VPC}, deleted,"),
    ],
)
def test_a_nat_gateway_that_leads_nowhere_is_refused(planned, wrong, said):
    found = refusal(planned(aws(aws_nat_gateway={**PUBLIC_NAT, **wrong}), *NAT))
    subject = "nat-0123456789abcdef0, network.existing.nat_gateway_ids.b,"
    assert f"{subject} {said} not an available public one of {VPC}" in found


S3 = (
    "[network.endpoints]",
    '[network.existing.endpoints.s3]\ngateway_endpoint_id = "vpce-0123456789abcdef0"\n\n[network.endpoints]',
)
GATEWAY_ENDPOINT = {"vpc_id": VPC, "vpc_endpoint_type": "Gateway", "prefix_list_id": "pl-63a5400a"}


def test_an_existing_gateway_endpoint_gets_our_route_tables_and_none_is_made(planned):
    session = planned(aws(aws_vpc_endpoint=GATEWAY_ENDPOINT), S3)
    plan = session.apply().plan
    assert "aws_vpc_endpoint.endpoints_s3" not in plan.created
    for zone in "ab":
        association = plan.after(f"aws_vpc_endpoint_route_table_association.endpoints_s3_{zone}")
        assert association["vpc_endpoint_id"] == "vpce-0123456789abcdef0"
    rule = plan.after("aws_vpc_security_group_egress_rule.endpoint_clients_to_s3_443")
    assert rule["prefix_list_id"] == "pl-63a5400a"
    assert session.plan().is_empty


@pytest.mark.parametrize("wrong", [{"vpc_id": OTHER_VPC}, {"vpc_endpoint_type": "Interface"}])
def test_a_gateway_endpoint_of_another_kind_or_vpc_is_refused(planned, wrong):
    found = {**GATEWAY_ENDPOINT, **wrong}
    said = refusal(planned(aws(aws_vpc_endpoint=found), S3))
    kind, vpc = found["vpc_endpoint_type"], found["vpc_id"]
    assert f"is a {kind} endpoint of {vpc}, not a Gateway endpoint of {VPC}" in said
