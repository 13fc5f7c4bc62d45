"""Services of an environment file in the Terraform JSON: who reaches them, whom they reach, what they run."""

import json

import pytest

from constructs_lib.testing import Match
from tests.support.projects import SHOP, project

INGRESS, EGRESS = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"
DIGEST = "@sha256:" + "0" * 64
PUBLIC_IMAGE = f"public.ecr.aws/nginx/nginx{DIGEST}"
ECR_IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web{DIGEST}"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/session-AbCdEf"
PUBLIC = 'exposure = "public"\npaths = ["/web/*"]\n'
INTERNAL = 'exposure = "internal"\nport = 8081\n'
ENDPOINTS = '[network.endpoints]\ninterface = ["logs", "ecr.api", "ecr.dkr", "secretsmanager"]\n'


@pytest.fixture
def shop(tmp_path):
    return project(tmp_path)


def service(text="", *, name="web", image=PUBLIC_IMAGE):
    return f'[services.{name}]\nimage = "{image}"\ncontainer_port = 8000\n{text}'


def rules(template, kind, owner):
    of_owner = {"security_group_id": Match.ref(f"aws_security_group.{owner}", "id")}
    return {address.partition(".")[2] for address in template.resources(kind, **of_owner)}


def container_of(template, name="web"):
    definition = template.resources("aws_ecs_task_definition")[f"aws_ecs_task_definition.{name}"]
    [container] = json.loads(definition["container_definitions"])
    return container


def test_a_public_service_is_reached_through_the_public_load_balancer_only(shop):
    template = shop.template(SHOP + service(PUBLIC))
    assert rules(template, INGRESS, "web") == {"web_from_public_8000"}
    assert "public_to_web_8000" in rules(template, EGRESS, "public")
    rule = template.resources("aws_lb_listener_rule")["aws_lb_listener_rule.public_web"]
    assert rule["condition"] == [{"path_pattern": {"values": ["/web/*"]}}]


def test_an_internal_service_is_reached_through_the_internal_load_balancer_only(shop):
    caller = SHOP.replace('calls = ["inventory"]', 'calls = ["inventory", "web"]')
    template = shop.template(caller + service(INTERNAL))
    assert rules(template, INGRESS, "web") == {"web_from_internal_8000"}
    assert rules(template, INGRESS, "internal") == {
        "internal_from_storefront_8080",
        "internal_from_storefront_8081",
    }
    variables = template.one("aws_lambda_function", function_name="shop-dev-storefront")["environment"]
    assert variables["variables"]["WEB_URL"] == "http://${aws_lb.internal.dns_name}:8081"


def test_a_service_calls_functions_and_services(shop):
    other = service('calls = ["inventory", "web"]\n', name="other")
    template = shop.template(SHOP + service(INTERNAL) + other)
    assert rules(template, EGRESS, "other") == {
        "other_to_internal_8080",
        "other_to_internal_8081",
        "other_to_internet_443",
    }
    assert container_of(template, "other")["environment"] == [
        {"name": "INVENTORY_URL", "value": "http://${aws_lb.internal.dns_name}:8080"},
        {"name": "WEB_URL", "value": "http://${aws_lb.internal.dns_name}:8081"},
    ]
    assert rules(template, INGRESS, "other") == set()


def test_an_existing_caller_calls_a_service(shop):
    caller = '[callers.old]\nsecurity_group_id = "sg-0fedcba9876543210"\ncalls = ["web"]\n'
    template = shop.template(SHOP + service(INTERNAL) + caller)
    assert "internal_from_old_8081" in rules(template, INGRESS, "internal")


@pytest.mark.parametrize(
    ("image", "network", "through_nat"),
    [
        (PUBLIC_IMAGE, "", True),
        (PUBLIC_IMAGE, ENDPOINTS, True),
        (ECR_IMAGE, "", True),
        (ECR_IMAGE, ENDPOINTS, False),
        (ECR_IMAGE.replace("eu-west-1", "us-east-1"), ENDPOINTS, True),
    ],
)
def test_443_is_opened_to_the_internet_where_the_start_needs_it(shop, image, network, through_nat):
    template = shop.template(SHOP + network + service(f'secrets = {{SESSION = "{SECRET}"}}\n', image=image))
    assert rules(template, EGRESS, "web") == ({"web_to_internet_443"} if through_nat else set())
    assert template.one("aws_ecs_service")["network_configuration"]["security_groups"] == [
        "${aws_security_group.web.id}",
        "${aws_security_group.endpoint_clients.id}",
    ]


def test_every_setting_of_a_service_reaches_its_task(shop):
    text = """cpu = 1024
memory_mb = 2048
architecture = "arm64"
read_only_root_filesystem = true
log_retention_days = 7
health_check_path = "/ready"
exposure = "public"
paths = ["/web/*"]
[services.web.environment]
LOG_LEVEL = "INFO"
[services.web.secrets]
SESSION = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/session"
[services.web.egress.database]
cidr = "10.30.0.0/24"
port = 5432
"""
    template = shop.template(SHOP + service(text))
    definition = template.one("aws_ecs_task_definition")
    assert (definition["cpu"], definition["memory"]) == ("1024", "2048")
    assert definition["runtime_platform"]["cpu_architecture"] == "ARM64"
    container = container_of(template)
    assert container["image"] == PUBLIC_IMAGE
    assert container["portMappings"] == [{"containerPort": 8000, "protocol": "tcp"}]
    assert container["readonlyRootFilesystem"] is True
    assert container["environment"] == [{"name": "LOG_LEVEL", "value": "INFO"}]
    assert [secret["name"] for secret in container["secrets"]] == ["SESSION"]
    log_group = template.resources("aws_cloudwatch_log_group")["aws_cloudwatch_log_group.web"]
    assert log_group["retention_in_days"] == 7
    group = template.resources("aws_lb_target_group")["aws_lb_target_group.public_web"]
    assert (group["port"], group["target_type"], group["health_check"]["path"]) == (8000, "ip", "/ready")
    assert "web_to_database_5432" in rules(template, EGRESS, "web")


def test_tasks_run_as_many_as_are_desired(shop):
    template = shop.template(SHOP + service("desired_count = 5\n"))
    assert template.one("aws_ecs_service")["desired_count"] == 5
    template.assert_count("aws_appautoscaling_target", 0)


def test_autoscaling_reaches_its_bounds_and_goals(shop):
    scaling = "[services.web.autoscaling]\nmin_count = 3\nmax_count = 9\ncpu_percent = 55\n"
    template = shop.template(SHOP + service(PUBLIC + scaling + "requests_per_target = 500\n"))
    target = template.one("aws_appautoscaling_target")
    assert (target["min_capacity"], target["max_capacity"]) == (3, 9)
    policies = template.resources("aws_appautoscaling_policy").values()
    goals = {
        policy["name"]: policy["target_tracking_scaling_policy_configuration"]["target_value"]
        for policy in policies
    }
    assert goals == {"cpu": 55, "requests": 500}
    assert template.one("aws_ecs_service")["desired_count"] == 3


def test_services_share_a_cluster_and_are_exported(shop):
    template = shop.template(SHOP + service() + service(name="other"))
    template.assert_count("aws_ecs_cluster", 1)
    assert template.outputs["service_names"]["value"] == {
        "web": "shop-dev-web",
        "other": "shop-dev-other",
    }


def test_without_services_there_is_no_cluster(shop):
    template = shop.template(SHOP)
    template.assert_count("aws_ecs_cluster", 0)
    assert "service_names" not in template.outputs


def test_what_a_services_policies_say_is_granted_to_its_task_alone(shop):
    table = '{Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::pictures/*"}'
    template = shop.template(SHOP + service(f"{PUBLIC}internet = true\npolicies = [{table}]\n"))
    policies = template.resources("aws_iam_role_policy")
    own = policies["aws_iam_role_policy.web"]
    assert own["role"] == "${aws_iam_role.web.id}"
    assert json.loads(own["policy"])["Statement"] == [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::pictures/*"}
    ]
    assert "s3:GetObject" not in policies["aws_iam_role_policy.web_execution"]["policy"]
    assert "aws_iam_role_policy.web" in template.one("aws_ecs_service")["depends_on"]


def test_a_service_without_policies_is_granted_nothing(shop):
    template = shop.template(SHOP + service(f"{PUBLIC}internet = true\n"))
    assert "aws_iam_role_policy.web" not in template.resources("aws_iam_role_policy")
