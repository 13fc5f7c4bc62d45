"""What functions reach outside: AWS services by their endpoints, the internet where the file says so."""

import pytest

from constructs_lib.local.doors.egress import Egress
from constructs_lib.local.reading.values import Values
from constructs_lib.proof import Blocked, Carried, Reachability, read_document
from tests.support.architecture import default_document, drop


@pytest.fixture(scope="module")
def egress():
    """The default environment, where storefront may leave for the internet and inventory may not."""
    document = read_document(default_document())
    return Egress(Reachability(document), Values(document, None))


@pytest.mark.parametrize(
    ("host", "service"),
    [
        ("logs.us-east-1.amazonaws.com", "logs"),
        ("api.ecr.eu-west-1.amazonaws.com", "ecr.api"),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com", "ecr.dkr"),
        ("bucket.s3.us-east-1.amazonaws.com", "s3"),
        ("s3.amazonaws.com", "s3"),
        ("abc.execute-api.us-east-1.amazonaws.com", "execute-api"),
        ("example.com", None),
        ("", None),
    ],
)
def test_a_host_of_aws_is_its_service(host, service):
    assert Values(read_document(default_document()), None).service_of_host(host) == service


def test_a_service_with_an_endpoint_is_reached_without_the_internet(egress):
    name, answer = egress.verdict("inventory", "logs.us-east-1.amazonaws.com", "198.51.100.7", 443)
    assert (name, type(answer)) == ("logs.us-east-1.amazonaws.com", Carried)
    assert isinstance(
        egress.verdict("inventory", "sqs.us-east-1.amazonaws.com", "198.51.100.8", 443)[1], Blocked
    )


def test_the_internet_is_reached_where_the_file_says_so(egress):
    assert isinstance(egress.verdict("storefront", "example.com", "198.51.100.7", 443)[1], Carried)
    assert isinstance(egress.verdict("storefront", "example.com", "198.51.100.7", 25)[1], Blocked)
    assert isinstance(egress.verdict("inventory", "example.com", "198.51.100.7", 443)[1], Blocked)


def test_a_rule_that_is_gone_is_a_wall():
    content = default_document()
    drop(content, "aws_vpc_security_group_egress_rule.storefront_to_internet_443")
    document = read_document(content)
    answer = Egress(Reachability(document), Values(document, None)).verdict(
        "storefront", "", "198.51.100.7", 443
    )
    assert isinstance(answer[1], Blocked)
