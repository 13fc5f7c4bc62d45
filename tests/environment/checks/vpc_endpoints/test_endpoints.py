from pathlib import Path

import pytest

from tests.support.environment_files import fields, load, only_problem

INTERFACE, GATEWAY = "network.endpoints.interface", "network.endpoints.gateway"


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["sqs", "ecr.api", "ecr.dkr", "secretsmanager", "execute-api"],
        ["com.amazonaws.us-east-1.logs"],
        ["com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"],
        ["dynamodb", "s3"],
    ],
)
def test_any_service_may_have_an_interface_endpoint(tmp_path: Path, names: list[str]) -> None:
    assert load(tmp_path, {INTERFACE: str(names)}).network.endpoints.interface == names


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Logs",
        "lo gs",
        "logs.",
        ".logs",
        "logs*",
        "com.amazonaws.logs",
        "vpce-svc-1",
        "amazonaws.com/sqs",
        "x" * 101,
    ],
)
def test_a_name_that_no_service_has_is_refused(tmp_path: Path, name: str) -> None:
    assert fields(tmp_path, {INTERFACE: f'["{name}"]'}) == [f"{INTERFACE}[0]"]


@pytest.mark.parametrize(
    "name", ["com.amazonaws.eu-west-1.logs", "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"]
)
def test_a_service_is_of_the_environments_region(tmp_path: Path, name: str) -> None:
    problem = only_problem(tmp_path, {INTERFACE: f'["{name}"]'})
    assert problem.field == f"{INTERFACE}[0]"
    assert "eu-west-1" in problem.rule


@pytest.mark.parametrize(
    "names",
    [
        ["logs", "logs"],
        ["logs", "com.amazonaws.us-east-1.logs"],
        ["ecr.api", "com.amazonaws.us-east-1.ecr.api"],
    ],
)
def test_a_service_has_one_endpoint(tmp_path: Path, names: list[str]) -> None:
    assert fields(tmp_path, {INTERFACE: str(names)}) == [f"{INTERFACE}[1]"]


@pytest.mark.parametrize("names", [["s3", "s3"], ["com.amazonaws.us-east-1.s3", "s3"]])
def test_a_service_has_one_gateway(tmp_path: Path, names: list[str]) -> None:
    assert fields(tmp_path, {GATEWAY: str(names)}) == [f"{GATEWAY}[1]"]


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("logs", "move it to interface"),
        ("com.amazonaws.us-east-1.sqs", "move it to interface"),
        ("dynamo", 'did you mean "dynamodb"?'),
    ],
)
def test_only_some_services_have_gateways(tmp_path: Path, name: str, way_out: str) -> None:
    problem = only_problem(tmp_path, {GATEWAY: f'["s3", "{name}"]'})
    assert (problem.field, problem.way_out) == (f"{GATEWAY}[1]", way_out)


@pytest.mark.parametrize("name", ["s3", "com.amazonaws.us-east-1.s3"])
def test_the_interface_of_s3_needs_its_gateway(tmp_path: Path, name: str) -> None:
    changes = {INTERFACE: f'["logs", "{name}"]', GATEWAY: '["dynamodb"]'}
    assert fields(tmp_path, changes) == [f"{INTERFACE}[1]"]
    assert load(tmp_path, {**changes, GATEWAY: '["s3"]'})


def test_a_vpc_has_fifty_interface_endpoints(tmp_path: Path) -> None:
    assert load(tmp_path, {INTERFACE: str([f"service{n}" for n in range(50)])})
    assert fields(tmp_path, {INTERFACE: str([f"service{n}" for n in range(51)])}) == [INTERFACE]


def test_what_is_wrong_with_the_region_is_not_said_of_services_too(tmp_path: Path) -> None:
    changes = {"region": '"virginia"', INTERFACE: '["com.amazonaws.eu-west-1.logs"]'}
    assert fields(tmp_path, changes) == ["region"]
