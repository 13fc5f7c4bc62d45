import json

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.state.state_bucket import StateBucket
from constructs_lib.testing import Template
from tests.support.building import new_stack

KEY = "arn:aws:kms:eu-west-1:123456789012:key/0123-abc"


def template(**more):
    stack = new_stack()
    StateBucket(stack, "state", name="acme-terraform-state", **more)
    return Template.from_stack(stack)


def test_the_addresses_are_those_of_the_construct():
    assert template().addresses == [
        "aws_s3_bucket.state",
        "aws_s3_bucket_lifecycle_configuration.state",
        "aws_s3_bucket_ownership_controls.state",
        "aws_s3_bucket_policy.state",
        "aws_s3_bucket_public_access_block.state",
        "aws_s3_bucket_server_side_encryption_configuration.state",
        "aws_s3_bucket_versioning.state",
    ]


def test_the_bucket_has_its_name_and_is_not_to_be_destroyed():
    bucket = template().one("aws_s3_bucket")
    assert (bucket["bucket"], bucket["lifecycle"]) == ("acme-terraform-state", {"prevent_destroy": True})
    assert "force_destroy" not in bucket


def test_nothing_of_it_is_public():
    found = template()
    blocked = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    block = found.one("aws_s3_bucket_public_access_block")
    assert {key: block[key] for key in blocked} == dict.fromkeys(blocked, True)
    ownership = found.one("aws_s3_bucket_ownership_controls")
    assert ownership["rule"] == {"object_ownership": "BucketOwnerEnforced"}


def test_only_encrypted_connections_are_answered():
    policy = template().one("aws_s3_bucket_policy")
    (statement,) = json.loads(policy["policy"])["Statement"]
    assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", "*")
    assert statement["Resource"] == ["${aws_s3_bucket.state.arn}", "${aws_s3_bucket.state.arn}/*"]
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert policy["depends_on"] == ["aws_s3_bucket_public_access_block.state"]


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (None, {"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}),
        (
            KEY,
            {
                "apply_server_side_encryption_by_default": {
                    "kms_master_key_id": KEY,
                    "sse_algorithm": "aws:kms",
                },
                "bucket_key_enabled": True,
            },
        ),
    ],
)
def test_it_is_encrypted_with_the_key_that_is_named(key, rule):
    encryption = template(kms_key_arn=key).one("aws_s3_bucket_server_side_encryption_configuration")
    assert encryption["rule"] == [rule]


def test_old_versions_and_what_is_left_over_expire():
    found = template()
    lifecycle = found.one("aws_s3_bucket_lifecycle_configuration")
    assert lifecycle["rule"] == [
        {
            "id": "old-versions",
            "status": "Enabled",
            "filter": [{"prefix": ""}],
            "noncurrent_version_expiration": [{"noncurrent_days": 90, "newer_noncurrent_versions": 20}],
            "expiration": [{"expired_object_delete_marker": True}],
            "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
        }
    ]
    assert lifecycle["depends_on"] == ["aws_s3_bucket_versioning.state"]
    versioning = found.one("aws_s3_bucket_versioning")
    assert versioning["versioning_configuration"] == {"status": "Enabled"}


def test_two_buckets_need_two_ids():
    stack = new_stack()
    StateBucket(stack, "state", name="one")
    StateBucket(stack, "other", name="two")
    Template.from_stack(stack).assert_count("aws_s3_bucket", 2)
    with pytest.raises((ConfigError, RuntimeError)):
        StateBucket(stack, "state", name="three")
