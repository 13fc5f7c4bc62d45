import re

import boto3

from constructs_lib.discovery.operations import KINDS, arguments, command, operation


def test_every_operation_is_one_of_ec2_that_answers_with_the_kind_and_takes_the_filter():
    client = boto3.client("ec2", region_name="us-east-1")
    for kind, identity in KINDS.items():
        name = client.meta.method_to_api_mapping[operation(kind)]
        model = client.meta.service_model.operation_model(name)
        assert identity in model.output_shape.members[kind].member.members
        assert arguments(kind, "vpc-1").keys() <= model.input_shape.members.keys()


def test_only_the_vpcs_and_the_zones_are_read_whole():
    assert [kind for kind in KINDS if not arguments(kind, "vpc-1")] == ["Vpcs", "AvailabilityZones"]


def test_each_command_keeps_one_vpc_and_writes_a_file_of_its_own():
    commands = {kind: command(kind, "vpc-1") for kind in KINDS}
    assert [kind for kind, said in commands.items() if "vpc-1" not in said] == ["AvailabilityZones"]
    assert len({re.search(r"> (\S+)$", said)[1] for said in commands.values()}) == len(KINDS)
    assert commands["NatGateways"] == (
        "aws ec2 describe-nat-gateways --filter Name=vpc-id,Values=vpc-1 --output json > nat-gateways.json"
    )
