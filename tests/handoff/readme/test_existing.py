import json
import re
import shlex

import botocore.session

from constructs_lib.handoff.readme.existing import existing
from tests.support.written_stacks import read

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf"
RULE = "aws_vpc_security_group_ingress_rule"


def test_what_is_referred_to_is_made_here_and_not_named():
    document = {
        "resource": {
            "aws_lb_listener": {"a": {"certificate_arn": "${aws_acm_certificate.a.arn}"}},
            RULE: {"a": {"referenced_security_group_id": "${aws_security_group.a.id}"}},
            "aws_lambda_function": {"a": {"image_uri": "${aws_ecr_repository.a.repository_url}:1"}},
        }
    }
    assert existing(read(document)) == []


def test_buckets_keys_secrets_and_images_are_found_wherever_they_stand():
    container = {"image": "public.ecr.aws/nginx:1", "secrets": [{"name": "DB", "valueFrom": SECRET}]}
    document = {
        "terraform": {"backend": {"s3": {"bucket": "state", "kms_key_id": KEY}}},
        "resource": {
            "aws_lb": {"a": {"access_logs": {"bucket": "logs"}}, "b": {"access_logs": [{"bucket": "logs"}]}},
            "aws_lambda_function": {"f": {"kms_key_arn": KEY, "image_uri": "registry/f:1"}},
            "aws_ecs_task_definition": {"w": {"container_definitions": json.dumps([container])}},
        },
    }
    assert named(document) == [
        "the bucket state for the state, versioned",
        "the bucket logs, which admits the load balancers' access logs",
        f"the KMS key {KEY}",
        f"the secret {SECRET}",
        "the image public.ecr.aws/nginx:1, of a registry that no command of aws reads",
        "the image registry/f:1, of a registry that no command of aws reads",
    ]


def named(document):
    return [one.words for one in existing(read(document))]


SG = [f"sg-0123456789abcdef{n}" for n in range(3)]
EGRESS = "aws_vpc_security_group_egress_rule"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:" + 64 * "0"
ACCOUNTS = "eu-west-1:123456789012"
EVERYTHING = {
    "provider": {"aws": [{"region": "eu-west-1"}]},
    "terraform": {"backend": {"s3": {"bucket": "state"}}},
    "data": {
        "aws_vpc": {"network": {"id": "vpc-0123456789abcdef0"}},
        "aws_internet_gateway": {"network": {"internet_gateway_id": "igw-0123456789abcdef0"}},
        "aws_nat_gateway": {"network": {"id": "nat-0123456789abcdef0"}},
    },
    "resource": {
        RULE: {
            "a": {"referenced_security_group_id": SG[0], "security_group_id": SG[2]},
            "b": {"referenced_security_group_id": SG[0]},
        },
        EGRESS: {
            "a": {"referenced_security_group_id": SG[1]},
            "b": {"prefix_list_id": "pl-0123456789abcdef0"},
        },
        "aws_lb": {"a": {"subnets": ["subnet-0123456789abcdef0"], "access_logs": {"bucket": "logs"}}},
        "aws_nat_gateway": {"a": {"allocation_id": "eipalloc-0123456789abcdef0"}},
        "aws_vpc_endpoint_route_table_association": {"a": {"vpc_endpoint_id": "vpce-0123456789abcdef0"}},
        "aws_vpc_endpoint": {"a": {"policy": "arn:aws:s3:::of-aws"}},
        "aws_route53_record": {"a": {"zone_id": "Z1"}},
        "aws_lb_listener": {"a": {"certificate_arn": CERTIFICATE}},
        "aws_iam_role": {"a": {"permissions_boundary": "arn:aws:iam::123456789012:policy/b"}},
        "aws_wafv2_web_acl_association": {
            "a": {"web_acl_arn": f"arn:aws:wafv2:{ACCOUNTS}:regional/webacl/w/1"}
        },
        "aws_cloudwatch_metric_alarm": {"a": {"alarm_actions": [f"arn:aws:sns:{ACCOUNTS}:on-call"]}},
        "aws_lambda_function": {"f": {"image_uri": ECR, "layers": [f"arn:aws:lambda:{ACCOUNTS}:layer:t:3"]}},
        "aws_iam_role_policy": {
            "f": {
                "policy": json.dumps(
                    [
                        KEY,
                        SECRET,
                        f"arn:aws:ssm:{ACCOUNTS}:parameter/shop/a",
                        f"arn:aws:sqs:{ACCOUNTS}:q",
                        f"arn:aws:dynamodb:{ACCOUNTS}:table/t",
                        "arn:aws:s3:::files/*",
                    ]
                )
            }
        },
    },
}


def test_ids_are_named_with_their_part():
    groups = [words for words in named(EVERYTHING) if "security group" in words]
    assert groups == [
        f"the security group {SG[0]}, which calls",
        f"the security group {SG[1]}, which is reached",
        f"the security group {SG[2]}, into which a rule is written",
    ]


def test_what_lies_in_another_region_is_asked_there():
    commands = [one.command for one in existing(read(EVERYTHING)) if "acm" in one.command]
    assert [" --region us-east-1 " in command for command in commands] == [True]


def test_a_repository_that_is_made_here_has_no_image_yet():
    document = {"resource": {**EVERYTHING["resource"], "aws_ecr_repository": {"web": {"name": "web"}}}}
    [image] = [words for words in named(document) if ECR in words]
    assert image.endswith('pushed once its repository is made ("Apply")')


def test_every_command_is_one_of_the_aws_cli_that_reads():
    asked = existing(read(EVERYTHING))
    assert len(asked) == 25
    session = botocore.session.get_session()
    for one in asked:
        program, service, operation, *options = shlex.split(one.command)
        model = session.get_service_model(service.removesuffix("api"))
        name = next(n for n in model.operation_names if botocore.xform_name(n, "-") == operation)
        shape = model.operation_model(name)
        known = {botocore.xform_name(member, "-") for member in shape.input_shape.members}
        given = {option.removeprefix("--") for option in options if option.startswith("--")}
        assert given - {"query", "output", "region"} <= known, one.command
        query = one.command.partition("--query ")[2].lstrip("'")
        first = re.match(r"\w*", query)[0]
        assert (program, first in {*shape.output_shape.members, ""}) == ("aws", True), one.command
        assert operation.startswith(("describe-", "get-", "list-")), one.command
