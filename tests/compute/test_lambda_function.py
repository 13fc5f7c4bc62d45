import json

import pytest

from constructs_lib import Callee, ConfigError, FunctionOptions, HealthCheck, ImageCode, ZipCode
from constructs_lib.testing import Match, Template
from tests.support.building import endpoints, function, load_balancer, network, new_stack


@pytest.fixture
def stack():
    return new_stack()


@pytest.fixture
def net(stack):
    return network(stack)


def test_a_function_runs_python_on_arm64_in_every_private_subnet(stack, net, tmp_path):
    function(stack, net, tmp_path)
    made = Template.from_stack(stack).one(
        "aws_lambda_function", architectures=["arm64"], runtime="python3.13"
    )
    assert made["vpc_config"] == {
        "subnet_ids": ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
        "security_group_ids": ["${aws_security_group.inventory.id}"],
    }


def test_with_endpoints_it_carries_their_clients_group_too(stack, net, tmp_path):
    function(stack, net, tmp_path, endpoints=endpoints(stack, net))
    assert Template.from_stack(stack).one("aws_lambda_function")["vpc_config"]["security_group_ids"] == [
        "${aws_security_group.inventory.id}",
        "${aws_security_group.endpoint_clients.id}",
    ]


def test_its_group_lets_nothing_in_and_nothing_out(stack, net, tmp_path):
    function(stack, net, tmp_path)
    template = Template.from_stack(stack)
    template.assert_count("aws_vpc_security_group_ingress_rule", 0)
    template.assert_count("aws_vpc_security_group_egress_rule", 0)


def test_the_alias_live_names_the_published_version(stack, net, tmp_path):
    function(stack, net, tmp_path)
    template = Template.from_stack(stack)
    template.one("aws_lambda_function", publish=True)
    template.one(
        "aws_lambda_alias",
        name="live",
        function_version=Match.ref("aws_lambda_function.inventory", "version"),
    )


def test_the_log_group_and_the_permissions_exist_before_the_function(stack, net, tmp_path):
    function(stack, net, tmp_path, options=FunctionOptions(log_retention_days=7))
    template = Template.from_stack(stack)
    template.one("aws_cloudwatch_log_group", name="/aws/lambda/shop-dev-inventory", retention_in_days=7)
    assert template.one("aws_lambda_function")["depends_on"] == [
        "aws_cloudwatch_log_group.inventory",
        "aws_iam_role_policy.inventory",
        "aws_route_table_association.network_private_a",
        "aws_route_table_association.network_private_b",
    ]


def test_the_role_may_write_to_its_own_log_group_only(stack, net, tmp_path):
    function(stack, net, tmp_path)
    policy = json.loads(Template.from_stack(stack).one("aws_iam_role_policy")["policy"])
    assert [s["Resource"] for s in policy["Statement"] if "logs:PutLogEvents" in s["Action"]] == [
        "${aws_cloudwatch_log_group.inventory.arn}:*"
    ]


def test_the_code_itself_may_not_touch_network_interfaces(stack, net, tmp_path):
    function(stack, net, tmp_path)
    policy = json.loads(Template.from_stack(stack).one("aws_iam_role_policy")["policy"])
    [denied] = [s for s in policy["Statement"] if s["Effect"] == "Deny"]
    assert denied["Condition"]["ArnEquals"]["lambda:SourceFunctionArn"].endswith(
        ":function:shop-dev-inventory"
    )


def test_it_is_destroyed_without_the_wait_for_its_network_interfaces(stack, net, tmp_path):
    function(stack, net, tmp_path)
    Template.from_stack(stack).one("aws_lambda_function", replace_security_groups_on_destroy=True)


def test_a_caller_learns_the_address_and_may_reach_the_port(stack, net, tmp_path):
    lb = load_balancer(stack, net)
    function(stack, net, tmp_path, "storefront", calls=[lb.callee("price-list", port=8081)])
    template = Template.from_stack(stack)
    variables = template.one("aws_lambda_function")["environment"]["variables"]
    assert variables == {"PRICE_LIST_URL": "http://${aws_lb.internal.dns_name}:8081"}
    assert [r["from_port"] for r in template.resources("aws_vpc_security_group_egress_rule").values()] == [
        8081
    ]
    assert [r["from_port"] for r in template.resources("aws_vpc_security_group_ingress_rule").values()] == [
        8081
    ]


def test_two_callees_on_one_port_need_one_permission(stack, net, tmp_path):
    lb = load_balancer(stack, net)
    function(stack, net, tmp_path, calls=[Callee("stock", lb, 80), Callee("price", lb, 80)])
    Template.from_stack(stack).assert_count("aws_vpc_security_group_egress_rule", 1)


def test_a_function_without_variables_has_no_environment(stack, net, tmp_path):
    function(stack, net, tmp_path)
    assert "environment" not in Template.from_stack(stack).one("aws_lambda_function")


def test_the_package_lies_in_the_stacks_own_folder(stack, net, tmp_path):
    function(stack, net, tmp_path)
    filename = Template.from_stack(stack).one("aws_lambda_function")["filename"]
    assert filename.startswith("assets/")
    assert filename.endswith("/inventory.zip")


def test_a_folder_that_does_not_exist_is_wrong_input(stack, net, tmp_path):
    with pytest.raises(ConfigError, match=r"inventory\.source"):
        function(stack, net, tmp_path, code=ZipCode(tmp_path / "nowhere"))


def test_a_change_from_zip_to_image_changes_the_functions_name_and_keeps_its_role(stack, net, tmp_path):
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/inventory@sha256:" + "a" * 64
    assert function(stack, net, tmp_path, code=ImageCode(image)).name == "shop-dev-inventory_image"
    Template.from_stack(stack).one("aws_iam_role", name="shop-dev-inventory")


def test_an_image_has_neither_handler_nor_runtime_nor_zip(stack, net, tmp_path):
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/inventory@sha256:" + "a" * 64
    function(stack, net, tmp_path, code=ImageCode(image))
    Template.from_stack(stack).one(
        "aws_lambda_function",
        package_type="Image",
        image_uri=image,
        handler=Match.absent(),
        runtime=Match.absent(),
        filename=Match.absent(),
        source_code_hash=Match.absent(),
    )


def test_every_option_reaches_the_function(stack, net, tmp_path):
    layer = "arn:aws:lambda:eu-west-1:123456789012:layer:tools:3"
    options = FunctionOptions(
        architecture="x86_64",
        memory_mb=1024,
        timeout_s=60,
        ephemeral_storage_mb=2048,
        layers=[layer],
        tracing=True,
        reserved_concurrency=10,
        provisioned_concurrency=2,
        kms_key_arn="arn:aws:kms:eu-west-1:123456789012:key/k",
    )
    function(stack, net, tmp_path, options=options)
    template = Template.from_stack(stack)
    template.one(
        "aws_lambda_function",
        architectures=["x86_64"],
        memory_size=1024,
        timeout=60,
        ephemeral_storage={"size": 2048},
        layers=[layer],
        tracing_config={"mode": "Active"},
        reserved_concurrent_executions=10,
        kms_key_arn="arn:aws:kms:eu-west-1:123456789012:key/k",
    )
    template.one(
        "aws_lambda_provisioned_concurrency_config",
        qualifier=Match.ref("aws_lambda_alias.inventory", "name"),
        provisioned_concurrent_executions=2,
    )
    policy = json.loads(template.one("aws_iam_role_policy")["policy"])
    assert {"Variables", "Traces"} < {statement["Sid"] for statement in policy["Statement"]}


def test_statements_of_the_user_are_a_policy_of_their_own_that_the_function_waits_for(stack, net, tmp_path):
    own = {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/$${aws:PrincipalTag/team}/*",
    }
    function(stack, net, tmp_path, policies=[own])
    template = Template.from_stack(stack)
    policy = template.resources("aws_iam_role_policy")["aws_iam_role_policy.inventory_own"]["policy"]
    assert json.loads(policy)["Statement"] == [own]
    assert "aws_iam_role_policy.inventory_own" in template.one("aws_lambda_function")["depends_on"]


def test_a_health_check_is_made_on_request_only(stack, net, tmp_path):
    internal = load_balancer(stack, net)
    internal.serve(function(stack, net, tmp_path), port=8080)
    internal.serve(
        function(stack, net, tmp_path, "prices", health_check=HealthCheck("/health", interval_s=60)),
        port=8081,
    )
    groups = Template.from_stack(stack).resources("aws_lb_target_group")
    assert {a: g["health_check"]["enabled"] and g["health_check"]["path"] for a, g in groups.items()} == {
        "aws_lb_target_group.internal_inventory": False,
        "aws_lb_target_group.internal_prices": "/health",
    }
