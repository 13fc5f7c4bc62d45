"""What a service reaches before it runs, and the network that lets it."""

from pathlib import Path

from constructs_lib.environment.service_start import reaches_internet, starts_through_nat
from tests.support.environment_files import (
    ECR_IMAGE,
    NO_NAT,
    PARAMETER,
    SECRET,
    WEB,
    load,
    only_problem,
    problems,
    web,
)


def test_an_image_of_another_registry_needs_nat(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {**NO_NAT, **WEB})
    assert problem.field == "services.web.image"
    assert "public.ecr.aws" in problem.rule
    assert "no NAT gateway" in problem.rule


def test_an_image_of_another_region_needs_nat(tmp_path: Path) -> None:
    changes = {**NO_NAT, **web({"image": ECR_IMAGE.replace("us-east-1", "eu-west-1")})}
    assert "endpoints reach us-east-1 alone" in only_problem(tmp_path, changes).rule


def test_each_endpoint_that_is_missing_is_named(tmp_path: Path) -> None:
    changes = {
        **NO_NAT,
        "network.endpoints": '{interface = ["sqs"], gateway = []}',
        **web({"image": ECR_IMAGE, "secrets": f"{{SESSION = {SECRET}, KEY = {PARAMETER}}}"}),
    }
    found = [(problem.field, problem.way_out) for problem in problems(tmp_path, changes)]
    named = {
        (field, endpoint, kind)
        for field, way_out in found
        for endpoint in ("ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "ssm")
        for kind in ("interface", "gateway")
        if f'add "{endpoint}" to {kind}' in way_out
    }
    assert named == {
        ("services.web.image", "ecr.api", "interface"),
        ("services.web.image", "ecr.dkr", "interface"),
        ("services.web.image", "logs", "interface"),
        ("services.web.image", "s3", "gateway"),
        ("services.web.secrets", "secretsmanager", "interface"),
        ("services.web.secrets", "ssm", "interface"),
    }
    assert len(found) == 6


def test_with_its_endpoints_a_service_starts_without_nat(tmp_path: Path) -> None:
    changes = {
        **NO_NAT,
        "network.endpoints.interface": '["logs", "ecr.api", "com.amazonaws.us-east-1.ecr.dkr", "ssm"]',
        **web({"image": ECR_IMAGE, "secrets": f"{{KEY = {PARAMETER}}}"}),
    }
    assert starts_through_nat(load(tmp_path, changes), "web") is False


def test_what_opens_443_to_everyone_is_not_opened_twice(tmp_path: Path) -> None:
    everyone = '{cidr = "0.0.0.0/0", port = 443}'
    problem = only_problem(tmp_path, web({"egress.all": everyone}))
    assert problem.field == "services.web.egress.all"
    assert "the way to the image" in problem.rule


def test_only_who_says_so_or_starts_through_nat_reaches_the_internet(tmp_path: Path) -> None:
    environment = load(tmp_path, WEB)
    assert {name: reaches_internet(environment, name) for name in environment.workloads} == {
        "inventory": False,
        "storefront": True,
        "web": True,
    }
