import json

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
    assert existing(read(document)) == [
        "the bucket `state` for the state, versioned and encrypted",
        "the bucket `logs`, which admits the load balancers' access logs",
        f"the KMS key `{KEY}`",
        f"the secret `{SECRET}`",
        "the image `public.ecr.aws/nginx:1`",
        "the image `registry/f:1`",
    ]


def test_ids_are_named_with_their_part():
    document = {
        "resource": {
            RULE: {
                "a": {"referenced_security_group_id": "sg-1"},
                "b": {"referenced_security_group_id": "sg-1"},
            },
            "aws_vpc_security_group_egress_rule": {
                "a": {"referenced_security_group_id": "sg-2"},
                "b": {"prefix_list_id": "pl-1"},
            },
            "aws_nat_gateway": {"a": {"allocation_id": "eipalloc-1"}},
            "aws_wafv2_web_acl_association": {"a": {"web_acl_arn": "arn:acl"}},
            "aws_route53_record": {"a": {"zone_id": "Z1"}},
        }
    }
    assert existing(read(document)) == [
        "the Elastic IP `eipalloc-1`",
        "the hosted zone `Z1`",
        "the prefix list `pl-1`",
        "the security group `sg-2`, which is reached",
        "the security group `sg-1`, which calls",
        "the web ACL `arn:acl`",
    ]
