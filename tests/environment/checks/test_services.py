"""ECS services: what is refused before ECS would, and what is fine."""

from pathlib import Path

import pytest

from tests.support.environment_files import (
    ECR_IMAGE,
    GROUP,
    JOB,
    PARAMETER,
    SECRET,
    WEB,
    fields,
    load,
    only_problem,
    web,
)

TABLE = '[{Effect = "Allow", Action = "s3:Get*"}]'
SCALING = "services.web.autoscaling"


def test_a_usual_service_is_fine(tmp_path: Path) -> None:
    service = load(tmp_path, WEB).services["web"]
    assert (service.cpu, service.memory_mb, service.desired_count) == (256, 512, 2)
    assert (service.health_check_path, service.read_only_root_filesystem) == ("/", True)


def test_every_key_of_a_service_may_be_written(tmp_path: Path) -> None:
    keys = {
        "image": ECR_IMAGE,
        "cpu": "16384",
        "memory_mb": "122880",
        "architecture": '"arm64"',
        "desired_count": "3",
        "autoscaling": "{min_count = 3, max_count = 9, cpu_percent = 55, requests_per_target = 500}",
        "health_check_path": '"/ready?deep=1"',
        "read_only_root_filesystem": "false",
        "user": '"1000:1000"',
        "calls": '["inventory"]',
        "environment": '{LOG_LEVEL = "INFO", "app.mode" = "x"}',
        "secrets": f"{{SESSION = {SECRET}, KEY = {PARAMETER}}}",
        "log_retention_days": "7",
        "egress.database": f"{{security_group_id = {GROUP}, port = 5432}}",
    }
    assert load(tmp_path, web(keys)).callers_of("inventory") == ("storefront", "web")


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("image", '""', "must not be empty"),
        ("image", '"Shop/Web"', "in lower case"),
        ("image", '"https://example.com/shop"', "reference of a container image"),
        ("image", '"shop@sha256:1234"', "reference of a container image"),
        ("image", f'"shop@sha512:{"0" * 64}"', 'a digest is "sha256:"'),
        ("image", "5", "must be a text in quotes"),
        ("container_port", "0", "must be 1 to 65535"),
        ("container_port", "65536", "must be 1 to 65535"),
        ("container_port", '"80"', "must be a whole number without quotes"),
        ("architecture", '"amd64"', 'must be "arm64" or "x86_64"'),
        ("desired_count", "-1", "must be 0 to 5000"),
        ("desired_count", "5001", "must be 0 to 5000"),
        ("health_check_path", '"ready"', "begins with /"),
        ("health_check_path", '""', "begins with /"),
        ("health_check_path", '"/a b"', "no blanks"),
        ("health_check_path", '"/${x}"', "no characters but those of URLs"),
        ("health_check_path", f'"/{"x" * 1024}"', "at most 1024 characters, this one has 1025"),
        ("read_only_root_filesystem", '"yes"', "must be true or false"),
        ("log_retention_days", "31", "CloudWatch Logs keeps logs for"),
        ("timeout_s", "5", "there is no such key"),
        ("source", '"lambda_src/inventory"', "there is no such key"),
        ("secrets", f"[{SECRET}]", "must be a table"),
        ("autoscaling", "true", "table"),
    ],
)
def test_a_value_that_no_service_takes(tmp_path: Path, key: str, value: str, rule: str) -> None:
    problem = only_problem(tmp_path, web({key: value}))
    assert problem.field == f"services.web.{key}"
    assert rule in problem.rule


@pytest.mark.parametrize("key", ["image", "container_port"])
def test_a_service_needs_an_image_and_a_port(tmp_path: Path, key: str) -> None:
    problem = only_problem(tmp_path, web({key: None}))
    assert (problem.field, repr(problem.value)) == (f"services.web.{key}", "(missing)")


@pytest.mark.parametrize(
    ("cpu", "memory_mb", "field", "figure"),
    [
        (300, 512, "cpu", "256, 512, 1024, 2048, 4096, 8192 or 16384"),
        (256, 4096, "memory_mb", "512, 1024 or 2048"),
        (512, 512, "memory_mb", "1024, 2048, 3072 or 4096"),
        (4096, 8193, "memory_mb", "8192 to 30720 in steps of 1024"),
        (0, 0, "cpu", "256"),
    ],
)
def test_fargate_pairs_cpu_and_memory(
    tmp_path: Path, cpu: int, memory_mb: int, field: str, figure: str
) -> None:
    problem = only_problem(tmp_path, web({"cpu": str(cpu), "memory_mb": str(memory_mb)}))
    assert problem.field == f"services.web.{field}"
    assert figure in problem.rule


@pytest.mark.parametrize(
    ("scaling", "field"),
    [
        ("{min_count = 5, max_count = 2, cpu_percent = 50}", f"{SCALING}.min_count"),
        ("{min_count = 1, max_count = 2}", SCALING),
        ("{min_count = 1, cpu_percent = 50}", f"{SCALING}.max_count"),
        ("{max_count = 2, cpu_percent = 50}", f"{SCALING}.min_count"),
        ("{min_count = -1, max_count = 2, cpu_percent = 50}", f"{SCALING}.min_count"),
        ("{min_count = 0, max_count = 5001, cpu_percent = 50}", f"{SCALING}.max_count"),
        ("{min_count = 1, max_count = 2, cpu_percent = 0}", f"{SCALING}.cpu_percent"),
        ("{min_count = 1, max_count = 2, cpu_percent = 101}", f"{SCALING}.cpu_percent"),
        ("{min_count = 1, max_count = 2, requests_per_target = 0}", f"{SCALING}.requests_per_target"),
        ("{min_count = 1, max_count = 2, memory_percent = 50}", f"{SCALING}.memory_percent"),
    ],
)
def test_autoscaling_has_bounds_and_a_goal(tmp_path: Path, scaling: str, field: str) -> None:
    assert fields(tmp_path, web({"autoscaling": scaling})) == [field]


def test_a_desired_count_that_is_written_lies_within_the_bounds(tmp_path: Path) -> None:
    scaling = "{min_count = 3, max_count = 9, cpu_percent = 60}"
    changes = web({"autoscaling": scaling, "desired_count": "2"})
    assert "outside of 3 to 9" in only_problem(tmp_path, changes).rule
    assert load(tmp_path, web({"autoscaling": scaling})).services["web"].first_count == 3
    few = scaling.replace("3", "0").replace("9", "1")
    assert load(tmp_path, web({"autoscaling": few})).services["web"].first_count == 1


def test_requests_are_counted_by_a_load_balancer(tmp_path: Path) -> None:
    scaling = "{min_count = 1, max_count = 2, requests_per_target = 50}"
    assert fields(tmp_path, JOB | {SCALING: scaling}) == [f"{SCALING}.requests_per_target"]


def test_a_health_check_is_requested_by_a_load_balancer(tmp_path: Path) -> None:
    assert load(tmp_path, JOB)
    changes = JOB | {"services.web.health_check_path": '"/ready"'}
    assert fields(tmp_path, changes) == ["services.web.health_check_path"]


@pytest.mark.parametrize(
    ("arn", "rule"),
    [
        ('"session"', "is not the ARN of a secret"),
        ('"arn:aws:s3:::bucket/key"', "is not the ARN of a secret"),
        ('"arn:aws:secretsmanager:us-east-1:123456789012:secret:${x}"', "is not the ARN of a secret"),
        (SECRET.replace("us-east-1", "eu-west-1"), "lies in eu-west-1"),
        (PARAMETER.replace("us-east-1", "eu-west-1"), "lies in eu-west-1"),
    ],
)
def test_a_secret_is_an_arn_of_the_region(tmp_path: Path, arn: str, rule: str) -> None:
    problem = only_problem(tmp_path, web({"secrets": f"{{SESSION = {arn}}}"}))
    assert problem.field == "services.web.secrets.SESSION"
    assert rule in problem.rule


def test_a_key_and_a_version_of_a_secret_may_be_named(tmp_path: Path) -> None:
    assert load(tmp_path, web({"secrets": f'{{SESSION = {SECRET[:-1]}:key::"}}'}))


def test_a_variable_has_one_value(tmp_path: Path) -> None:
    both = web({"secrets": f"{{SESSION = {SECRET}}}", "environment": '{SESSION = "x"}'})
    assert fields(tmp_path, both) == ["services.web.secrets"]


@pytest.mark.parametrize("key", ["environment", "secrets"])
@pytest.mark.parametrize("variable", ["1ST", '"A B"', "INVENTORY_URL", '""'])
def test_a_name_that_no_variable_can_have(tmp_path: Path, key: str, variable: str) -> None:
    changes = web({key: f"{{{variable} = {SECRET}}}", "calls": '["inventory"]'})
    assert fields(tmp_path, changes) == [f"services.web.{key}.{variable}"]


def test_what_lambda_reserves_is_free_for_services(tmp_path: Path) -> None:
    assert load(tmp_path, web({"environment": '{AWS_REGION = "us-east-1"}'}))


def test_variables_fit_into_a_task_definition(tmp_path: Path) -> None:
    assert load(tmp_path, web({"environment": f'{{LONG = "{"x" * 65_000}"}}'}))
    problem = only_problem(tmp_path, web({"environment": f'{{LONG = "{"x" * 65_536}"}}'}))
    assert (problem.field, "65536 bytes" in problem.rule) == ("services.web.environment", True)


def test_everything_wrong_with_a_service_is_said_at_once(tmp_path: Path) -> None:
    wrong = {
        "image": '"Nginx"',
        "container_port": "0",
        "cpu": "300",
        "health_check_path": '"x"',
        "secrets.A": '"x"',
        "environment.INVENTORY_URL": '"x"',
        "calls": '["inventory"]',
        "log_retention_days": "2",
        "autoscaling.min_count": "4",
        "autoscaling.max_count": "3",
    }
    assert set(fields(tmp_path, web(wrong))) == {
        "services.web.image",
        "services.web.container_port",
        "services.web.cpu",
        "services.web.health_check_path",
        "services.web.secrets.A",
        "services.web.environment.INVENTORY_URL",
        "services.web.log_retention_days",
        "services.web.autoscaling.min_count",
        "services.web.autoscaling",
    }


def test_policies_of_a_service_are_checked_as_those_of_a_function(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, web({"policies": TABLE}))
    assert problem.field == "services.web.policies[0]"
    assert "Resource" in problem.rule
