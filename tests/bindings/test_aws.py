import re

import pytest

from constructs_lib.bindings import aws
from constructs_lib.bindings.flavour import flavour


def test_every_class_of_the_provider_is_there_by_its_name():
    names = ("SqsQueue", "S3Bucket", "DataAwsVpc", "Apigatewayv2Api", "AwsProvider", "SqsQueueTimeouts")
    modules = {name: getattr(aws, name).__module__.removeprefix(f"{flavour().provider}.") for name in names}
    assert modules == {
        "SqsQueue": "sqs_queue",
        "S3Bucket": "s3_bucket",
        "DataAwsVpc": "data_aws_vpc",
        "Apigatewayv2Api": "apigatewayv2_api",
        "AwsProvider": "provider",
        "SqsQueueTimeouts": "sqs_queue",
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SqsQueu", "no class SqsQueu; did you mean the class of PROVIDER.sqs_queue?"),
        ("Nonsense", "the AWS provider's bindings have no class Nonsense"),
        ("SqsQueueOf", "module PROVIDER.sqs_queue has no class SqsQueueOf"),
        ("_private", "has no attribute '_private'"),
    ],
)
def test_a_name_that_it_has_not_is_said_with_the_nearest(name, said):
    with pytest.raises(AttributeError, match=re.escape(said.replace("PROVIDER", flavour().provider))):
        getattr(aws, name)
