import json
import tomllib
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from typer.testing import CliRunner

from constructs_lib.cli import app
from constructs_lib.network.planning.plan import plan_subnets
from tests.support.vpc_answers import VPC_ID, answers, subnet

REGION = "us-east-1"
SEED = [("172.30.0.0/20", "a"), ("172.30.16.0/20", "b"), ("172.30.32.0/20", "c")]
PLAN_KEYS = (
    "cidr",
    "block",
    "occupied",
    "availability_zones",
    "zone_slots",
    "public_prefix",
    "private_prefix",
)


def run(*arguments):
    return CliRunner().invoke(app, ["discover", *map(str, arguments)], obj=Path())


def section(*arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return tomllib.loads(result.stdout)["network"]


@pytest.fixture(scope="module")
def ec2():
    with mock_aws(), pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        environment.delenv("AWS_PROFILE", raising=False)
        yield boto3.client("ec2", region_name=REGION)


@pytest.fixture
def seed(ec2):
    """A VPC as people have it: three large subnets, a gateway, a NAT gateway, endpoints, a second block."""
    vpc_id = ec2.create_vpc(CidrBlock="172.30.0.0/16")["Vpc"]["VpcId"]
    ec2.associate_vpc_cidr_block(VpcId=vpc_id, CidrBlock="100.64.0.0/20")
    subnets = [make_subnet(ec2, vpc_id, block, letter) for block, letter in SEED]
    internet = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(VpcId=vpc_id, InternetGatewayId=internet)
    table = ec2.create_route_table(VpcId=vpc_id)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=internet)
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnets[0])
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)["NatGateway"]["NatGatewayId"]
    group = ec2.create_security_group(GroupName="logs", Description="logs", VpcId=vpc_id)["GroupId"]
    ec2.create_vpc_endpoint(
        VpcId=vpc_id,
        ServiceName=f"com.amazonaws.{REGION}.logs",
        VpcEndpointType="Interface",
        SubnetIds=subnets[:1],
        SecurityGroupIds=[group],
        PrivateDnsEnabled=True,
    )
    return {"vpc": vpc_id, "internet": internet, "nat": nat, "group": group, "public": subnets[0]}


def make_subnet(ec2, vpc_id, block, letter, **tags):
    specifications = [
        {"ResourceType": "subnet", "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
    ]
    made = ec2.create_subnet(
        VpcId=vpc_id,
        CidrBlock=block,
        AvailabilityZone=f"{REGION}{letter}",
        TagSpecifications=specifications if tags else [],
    )
    return made["Subnet"]["SubnetId"]


def apply(ec2, network, **tags):
    """Make what an apply of the section makes and was not there yet."""
    vpc_id = network["existing"]["vpc_id"]
    plan = plan_subnets(**{key: network[key] for key in PLAN_KEYS if key in network})
    described = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["Subnets"]
    there = {entry["CidrBlock"] for entry in described}
    for tier in (plan.private, plan.public):
        for letter, block in tier.items():
            if str(block) not in there:
                make_subnet(ec2, vpc_id, str(block), letter, **tags)


def test_a_vpc_becomes_a_ready_section(seed):
    result = run("--vpc-id", seed["vpc"], "--region", REGION)
    assert tomllib.loads(result.stdout)["network"] == {
        "cidr": "172.30.0.0/16",
        "block": "172.30.48.0/20",
        "occupied": [block for block, _ in SEED],
        "availability_zones": ["a", "b"],
        "existing": {
            "vpc_id": seed["vpc"],
            "other_cidrs": ["100.64.0.0/20"],
            "internet_gateway_id": seed["internet"],
            "endpoints": {"logs": {"security_group_id": seed["group"]}},
        },
    }
    assert f'# nat_gateway_ids = {{ a = "{seed["nat"]}", b = "{seed["nat"]}" }}' in result.stdout
    assert f'# public_subnet_ids = {{ a = "{seed["public"]}" }}' in result.stdout
    assert "# the VPC also has 100.64.0.0/20" in result.stdout


def test_apply_apply_discover_changes_nothing(ec2, seed):
    arguments = ("--vpc-id", seed["vpc"], "--region", REGION, "--project", "shop", "--environment", "dev")
    tags = {"Project": "shop", "Environment": "dev", "ManagedBy": "terraform"}
    first = section(*arguments)
    apply(ec2, first, **tags)
    apply(ec2, section(*arguments), **tags)
    assert section(*arguments) == first
    made = ec2.describe_subnets(Filters=[{"Name": "tag:Project", "Values": ["shop"]}])["Subnets"]
    assert len([entry for entry in made if entry["VpcId"] == seed["vpc"]]) == 4


def test_the_environments_file_names_it_and_its_sizes(ec2, seed, tmp_path):
    file = tmp_path / "prod.toml"
    sizes = 'public_prefix = 27\nprivate_prefix = 27\nnat = "single"'
    file.write_text(f'project = "shop"\nregion = "{REGION}"\n[network]\n{sizes}')
    arguments = ("--vpc-id", seed["vpc"], "--environment-file", file)
    first = section(*arguments)
    assert (first["block"], first["public_prefix"]) == ("172.30.48.0/23", 27)
    apply(ec2, first, Project="shop", Environment="prod")
    assert section(*arguments) == first
    assert "# keep what the file has beside this: nat" in run(*arguments).stdout


def test_two_environments_in_one_vpc_do_not_meet(ec2, seed):
    base = ("--vpc-id", seed["vpc"], "--region", REGION, "--project", "shop", "--environment")
    dev = section(*base, "dev")
    apply(ec2, dev, Project="shop", Environment="dev")
    prod = section(*base, "prod")
    assert (dev["block"], prod["block"]) == ("172.30.48.0/20", "172.30.64.0/20")
    assert len(prod["occupied"]) == len(SEED) + 4


@pytest.mark.usefixtures("ec2")
def test_a_vpc_that_is_not_there_is_said_without_a_traceback():
    result = run("--vpc-id", "vpc-0000000000000000f", "--region", REGION)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no such VPC" in result.stderr


def test_wrong_options_are_said_at_once(tmp_path):
    result = run("--vpc-id", "vpc-1", "--profile", "x", "--from-file", tmp_path / "a.json")
    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["--vpc-id", "--profile"]
    result = run(tmp_path / "a.json")
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["--vpc-id", "FILE"]


def test_saved_answers_need_neither_credentials_nor_the_vpcs_id(tmp_path):
    files = []
    for kind, entries in answers(Subnets=[subnet(1, "172.30.0.0/20")]).items():
        files.append(tmp_path / f"{kind}.json")
        files[-1].write_text(json.dumps({kind: entries}))
    network = section("--from-file", *files)
    assert (network["existing"]["vpc_id"], network["block"]) == (VPC_ID, "172.30.16.0/20")
    assert section("--vpc-id", VPC_ID, "--from-file", tmp_path) == network


def test_a_file_that_is_not_there_is_said(tmp_path):
    result = run("--from-file", tmp_path / "vpcs.json")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "vpcs.json" in result.stderr


def test_an_environment_in_another_region_is_said(tmp_path):
    saved, file = tmp_path / "all.json", tmp_path / "dev.toml"
    saved.write_text(json.dumps(answers()))
    file.write_text('region = "eu-west-1"')
    assert (
        "# the environment's region is eu-west-1, but"
        in run("--from-file", saved, "--environment-file", file).stdout
    )


def test_the_help_has_every_command_on_a_line_of_its_own():
    lines = [line.strip() for line in run("--help").output.splitlines()]
    commands = [line for line in lines if line.startswith("aws ec2 describe-")]
    assert len(commands) == 7
    assert all(line.endswith(".json") for line in commands)
