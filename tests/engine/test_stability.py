"""Identity is a promise: what a change of an environment that is applied adds, changes and replaces."""

from __future__ import annotations

import json

import pytest

from constructs_lib.testing.terraform import TerraformError, offline_terraform
from tests.support.projects import SHOP, project
from tests.support.terraform.stacks import stack_of

PRICES = '[functions.prices]\nsource = "src/prices"\nexposure = "internal"\nport = 8081\n'
WEB = """
[services.web]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
exposure = "public"
paths = ["/web/*"]
calls = ["inventory"]
"""
SINGLE, PER_AZ = 'nat = "single"\nnat_zone = "a"\n', 'nat = "per_az"\n'
ZONES = SHOP.replace("nat =", 'availability_zones = ["a", "b", "c"]\nnat =')
ENDPOINTS = "[network.endpoints]\ninterface = {interface}\ngateway = {gateway}\n"
IMAGE = f'image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:{"a" * 64}"'
SERVICE = '[services.inventory]\nimage = "public.ecr.aws/nginx/nginx:1.27"\ncontainer_port = 80'


class Life:
    """A project whose environment changes, and Terraform over it."""

    def __init__(self, folder, engine, text):
        self.project = project(folder / "shop")
        self.session = offline_terraform(self.write(text), engine=engine)
        self.session.apply()

    def write(self, text):
        return stack_of(self.project.write(text), self.project.root, self.project.root / "cdktf.out")

    def plan(self, text):
        self.session.update(self.write(text))
        return self.session.plan()


@pytest.fixture(scope="module")
def shop(tmp_path_factory, engine):
    """The shop, applied once; its tests only plan."""
    life = Life(tmp_path_factory.mktemp("life"), engine, SHOP)
    with life.session:
        yield life


@pytest.fixture
def applied(tmp_path, engine):
    """Applies an environment of the test's own, to change it."""
    lives = []

    def start(text):
        lives.append(Life(tmp_path, engine, text))
        return lives[-1]

    yield start
    for life in lives:
        life.session.close()


def with_endpoints(interface, gateway):
    lines = ENDPOINTS.format(interface=json.dumps(interface), gateway=json.dumps(gateway))
    return SHOP.replace("[load_balancers", lines + "[load_balancers")


def of(name, *types):
    return {f"{type_}.{name}" for type_ in types}


def functions_own(name, exposure="internal"):
    """The resources that a function brings along, without its listener and the rules of its callers."""
    behind = ("aws_lb_target_group", "aws_lb_target_group_attachment", "aws_lambda_permission")
    own = ("aws_lambda_function", "aws_lambda_alias", "aws_iam_role", "aws_iam_role_policy")
    return of(name, *own, "aws_cloudwatch_log_group", "aws_security_group") | of(
        f"{exposure}_{name}", *behind
    )


def test_the_same_file_changes_nothing(shop):
    assert shop.plan(SHOP).is_empty


def test_another_zone_only_adds_its_subnets_and_lets_the_rest_into_them(shop):
    plan = shop.plan(ZONES)
    assert set(plan.created) == {
        *of("network_private_c", "aws_subnet", "aws_route_table", "aws_route_table_association", "aws_route"),
        *of("network_public_c", "aws_subnet", "aws_route_table_association"),
        "aws_vpc_endpoint_subnet_association.endpoints_logs_c",
        *(f"aws_vpc_endpoint_route_table_association.endpoints_{name}_c" for name in ("s3", "dynamodb")),
    }
    assert set(plan.updated) == {
        *of("inventory", "aws_lambda_function", "aws_lambda_alias"),
        *of("storefront", "aws_lambda_function", "aws_lambda_alias"),
        *("aws_lb.internal", "aws_lb.public"),
    }
    assert (plan.replaced, plan.deleted) == ([], [])


def test_a_zone_before_the_others_in_the_alphabet_moves_none_of_them(applied):
    later = SHOP.replace('nat_zone = "a"', 'nat_zone = "b"\navailability_zones = ["b", "c"]')
    plan = applied(later).plan(later.replace('["b", "c"]', '["a", "b", "c"]'))
    assert "aws_subnet.network_private_a" in plan.created
    assert (plan.replaced, plan.deleted) == ([], [])


def test_another_function_only_adds_what_is_its_own(shop):
    plan = shop.plan(SHOP + PRICES)
    assert set(plan.created) == functions_own("prices") | {"aws_lb_listener.internal_8081"}
    assert set(plan.changes) == set(plan.created)


def test_a_function_that_goes_takes_only_what_is_its_own(applied):
    both = (SHOP + PRICES).replace('["inventory"]', '["inventory", "prices"]')
    plan = applied(both).plan(SHOP)
    rules = {
        "aws_vpc_security_group_egress_rule.storefront_to_internal_8081",
        "aws_vpc_security_group_ingress_rule.internal_from_storefront_8081",
    }
    assert set(plan.deleted) == functions_own("prices") | {"aws_lb_listener.internal_8081"} | rules
    caller = of("storefront", "aws_lambda_function", "aws_lambda_alias")
    assert set(plan.changes) == set(plan.deleted) | caller
    assert set(plan.updated) == caller


def test_another_gateway_endpoint_only_adds(applied):
    plan = applied(with_endpoints(["logs"], ["s3"])).plan(with_endpoints(["logs"], ["s3", "dynamodb"]))
    assert plan.changes == {
        "aws_vpc_endpoint.endpoints_dynamodb": ("create",),
        "aws_vpc_endpoint_route_table_association.endpoints_dynamodb_a": ("create",),
        "aws_vpc_endpoint_route_table_association.endpoints_dynamodb_b": ("create",),
        "aws_vpc_security_group_egress_rule.endpoint_clients_to_dynamodb_443": ("create",),
    }


def test_another_interface_endpoint_only_adds_itself_wherever_it_stands_in_the_list(shop):
    plan = shop.plan(with_endpoints(["sqs", "logs"], ["dynamodb", "s3"]))
    assert plan.changes == {
        "aws_vpc_endpoint.endpoints_sqs": ("create",),
        "aws_vpc_endpoint_subnet_association.endpoints_sqs_a": ("create",),
        "aws_vpc_endpoint_subnet_association.endpoints_sqs_b": ("create",),
    }


@pytest.mark.parametrize("change", ["memory", "code", "timeout"])
def test_what_a_function_is_changes_in_place(shop, change):
    lines = {
        "memory": "port = 8080\nmemory_mb = 1024",
        "code": "port = 8080",
        "timeout": "port = 8080\ntimeout_s = 9",
    }
    before = "def handler(event, context):\n    return {}\n"
    shop.project.function("inventory", before + ("\n\nVERSION = 2\n" if change == "code" else ""))
    plan = shop.plan(SHOP.replace("port = 8080", lines[change]))
    shop.project.function("inventory", before)
    assert plan.changes == {
        "aws_lambda_function.inventory": ("update",),
        "aws_lambda_alias.inventory": ("update",),
    }


def test_one_nat_gateway_in_each_zone_only_adds_and_turns_a_route(shop):
    plan = shop.plan(SHOP.replace(SINGLE, PER_AZ))
    assert set(plan.created) == of("network_nat_b", "aws_eip", "aws_nat_gateway")
    assert plan.updated == ["aws_route.network_private_b"]
    assert (plan.replaced, plan.deleted) == ([], [])


def test_everything_at_once_is_applied_without_a_replacement(applied):
    life = applied(SHOP)
    more = with_endpoints(["logs", "sqs"], ["s3", "dynamodb"]) + PRICES + WEB
    plan = life.plan(more.replace(SINGLE, PER_AZ).replace("port = 8080", "port = 8080\nmemory_mb = 512"))
    assert (plan.replaced, plan.deleted) == ([], [])
    life.session.apply()
    assert life.session.plan().is_empty


def turns(done, replaced, user):
    """Whether the user turned from the old one to the new one while both were there."""
    new, old = done.call(replaced, "create"), done.call(replaced, "delete")
    turn = done.call(user, "update")
    return new.completed < turn.started < turn.completed < old.started


def test_another_container_port_replaces_the_target_group_and_the_rule_turns_before_the_old_one_goes(applied):
    life = applied(SHOP + WEB)
    plan = life.plan((SHOP + WEB).replace("container_port = 80", "container_port = 8000"))
    assert set(plan.replaced) == {"aws_lb_target_group.public_web", "aws_ecs_task_definition.web"}
    assert plan.replace_order("aws_lb_target_group.public_web") == "create-before-destroy"
    assert turns(life.session.apply(), "aws_lb_target_group.public_web", "aws_lb_listener_rule.public_web")
    assert life.session.plan().is_empty


@pytest.mark.parametrize("part", ["description", "name_prefix"])
def test_a_function_turns_from_a_replaced_group_whose_deletion_waits_for_its_old_versions(applied, part):
    life, group = applied(SHOP), "aws_security_group.inventory"
    file = life.write(SHOP) / "cdk.tf.json"
    document = json.loads(file.read_text())
    document["resource"]["aws_security_group"]["inventory"][part] = "another-"
    file.write_text(json.dumps(document))
    life.session.update(file.parent)
    plan = life.session.plan()
    assert (plan.replaced, plan.replace_order(group)) == ([group], "create-before-destroy")
    with pytest.raises(TerraformError) as caught:
        life.session.apply()
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.used_by) == (
        "DependencyViolation",
        ("version 1 of aws_lambda_function.inventory",),
    )
    assert life.session.delete_versions("shop-dev-inventory") == ["1"]
    life.session.apply()
    assert life.session.plan().is_empty


@pytest.mark.parametrize("into", [IMAGE, SERVICE], ids=["image", "service"])
def test_a_function_becomes_an_image_or_a_service_and_the_listener_turns_before_the_old_one_goes(
    applied, into
):
    life, source = applied(SHOP), 'source = "src/inventory"'
    old = source if into == IMAGE else f"[functions.inventory]\n{source}"
    plan = life.plan(SHOP.replace(old, into))
    group = "aws_lb_target_group.internal_inventory"
    assert plan.replace_order(group) == "create-before-destroy"
    assert not [address for address in plan.changes if "storefront" in address]
    assert turns(life.session.apply(), group, "aws_lb_listener.internal_8080")
    assert life.session.plan().is_empty


def test_a_service_becomes_a_function(applied):
    life = applied(SHOP.replace('[functions.inventory]\nsource = "src/inventory"', SERVICE))
    plan = life.plan(SHOP)
    assert plan.replace_order("aws_lb_target_group.internal_inventory") == "create-before-destroy"
    life.session.apply()
    assert life.session.plan().is_empty


def test_another_project_name_is_applied_too(applied):
    life = applied(SHOP + WEB)
    plan = life.plan((SHOP + WEB).replace('"shop"', '"store"'))
    kept = ("aws_vpc", "aws_subnet", "aws_nat_gateway", "aws_eip", "aws_vpc_endpoint", "aws_route_table")
    assert not [address for address in plan.replaced if address.startswith(tuple(f"{k}." for k in kept))]
    life.session.apply()
    assert life.session.plan().is_empty
