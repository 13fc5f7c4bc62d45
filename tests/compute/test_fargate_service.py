import json

import pytest

from constructs_lib import Autoscaling, Cluster, Container, FargateService, HealthCheck
from constructs_lib.testing import Match, Template
from tests.support.building import endpoints, load_balancer, network, new_stack

ECR_IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web@sha256:" + "a" * 64


@pytest.fixture
def stack():
    return new_stack()


@pytest.fixture
def net(stack):
    return network(stack)


def service(stack, net, **more):
    keys = Container.__dataclass_fields__.keys() & more.keys()
    container = Container(
        **{"image": ECR_IMAGE, "container_port": 8000, **{key: more.pop(key) for key in keys}}
    )
    cluster = Cluster(stack, "ecs_cluster", name="shop-dev")
    return FargateService(
        stack, "web", name="shop-dev-web", network=net, cluster=cluster, container=container, **more
    )


def container(stack):
    [only] = json.loads(Template.from_stack(stack).one("aws_ecs_task_definition")["container_definitions"])
    return only


def test_tasks_run_on_fargate_in_private_subnets_without_public_addresses(stack, net):
    service(stack, net, endpoints=endpoints(stack, net))
    Template.from_stack(stack).one(
        "aws_ecs_service",
        launch_type="FARGATE",
        desired_count=2,
        network_configuration={
            "assign_public_ip": False,
            "subnets": ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
            "security_groups": ["${aws_security_group.web.id}", "${aws_security_group.endpoint_clients.id}"],
        },
        deployment_circuit_breaker={"enable": True, "rollback": True},
    )


def test_the_cluster_has_container_insights(stack, net):
    service(stack, net)
    setting = [{"name": "containerInsights", "value": "enabled"}]
    Template.from_stack(stack).one("aws_ecs_cluster", name="shop-dev", setting=setting)


def test_logs_go_to_a_group_with_retention(stack, net):
    service(stack, net, log_retention_days=7)
    Template.from_stack(stack).one(
        "aws_cloudwatch_log_group", name="/aws/ecs/shop-dev-web", retention_in_days=7
    )
    assert container(stack)["logConfiguration"] == {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": "${aws_cloudwatch_log_group.web.name}",
            "awslogs-region": "eu-west-1",
            "awslogs-stream-prefix": "web",
        },
    }


def test_the_tasks_own_role_grants_nothing(stack, net):
    service(stack, net)
    template = Template.from_stack(stack)
    assert list(template.resources("aws_iam_role_policy")) == ["aws_iam_role_policy.web_execution"]


def test_the_execution_role_may_read_the_image_the_secrets_and_its_log_group_only(stack, net):
    secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"
    service(stack, net, secrets={"DB_PASSWORD": f"{secret}:password::"})
    policy = json.loads(Template.from_stack(stack).one("aws_iam_role_policy")["policy"])
    assert {s["Sid"]: s["Resource"] for s in policy["Statement"]} == {
        "OwnLogGroup": "${aws_cloudwatch_log_group.web.arn}:*",
        "Image": "arn:${data.aws_partition.current.partition}:ecr:eu-west-1:123456789012:repository/shop/web",
        "RegistryToken": "*",
        "Secrets": [secret],
        "KeysOfSecrets": "*",
    }
    assert container(stack)["secrets"] == [{"name": "DB_PASSWORD", "valueFrom": f"{secret}:password::"}]


def test_an_image_of_another_registry_needs_no_permission(stack, net):
    service(stack, net, image="public.ecr.aws/nginx/nginx:1.27")
    policy = json.loads(Template.from_stack(stack).one("aws_iam_role_policy")["policy"])
    assert [s["Sid"] for s in policy["Statement"]] == ["OwnLogGroup"]


def test_behind_a_load_balancer_it_is_reached_by_its_port_from_there_only(stack, net):
    load_balancer(stack, net, exposure="public").serve(service(stack, net), port=443)
    template = Template.from_stack(stack)
    template.one(
        "aws_lb_target_group",
        target_type="ip",
        port=8000,
        protocol="HTTP",
        vpc_id=Match.ref("aws_vpc.network", "id"),
    )
    [ingress] = template.resources("aws_vpc_security_group_ingress_rule")
    [egress] = template.resources("aws_vpc_security_group_egress_rule")
    assert (ingress, egress) == (
        "aws_vpc_security_group_ingress_rule.web_from_public_8000",
        "aws_vpc_security_group_egress_rule.public_to_web_8000",
    )


def test_the_service_waits_for_its_listener_and_its_permissions(stack, net):
    load_balancer(stack, net, exposure="public").serve(service(stack, net), port=443)
    made = Template.from_stack(stack).one("aws_ecs_service")
    assert made["depends_on"] == [
        "aws_iam_role_policy.web_execution",
        "aws_route_table_association.network_private_a",
        "aws_route_table_association.network_private_b",
        "aws_lb_listener.public_443",
    ]
    assert made["load_balancer"] == [
        {
            "container_name": "web",
            "container_port": 8000,
            "target_group_arn": "${aws_lb_target_group.public_web.arn}",
        }
    ]


def test_a_routed_service_waits_for_its_rule(stack, net):
    public = load_balancer(stack, net, exposure="public")
    public.add_shared_listener(80)
    public.route(service(stack, net), paths=["/web/*"], port=80)
    assert (
        "aws_lb_listener_rule.public_web" in Template.from_stack(stack).one("aws_ecs_service")["depends_on"]
    )


def test_its_health_is_checked_on_the_path_that_is_named(stack, net):
    load_balancer(stack, net).serve(service(stack, net, health_check=HealthCheck("/ready")), port=80)
    check = Template.from_stack(stack).one("aws_lb_target_group")["health_check"]
    assert (check["path"], check["interval"] > check["timeout"]) == ("/ready", True)


def test_a_caller_learns_the_address_and_may_reach_the_port(stack, net):
    internal = load_balancer(stack, net)
    service(stack, net, calls=[internal.callee("inventory", port=8080)], environment={"A": "b"})
    assert container(stack)["environment"] == [
        {"name": "A", "value": "b"},
        {"name": "INVENTORY_URL", "value": "http://${aws_lb.internal.dns_name}:8080"},
    ]
    rules = Template.from_stack(stack).resources("aws_vpc_security_group_egress_rule")
    assert list(rules) == ["aws_vpc_security_group_egress_rule.web_to_internal_8080"]


def test_the_root_file_system_is_read_only_where_asked(stack, net):
    service(stack, net, read_only_root_filesystem=True)
    assert container(stack)["readonlyRootFilesystem"] is True


def test_without_autoscaling_terraform_holds_the_count(stack, net):
    service(stack, net)
    template = Template.from_stack(stack)
    template.assert_count("aws_appautoscaling_target", 0)
    assert "lifecycle" not in template.one("aws_ecs_service")


def test_autoscaling_follows_cpu_and_requests_and_terraform_leaves_the_count_alone(stack, net):
    settings = Autoscaling(min_count=2, max_count=6, cpu_percent=50, requests_per_target=1000)
    load_balancer(stack, net, exposure="public").serve(service(stack, net, autoscaling=settings), port=80)
    template = Template.from_stack(stack)
    template.one("aws_appautoscaling_target", min_capacity=2, max_capacity=6)
    goals = {
        address: policy["target_tracking_scaling_policy_configuration"]["target_value"]
        for address, policy in template.resources("aws_appautoscaling_policy").items()
    }
    assert goals == {
        "aws_appautoscaling_policy.web_cpu": 50,
        "aws_appautoscaling_policy.public_web_requests": 1000,
    }
    assert template.one("aws_ecs_service")["lifecycle"] == {"ignore_changes": ["desired_count"]}
