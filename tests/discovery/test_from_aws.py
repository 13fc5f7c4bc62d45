import boto3
import botocore.exceptions
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from constructs_lib.discovery import from_aws as vpc_reader
from constructs_lib.discovery.from_aws import read_vpc
from constructs_lib.discovery.operations import KINDS, operation
from constructs_lib.errors import ConfigError


@pytest.fixture(autouse=True)
def aws(monkeypatch, tmp_path):
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with mock_aws():
        yield


def problems(vpc_id="vpc-1", region="us-east-1", profile=None):
    with pytest.raises(ConfigError) as raised:
        read_vpc(vpc_id, region=region, profile=profile)
    return raised.value.problems


@pytest.fixture(scope="module")
def client():
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    return boto3.client("ec2", region_name="us-east-1", **keys)


@pytest.fixture
def stubber(client):
    with Stubber(client) as stubber:
        yield stubber


@pytest.fixture
def answering(client, stubber, monkeypatch):
    """Answers the calls with these errors, in their order; None is an answer without entries."""

    def answer(*codes):
        for kind, code in zip(KINDS, codes, strict=False):
            name = operation(kind)
            if code:
                stubber.add_client_error(name, service_error_code=code, service_message="words of AWS")
            else:
                stubber.add_response(name, {kind: []})
        monkeypatch.setattr(vpc_reader, "_client", lambda *_: client)

    return answer


def failing(monkeypatch, error):
    def client(*_):
        raise error

    monkeypatch.setattr(vpc_reader, "_client", client)


def test_a_vpc_is_read_with_all_that_belongs_to_it_and_nothing_else():
    ec2 = boto3.client("ec2", region_name="us-east-1")
    mine = ec2.create_vpc(CidrBlock="172.30.0.0/16")["Vpc"]["VpcId"]
    ec2.create_subnet(VpcId=mine, CidrBlock="172.30.0.0/20", AvailabilityZone="us-east-1a")
    found = read_vpc(mine, region="us-east-1", profile=None)
    assert found.read == set(found.entries)
    assert [subnet["CidrBlock"] for subnet in found.of("Subnets")] == ["172.30.0.0/20"]
    assert len(found.of("Vpcs")) == 2
    assert [table["VpcId"] for table in found.of("RouteTables")] == [mine]


def test_every_page_is_read(client, stubber):
    pages = [["subnet-1"], ["subnet-2"], ["subnet-3"]]
    for number, ids in enumerate(pages):
        token = {} if number == len(pages) - 1 else {"NextToken": str(number)}
        stubber.add_response("describe_subnets", {"Subnets": [{"SubnetId": i} for i in ids], **token})
    found = vpc_reader._entries(client, "Subnets", "vpc-1")
    assert [entry["SubnetId"] for entry in found] == ["subnet-1", "subnet-2", "subnet-3"]


def test_a_missing_region_is_asked_for():
    (problem,) = problems(region=None)
    assert (problem.field, repr(problem.value)) == ("--region", "(missing)")


def test_the_profile_has_a_region(tmp_path):
    (tmp_path / "config").write_text(
        "[profile shop]\nregion = eu-west-1\naws_access_key_id = x\naws_secret_access_key = x\n"
    )
    names = [
        zone["ZoneName"] for zone in read_vpc("vpc-1", region=None, profile="shop").of("AvailabilityZones")
    ]
    assert names
    assert all(name.startswith("eu-west-1") for name in names)


@pytest.mark.parametrize("region", ["virginia", "us-east-1a", "us east 1"])
def test_what_is_no_region_is_refused(region):
    (problem,) = problems(region=region)
    assert (problem.field, problem.value) == ("--region", region)


def test_a_profile_that_is_not_there_is_said():
    (problem,) = problems(profile="nobody")
    assert (problem.field, problem.value, problem.rule) == ("--profile", "nobody", "there is no such profile")


def test_everything_that_is_not_allowed_is_said_at_once(answering):
    answering("UnauthorizedOperation", None, "AccessDenied", None, None, None, "UnauthorizedOperation")
    actions = [problem.rule.split()[-1] for problem in problems()]
    assert actions == ["ec2:DescribeVpcs", "ec2:DescribeInternetGateways", "ec2:DescribeAvailabilityZones"]


@pytest.mark.parametrize(
    ("code", "words", "way_out"),
    [
        ("RequestExpired", "have expired", "aws sso login"),
        ("ExpiredToken", "have expired", "aws sso login"),
        ("AuthFailure", "does not know these credentials", "get-caller-identity"),
        ("InvalidClientTokenId", "does not know these credentials", "enable the region"),
        ("InternalError", "words of AWS", "--from-file"),
    ],
)
def test_what_aws_answers_is_explained(answering, code, words, way_out):
    answering(code)
    (problem,) = problems()
    assert words in problem.rule
    assert way_out in problem.way_out


@pytest.mark.parametrize(
    ("error", "field", "words"),
    [
        (botocore.exceptions.NoCredentialsError(), "--profile", "no AWS credentials"),
        (
            botocore.exceptions.PartialCredentialsError(provider="env", cred_var="x"),
            "--profile",
            "no AWS credentials",
        ),
        (botocore.exceptions.UnauthorizedSSOTokenError(), "--profile", "login is missing or has expired"),
        (
            botocore.exceptions.SSOTokenLoadError(profile_name="x", error_msg="y"),
            "--profile",
            "login is missing",
        ),
        (
            botocore.exceptions.TokenRetrievalError(provider="sso", error_msg="y"),
            "--profile",
            "login is missing",
        ),
        (botocore.exceptions.EndpointConnectionError(endpoint_url="x"), "--region", "does not answer"),
        (botocore.exceptions.ConnectTimeoutError(endpoint_url="x"), "--region", "does not answer"),
        (botocore.exceptions.ConfigParseError(path="x"), "--profile", "boto3 gives up"),
    ],
)
def test_what_boto3_complains_of_is_explained(monkeypatch, error, field, words):
    failing(monkeypatch, error)
    (problem,) = problems()
    assert problem.field == field
    assert words in problem.rule
    assert "\n" not in str(problem)


def test_a_bug_stays_a_bug(monkeypatch):
    failing(monkeypatch, KeyError("x"))
    with pytest.raises(KeyError):
        read_vpc("vpc-1", region="us-east-1", profile=None)
