"""The order that Terraform can't infer from references, as its own reports of an apply and a destroy show it.

Each pair is a thing and what has to wait for it; on destroy the second one goes first.
"""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform import TerraformError, offline_terraform
from tests.support.projects import project
from tests.support.terraform.stacks import stack_of

ENVIRONMENT = """
project = "shop"
region = "eu-west-1"
[network]
cidr = "10.20.0.0/16"
nat = "single"
nat_zone = "a"
endpoints.interface = ["logs", "s3"]
[load_balancers.public]
insecure_http = true
[functions.inventory]
source = "src/inventory"
exposure = "internal"
port = 8080
[functions.prices]
source = "src/prices"
exposure = "internal"
port = 8081
[functions.storefront]
source = "src/storefront"
exposure = "public"
paths = ["/*"]
calls = ["inventory", "prices", "stock"]
timeout_s = 15
[[functions.storefront.policies]]
Effect = "Allow"
Action = "sqs:SendMessage"
Resource = "*"
[services.stock]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
exposure = "internal"
port = 8082
[services.ledger]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
exposure = "internal"
paths = ["/ledger/*"]
[services.web]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
exposure = "public"
paths = ["/web/*"]
calls = ["ledger"]
"""
GATEWAY = "aws_internet_gateway.network"
WAITING = [
    (GATEWAY, "aws_eip.network_nat_a"),
    (GATEWAY, "aws_nat_gateway.network_nat_a"),
    (GATEWAY, "aws_lb.public"),
    ("aws_route.network_public", "aws_route_table_association.network_public_a"),
    ("aws_route_table_association.network_public_a", "aws_lb.public"),
    ("aws_route_table_association.network_public_a", "aws_nat_gateway.network_nat_a"),
    ("aws_route.network_private_b", "aws_route_table_association.network_private_b"),
    ("aws_route_table_association.network_private_b", "aws_lambda_function.inventory"),
    ("aws_route_table_association.network_private_b", "aws_ecs_service.web"),
    ("aws_lb_target_group_attachment.internal_inventory", "aws_lb_listener.internal_8080"),
    ("aws_lb_target_group_attachment.public_storefront", "aws_lb_listener_rule.public_storefront"),
    ("aws_vpc_endpoint.endpoints_s3", "aws_vpc_endpoint.endpoints_s3_interface"),
    ("aws_cloudwatch_log_group.inventory", "aws_lambda_function.inventory"),
    ("aws_iam_role_policy.inventory", "aws_lambda_function.inventory"),
    ("aws_iam_role_policy.storefront_own", "aws_lambda_function.storefront"),
    ("aws_lambda_permission.internal_inventory", "aws_lb_target_group_attachment.internal_inventory"),
    ("aws_lambda_permission.public_storefront", "aws_lb_target_group_attachment.public_storefront"),
    ("aws_lb_listener.internal_8082", "aws_ecs_service.stock"),
    ("aws_lb_listener_rule.internal_ledger", "aws_ecs_service.ledger"),
    ("aws_lb_listener_rule.public_web", "aws_ecs_service.web"),
    ("aws_cloudwatch_log_group.stock", "aws_ecs_service.stock"),
    ("aws_iam_role_policy.stock_execution", "aws_ecs_service.stock"),
]
WITHOUT_GATEWAY = {"aws_eip.network_nat_a", "aws_nat_gateway.network_nat_a", "aws_lb.public"}
# No more than one of what a thing waits for fails, so that nothing else keeps it back.
MISSING = {
    "aws_vpc_endpoint.endpoints_s3": {"aws_vpc_endpoint.endpoints_s3_interface"},
    "aws_cloudwatch_log_group.inventory": {"aws_lambda_function.inventory"},
    "aws_iam_role_policy.storefront": {"aws_lambda_function.storefront"},
    "aws_lambda_permission.internal_prices": {"aws_lb_target_group_attachment.internal_prices"},
    "aws_lb_listener.internal_8082": {"aws_ecs_service.stock"},
    "aws_lb_listener_rule.internal_ledger": {"aws_ecs_service.ledger"},
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    made = project(tmp_path_factory.mktemp("shop") / "shop")
    return stack_of(made.write(ENVIRONMENT), made.root, made.root / "cdktf.out")


@pytest.fixture(scope="module")
def life(shop, engine):
    """An apply and a destroy of the same stack, and all that the stand-in was asked for."""
    with offline_terraform(shop, engine=engine) as session:
        applied, destroyed = session.apply(), session.destroy()
        return applied, destroyed, session.calls


def test_everything_is_made_only_after_what_it_waits_for(life):
    applied, _, _ = life
    assert [pair for pair in WAITING if not applied.is_before(*pair)] == []


def test_what_others_wait_for_is_destroyed_only_after_them(life):
    _, destroyed, _ = life
    assert [(first, second) for first, second in WAITING if not destroyed.is_before(second, first)] == []


def test_what_waits_is_not_made_where_that_which_it_waits_for_fails(shop, terraform):
    session = terraform(shop)
    with pytest.raises(TerraformError, match="refused"):
        session.apply(fail_on=dict.fromkeys(MISSING, "refused"))
    there = set(session.addresses())
    assert {first: waiting & there for first, waiting in MISSING.items()} == {
        first: set() for first in MISSING
    }
    assert {"aws_lb.internal", "aws_lambda_function.prices", "aws_ecs_task_definition.stock"} <= there


def test_nothing_that_faces_the_internet_is_made_without_its_gateway(shop, terraform):
    session = terraform(shop)
    with pytest.raises(TerraformError, match="refused"):
        session.apply(fail_on={GATEWAY: "refused"})
    there = set(session.addresses())
    assert not WITHOUT_GATEWAY & there
    assert {"aws_lb.internal", "aws_vpc_endpoint.endpoints_logs"} <= there


def test_the_permission_is_for_the_load_balancer_of_this_account_and_this_target_group_alone(life):
    made = {call.address: call.values for call in life[2] if call.operation == "create"}
    permission = made["aws_lambda_permission.internal_inventory"]
    assert permission["principal"] == "elasticloadbalancing.amazonaws.com"
    _, _, _, _, account, group = permission["source_arn"].split(":")
    assert account == permission["source_account"]
    assert group.split("/")[1] == made["aws_lb_target_group.internal_inventory"]["name"]
