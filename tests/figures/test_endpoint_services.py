import pytest

from constructs_lib.figures.endpoint_services import (
    endpoint_service_name,
    endpoint_short_name,
    is_service_name,
    service_name_region,
)

PRIVATE = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        ("logs", "logs", "com.amazonaws.us-east-1.logs"),
        ("ecr.api", "ecr.api", "com.amazonaws.us-east-1.ecr.api"),
        ("com.amazonaws.us-east-1.ecr.dkr", "ecr.dkr", "com.amazonaws.us-east-1.ecr.dkr"),
        (PRIVATE, "vpce-svc-0123456789abcdef0", PRIVATE),
        ("cn.com.amazonaws.us-east-1.ec2", "ec2", "cn.com.amazonaws.us-east-1.ec2"),
    ],
)
def test_a_service_has_a_short_and_a_full_name(name: str, short: str, full: str) -> None:
    assert endpoint_short_name(name, "us-east-1") == short
    assert endpoint_service_name(name, "us-east-1") == full


@pytest.mark.parametrize(
    ("name", "gateway", "full"),
    [
        ("ecr.dkr", False, "cn.com.amazonaws.cn-north-1.ecr.dkr"),
        ("logs", False, "com.amazonaws.cn-north-1.logs"),
        ("s3", False, "cn.com.amazonaws.cn-north-1.s3"),
        ("s3", True, "com.amazonaws.cn-north-1.s3"),
    ],
)
def test_china_has_names_of_its_own_for_some_interface_endpoints(name: str, gateway: bool, full: str) -> None:
    assert endpoint_service_name(name, "cn-north-1", gateway=gateway) == full


def test_a_name_of_another_region_stays_as_it_is() -> None:
    name = "com.amazonaws.eu-west-1.logs"
    assert endpoint_short_name(name, "us-east-1") == endpoint_service_name(name, "us-east-1") == name


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("logs", None),
        ("com.amazonaws.eu-west-1.logs", "eu-west-1"),
        ("com.amazonaws.us-gov-west-1.logs", "us-gov-west-1"),
        (PRIVATE, "us-east-1"),
    ],
)
def test_a_full_name_has_a_region(name: str, region: str | None) -> None:
    assert service_name_region(name) == region


@pytest.mark.parametrize(
    "name", ["logs", "ecr.api", "execute-api", "ec2messages", "com.amazonaws.eu-west-1.s3", PRIVATE]
)
def test_names_that_services_may_have(name: str) -> None:
    assert is_service_name(name)


@pytest.mark.parametrize(
    "name", ["", "Logs", "a b", "a..b", "-a", "a-", "com.amazonaws.logs", "vpce-svc-1", "logs\n"]
)
def test_names_that_no_service_has(name: str) -> None:
    assert not is_service_name(name)
