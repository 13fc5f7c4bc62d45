"""What constructs take from Python may hold references; what they take from a file is text."""

import json

import pytest

from constructs_lib import (
    AddressRange,
    Certificate,
    Cluster,
    ConfigError,
    Container,
    ExistingEndpoint,
    ExistingVpc,
    FargateService,
    FunctionOptions,
    HealthCheck,
    ImageCode,
    PrefixList,
    Repository,
    SecurityGroup,
    allow,
)
from constructs_lib.bindings import TerraformVariable
from constructs_lib.testing import Template
from tests.support.building import endpoints, function, load_balancer, network, new_stack
from tests.support.projects import SHOP, project

IT = "${var.it}"
DIGEST = "@sha256:" + "a" * 64


@pytest.fixture
def stack():
    return new_stack()


@pytest.fixture
def it(stack):
    """A reference: what cdktf gives for a value that only Terraform knows."""
    return TerraformVariable(stack, "it", type="string").string_value


def value(stack, address, *path):
    """What stands at a path of one resource, or of a data source."""
    found = Template.from_stack(stack).to_dict()
    for step in (
        *(
            ("data", *address.split(".")[1:])
            if address.startswith("data.")
            else ("resource", *address.split("."))
        ),
        *path,
    ):
        found = found[step]
    return found


def service(stack, **container):
    made = Container(**{"image": "public.ecr.aws/shop/web:1", "container_port": 80, **container})
    cluster = Cluster(stack, "ecs_cluster", name="shop-dev")
    net = network(stack)
    FargateService(stack, "web", name="shop-dev-web", network=net, cluster=cluster, container=made)
    [definition] = json.loads(value(stack, "aws_ecs_task_definition.web", "container_definitions"))
    return definition


def granted(stack, address):
    return {
        statement.get("Sid", ""): statement["Resource"]
        for statement in json.loads(value(stack, address, "policy"))["Statement"]
    }


def test_a_function_keeps_the_references_that_it_is_given(stack, it, tmp_path):
    function(
        stack,
        network(stack),
        tmp_path,
        environment={"QUEUE": f"{it}/orders"},
        policies=[{"Sid": "Own", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": f"{it}:x"}],
        options=FunctionOptions(layers=[it], kms_key_arn=it),
    )
    made = value(stack, "aws_lambda_function.inventory")
    assert made["environment"]["variables"]["QUEUE"] == f"{IT}/orders"
    assert (made["layers"], made["kms_key_arn"]) == ([IT], IT)
    assert granted(stack, "aws_iam_role_policy.inventory_own") == {"Own": f"{IT}:x"}
    assert IT in granted(stack, "aws_iam_role_policy.inventory").values()


def test_a_functions_image_may_be_named_by_its_repository(stack, tmp_path):
    repository = Repository(stack, "repository_shop", name="shop-dev/shop")
    function(stack, network(stack), tmp_path, code=ImageCode(repository.url + DIGEST))
    url = "${aws_ecr_repository.repository_shop.repository_url}"
    assert value(stack, "aws_lambda_function.inventory", "image_uri") == url + DIGEST


def test_a_container_keeps_the_references_that_it_is_given(stack, it):
    definition = service(stack, image=f"{it}:1", environment={"QUEUE": it}, secrets={"KEY": f"{it}:key::"})
    assert definition["image"] == f"{IT}:1"
    assert definition["environment"] == [{"name": "QUEUE", "value": IT}]
    assert definition["secrets"] == [{"name": "KEY", "valueFrom": f"{IT}:key::"}]


def test_a_referenced_secret_is_read_by_its_own_arn_whichever_service_holds_it(stack, it):
    service(stack, secrets={"KEY": f"{it}:key::", "WHOLE": f"{it}"})
    grants = granted(stack, "aws_iam_role_policy.web_execution")
    assert (grants["Secrets"], grants["Parameters"]) == ([IT], [IT])


def test_a_service_may_pull_from_the_repository_that_its_image_names(stack):
    repository = Repository(stack, "repository_shop", name="shop-dev/shop")
    service(stack, image=repository.url + DIGEST)
    assert (
        "${aws_ecr_repository.repository_shop.arn}"
        in granted(stack, "aws_iam_role_policy.web_execution").values()
    )


def test_a_load_balancer_keeps_the_references_that_it_is_given(stack, it, tmp_path):
    net = network(stack)
    balancer = load_balancer(stack, net, certificate_arn=it, domain=it, zone_id=it, access_logs_bucket=it)
    balancer.serve(function(stack, net, tmp_path, health_check=HealthCheck(f"/{it}")), port=443)
    assert value(stack, "aws_lb.internal", "access_logs", "bucket") == IT
    assert value(stack, "aws_lb_listener.internal_443", "certificate_arn") == IT
    record = value(stack, "aws_route53_record.internal")
    assert (record["name"], record["zone_id"]) == (IT, IT)
    assert value(stack, "aws_lb_target_group.internal_inventory", "health_check", "path") == f"/{IT}"
    assert balancer.host == it


def test_a_certificate_keeps_the_references_that_it_is_given(stack, it):
    Certificate(stack, "certificate", domain=it, zone_id=it)
    assert value(stack, "aws_acm_certificate.certificate", "domain_name") == IT
    assert value(stack, "aws_route53_record.certificate", "zone_id") == IT


def test_the_ends_of_a_permission_may_be_references(stack, it, tmp_path):
    made = function(stack, network(stack), tmp_path)
    for end in (AddressRange("range", it), PrefixList("list", it), SecurityGroup("group", it)):
        allow(made, end, 443)
    rules = Template.from_stack(stack).resources("aws_vpc_security_group_egress_rule")
    ends = {"cidr_ipv4", "prefix_list_id", "referenced_security_group_id"}
    assert {name for rule in rules.values() for name in ends & rule.keys() if rule[name] == IT} == ends


def test_a_network_keeps_the_references_that_it_is_given(stack, it):
    network(stack, nat="single", nat_zone="a", nat_eip_ids={"a": it})
    assert value(stack, "aws_nat_gateway.network_nat_a", "allocation_id") == IT


def test_an_existing_vpc_may_be_made_of_references(stack, it):
    existing = ExistingVpc(
        vpc_id=it,
        own_tags={"Project": it},
        internet_gateway_id=it,
        public_subnet_ids={"a": it, "b": f"{it}-b"},
        nat_gateway_ids={"a": it, "b": it},
        endpoints={"s3": ExistingEndpoint(gateway_endpoint_id=it), "logs": ExistingEndpoint(it)},
    )
    endpoints(stack, network(stack, existing=existing))
    conditions = {
        address: body["lifecycle"]["postcondition"][0]["condition"]
        for kind, bodies in Template.from_stack(stack).to_dict()["data"].items()
        for name, body in bodies.items()
        for address in [f"{kind}.{name}"]
        if "postcondition" in body.get("lifecycle", {})
    }
    asked = [text for text in conditions.values() if "vpc_id" in text]
    assert asked
    assert all("var.it" in text and '"var.it"' not in text and "$var" not in text for text in asked)
    assert value(stack, "data.aws_vpc.network", "id") == IT
    assert value(stack, "data.aws_subnet.network_public_b", "id") == f"{IT}-b"


@pytest.mark.parametrize(
    "make",
    [
        lambda stack, it: load_balancer(stack, network(stack), name=it),
        lambda stack, it: Cluster(stack, "cluster", name=it),
        lambda stack, it: endpoints(stack, network(stack), interface=[it]),
        lambda stack, it: load_balancer(stack, network(stack)).admit_addresses([it], port=80),
    ],
    ids=["name", "cluster", "service", "range"],
)
def test_what_becomes_a_name_has_to_be_written_out(stack, it, make):
    with pytest.raises(ConfigError, match=r"TfToken.*write|TfToken.*names it"):
        make(stack, it)


def test_texts_of_a_file_stay_texts(tmp_path):
    files = project(tmp_path)
    tricky = "${aws:username} %{if} ${TfToken[TOKEN.1]}"
    stack = files.template(
        SHOP
        + f"""
[tags]
note = "Owner"
[functions.inventory.environment]
TEXT = "{tricky}"
[[functions.inventory.policies]]
Effect = "Allow"
Action = "s3:GetObject"
Resource = "arn:aws:s3:::shop/${{aws:username}}/*"
[services.web]
image = "public.ecr.aws/shop/web:1"
container_port = 80
exposure = "public"
paths = ["/web/*"]
internet = true
[services.web.environment]
TEXT = "{tricky}"
"""
    ).to_dict()["resource"]
    written = "$${aws:username} %%{if} $${%{ if false }%{ endif }TfToken[TOKEN.1]}"
    [function] = [body for name, body in stack["aws_lambda_function"].items() if name == "inventory"]
    assert function["environment"]["variables"]["TEXT"] == written
    [container] = json.loads(stack["aws_ecs_task_definition"]["web"]["container_definitions"])
    assert container["environment"][0]["value"] == written
    policy = json.loads(stack["aws_iam_role_policy"]["inventory_own"]["policy"])
    assert policy["Statement"][0]["Resource"] == "arn:aws:s3:::shop/$${aws:username}/*"
