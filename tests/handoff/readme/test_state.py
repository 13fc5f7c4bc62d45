from constructs_lib.environment import Environment
from constructs_lib.handoff.identity import of_environment
from constructs_lib.handoff.readme.state import state
from tests.support.written_stacks import read

IDENTITY = of_environment(Environment(project="shop", environment="dev", region="eu-west-1"))
IN_S3 = read({"terraform": {"backend": {"s3": {"bucket": "acme-state", "key": "shop/dev.tfstate"}}}})


def test_a_bucket_that_the_bundle_brings_is_made_once_and_read_again_where_its_state_is_lost():
    resources = {
        "aws_s3_bucket": {"state": {"bucket": "acme-state"}},
        "aws_s3_bucket_versioning": {"state": {"bucket": "${aws_s3_bucket.state.id}"}},
    }
    found = state(IDENTITY, IN_S3, read({"resource": resources}))
    assert "cd state\nterraform init\nterraform plan -out=plan.tfplan\nterraform apply plan.tfplan" in found
    assert [line for line in found.splitlines() if line.startswith("terraform import")] == [
        "terraform import aws_s3_bucket.state acme-state",
        "terraform import aws_s3_bucket_versioning.state acme-state",
    ]
    assert "`state/policy.json` allows what that takes" in found


def test_a_bundle_without_the_bucket_does_not_speak_of_making_it():
    assert "cd state" not in state(IDENTITY, IN_S3, None)
