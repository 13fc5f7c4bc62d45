import json

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.load_balancing.access_logs import AccessLogs
from constructs_lib.testing import Template
from tests.support.building import load_balancer, network, new_stack

BUCKET = "aws_s3_bucket.public_access_logs"


@pytest.fixture
def template():
    def logged(**options):
        stack = new_stack()
        load_balancer(
            stack,
            network(stack),
            exposure="public",
            name="shop-dev-public",
            access_logs=AccessLogs(**options),
        )
        return Template.from_stack(stack)

    return logged


def test_the_bucket_is_named_after_the_load_balancer_and_the_account(template):
    account = "${data.aws_caller_identity.current.account_id}"
    found = template()
    assert found.one("aws_s3_bucket") == {
        "bucket": f"shop-dev-public-access-logs-{account}",
        "force_destroy": False,
    }
    assert found.one("aws_lb")["access_logs"] == {
        "bucket": f"${{{BUCKET}.id}}",
        "enabled": True,
        "prefix": "shop-dev-public",
    }


def test_the_load_balancer_waits_for_the_policy_that_admits_the_delivery_to_its_own_prefix(template):
    found = template()
    assert "aws_s3_bucket_policy.public_access_logs" in found.one("aws_lb")["depends_on"]
    delivery, tls = json.loads(found.one("aws_s3_bucket_policy")["policy"])["Statement"]
    assert delivery["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert (delivery["Effect"], delivery["Action"]) == ("Allow", "s3:PutObject")
    account = "${data.aws_caller_identity.current.account_id}"
    assert delivery["Resource"] == f"${{{BUCKET}.arn}}/shop-dev-public/AWSLogs/{account}/*"
    assert (tls["Effect"], tls["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_bucket_is_closed_and_its_logs_expire(template):
    found = template(days=30, when_removed="delete")
    assert found.one("aws_s3_bucket")["force_destroy"] is True
    rule = found.one("aws_s3_bucket_lifecycle_configuration")["rule"][0]
    assert (rule["status"], rule["expiration"]) == ("Enabled", [{"days": 30}])
    default = found.one("aws_s3_bucket_server_side_encryption_configuration")["rule"][0]
    assert default["apply_server_side_encryption_by_default"] == {"sse_algorithm": "AES256"}
    block = found.one("aws_s3_bucket_public_access_block")
    assert {value for name, value in block.items() if name != "bucket"} <= {True, block.get("depends_on")}
    ownership = found.one("aws_s3_bucket_ownership_controls")["rule"]
    assert ownership == {"object_ownership": "BucketOwnerEnforced"}


@pytest.mark.parametrize("wrong", [{"days": 0}, {"when_removed": "keep"}])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ConfigError) as caught:
        AccessLogs(**wrong)
    assert [problem.field for problem in caught.value.problems] == [*wrong]


def test_a_bucket_is_made_or_named():
    stack = new_stack()
    with pytest.raises(ConfigError) as caught:
        load_balancer(stack, network(stack), access_logs=AccessLogs(), access_logs_bucket="logs")
    assert [problem.field for problem in caught.value.problems] == ["access_logs"]
