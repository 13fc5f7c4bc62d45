"""Advice on endpoints and permissions: what a function may use and cannot reach, and what NAT would cost."""

import json
from pathlib import Path

import pytest

from constructs_lib.environment import environment_warnings
from constructs_lib.errors import Problem
from tests.support.environment_files import ECR_IMAGE, GROUP, load, web

NO_NAT: dict[str, str | None] = {"network.nat": '"none"', "functions.storefront.internet": None}
INTERFACE = "network.endpoints.interface"
POLICIES = "functions.inventory.policies"


def warnings(root: Path, changes: dict[str, str | None]) -> list[Problem]:
    return environment_warnings(load(root, changes), project_root=root)


def allowed(*actions: str, effect: str = "Allow") -> dict[str, str | None]:
    return {POLICIES: f'[{{Effect = "{effect}", Action = {list(actions)}, Resource = "arn:aws:x:::y"}}]'}


@pytest.mark.parametrize(
    ("action", "endpoint", "kind"),
    [
        ("sqs:SendMessage", "sqs", "interface"),
        ("cloudwatch:PutMetricData", "monitoring", "interface"),
        ("kinesis:PutRecord", "kinesis-streams", "interface"),
        ("SecretsManager:GetSecretValue", "secretsmanager", "interface"),
        ("s3:GetObject", "s3", "gateway"),
        ("dynamodb:GetItem", "dynamodb", "gateway"),
    ],
)
def test_a_service_that_a_function_may_use_and_cannot_reach(
    tmp_path: Path, action: str, endpoint: str, kind: str
) -> None:
    (warning,) = warnings(tmp_path, {"network.endpoints.gateway": "[]", **allowed(action)})
    assert (warning.field, warning.value) == (f"{POLICIES}[0]", action)
    assert f'add "{endpoint}" to {kind} in [network.endpoints]' in warning.way_out


@pytest.mark.parametrize(
    "changes",
    [
        {INTERFACE: '["logs", "sqs"]'},
        {INTERFACE: '["logs", "com.amazonaws.us-east-1.sqs"]'},
        {"functions.inventory.internet": "true"},
        {"functions.inventory.egress.queues": f"{{security_group_id = {GROUP}, port = 443}}"},
    ],
)
def test_a_service_that_a_function_reaches(tmp_path: Path, changes: dict[str, str | None]) -> None:
    assert warnings(tmp_path, changes | allowed("sqs:SendMessage")) == []


def test_nat_is_no_way_for_a_function_without_internet(tmp_path: Path) -> None:
    assert len(warnings(tmp_path, allowed("sqs:SendMessage"))) == 1


def test_what_is_denied_or_has_no_endpoint_needs_none(tmp_path: Path) -> None:
    assert warnings(tmp_path, allowed("sqs:SendMessage", effect="Deny")) == []
    assert warnings(tmp_path, allowed("iam:GetRole", "rds-db:connect")) == []


def test_each_service_is_said_once(tmp_path: Path) -> None:
    assert len(warnings(tmp_path, allowed("sqs:SendMessage", "sqs:ReceiveMessage", "sns:Publish"))) == 2


def test_policy_files_are_read_where_the_project_is_known(tmp_path: Path) -> None:
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": statement})
    (tmp_path / "queues.json").write_text(text)
    found = warnings(tmp_path, {POLICIES: '["queues.json"]'})
    assert [warning.field for warning in found] == [
        f"{POLICIES}[0] (queues.json).Statement[0].Action",
        f"{POLICIES}[0]",
    ]
    assert environment_warnings(load(tmp_path, {POLICIES: '["queues.json"]'})) == []


def test_more_than_a_workload_can_need_is_said(tmp_path: Path) -> None:
    wide = '[{Effect = "Allow", Action = "s3:*", Resource = "*"}]'
    (warning,) = warnings(tmp_path, {POLICIES: wide})
    assert (warning.field, warning.value) == (f"{POLICIES}[0].Action", "s3:*")


def test_interface_endpoints_that_cost_more_than_nat(tmp_path: Path) -> None:
    assert warnings(tmp_path, {**NO_NAT, INTERFACE: '["logs", "sqs"]'}) == []
    (warning,) = warnings(tmp_path, {**NO_NAT, INTERFACE: '["logs", "sqs", "sns"]'})
    assert warning.field == INTERFACE
    assert "3 interface endpoints in 2 zones cost about $44 a month" in warning.rule
    assert warning.rule.endswith("$36")


def test_endpoints_beside_nat_or_without_a_price_or_without_a_replacement(tmp_path: Path) -> None:
    three = {INTERFACE: '["logs", "sqs", "sns"]'}
    assert warnings(tmp_path, {**three}) == []
    assert warnings(tmp_path, {**NO_NAT, **three, "region": '"ap-south-2"'}) == []
    own = [f"com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef{number}" for number in range(3)]
    assert warnings(tmp_path, {**NO_NAT, INTERFACE: str(own)}) == []


def test_a_service_that_starts_through_nat_uses_it(tmp_path: Path) -> None:
    job: dict[str, str | None] = {"functions.storefront.internet": None}
    assert warnings(tmp_path, job | web({"image": ECR_IMAGE})) == []
    endpoints = '["logs", "ecr.api", "ecr.dkr"]'
    (warning,) = warnings(tmp_path, {**job, **web({"image": ECR_IMAGE}), INTERFACE: endpoints})
    assert warning.field == "network.nat"


@pytest.mark.parametrize("reference", ["nginx", "nginx:1.27", "public.ecr.aws/nginx/nginx:latest"])
def test_a_tag_may_name_another_image_tomorrow(tmp_path: Path, reference: str) -> None:
    (warning,) = warnings(tmp_path, web({"image": f'"{reference}"'}))
    assert warning.field == "services.web.image"
    assert "may name another image tomorrow" in warning.rule


def test_a_tag_of_a_functions_image(tmp_path: Path) -> None:
    image = '"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/inventory:v1"'
    changes = {"functions.inventory.source": None, "functions.inventory.image": image}
    assert [warning.field for warning in warnings(tmp_path, changes)] == ["functions.inventory.image"]


def test_more_concurrency_than_an_account_has(tmp_path: Path) -> None:
    def reserved(first: int, second: int) -> dict[str, str | None]:
        return {
            "functions.inventory.reserved_concurrency": str(first),
            "functions.storefront.provisioned_concurrency": str(second),
        }

    assert warnings(tmp_path, reserved(800, 100)) == []
    (warning,) = warnings(tmp_path, reserved(800, 101))
    assert (warning.field, warning.value) == ("functions", 901)
    assert "AWS allows 1000" in warning.rule


def test_settings_of_an_internal_load_balancer_that_is_not_made(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        "functions": '{job = {source = "lambda_src/inventory"}}',
        "network.nat": '"none"',
        "load_balancers": '{internal = {domain = "a.example.com", zone_id = "Z0123456789ABCDEFGHIJ"}}',
    }
    assert [warning.field for warning in warnings(tmp_path, changes)] == ["load_balancers.internal.domain"]


def test_an_endpoint_that_the_services_name_does_not_lead_to_is_said(tmp_path: Path) -> None:
    interface = {"network.endpoints.interface": '["logs", "dynamodb", "iot.data"]'}
    found = environment_warnings(load(tmp_path, interface))
    said = {one.field: one.way_out for one in found if "no private DNS name" in one.rule}
    assert list(said) == ["network.endpoints.interface[1]", "network.endpoints.interface[2]"]
    assert said["network.endpoints.interface[1]"].startswith("name it in gateway instead")
