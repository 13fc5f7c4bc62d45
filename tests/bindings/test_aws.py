import pytest

from constructs_lib.bindings import aws


def test_every_class_of_the_provider_is_there_by_its_name():
    names = ("SqsQueue", "S3Bucket", "DataAwsVpc", "Apigatewayv2Api", "AwsProvider", "SqsQueueTimeouts")
    modules = {
        name: getattr(aws, name).__module__.removeprefix("cdktf_cdktf_provider_aws.") for name in names
    }
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
        ("SqsQueu", "no class SqsQueu; did you mean the class of cdktf_cdktf_provider_aws.sqs_queue?"),
        ("Nonsense", "the AWS provider's bindings have no class Nonsense"),
        ("SqsQueueOf", "module cdktf_cdktf_provider_aws.sqs_queue has no class SqsQueueOf"),
        ("_private", "has no attribute '_private'"),
    ],
)
def test_a_name_that_it_has_not_is_said_with_the_nearest(name, said):
    with pytest.raises(AttributeError, match=said.replace("?", r"\?")):
        getattr(aws, name)
