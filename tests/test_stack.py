import pytest

from constructs_lib.bindings.flavour import flavour
from constructs_lib.testing import Match
from tests.support.projects import SHOP, project

INGRESS, EGRESS = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"


@pytest.fixture
def shop(tmp_path):
    return project(tmp_path)


def rules(template, kind):
    return {address.partition(".")[2] for address in template.resources(kind)}


def test_the_default_environment_opens_exactly_what_it_declares(shop):
    template = shop.template(SHOP)
    assert rules(template, INGRESS) == {
        "endpoints_from_endpoint_clients_443",
        "internal_from_storefront_8080",
        "public_from_internet_80",
    }
    assert rules(template, EGRESS) == {
        "endpoint_clients_to_dynamodb_443",
        "endpoint_clients_to_endpoints_443",
        "endpoint_clients_to_s3_443",
        "storefront_to_internal_8080",
        "storefront_to_internet_443",
    }


def test_tags_state_and_versions_are_set(shop):
    template = shop.template(SHOP + '[tags]\nowner = "platform"\n')
    document = template.to_dict()
    [provider] = document["provider"]["aws"]
    assert provider["default_tags"] == [
        {"tags": {"owner": "platform", "Project": "shop", "Environment": "dev", "ManagedBy": "terraform"}}
    ]
    aws = document["terraform"]["required_providers"]["aws"]
    assert (aws["source"].removeprefix("hashicorp/"), aws["version"]) == ("aws", flavour().provider_version())
    assert document["terraform"]["required_version"] == ">= 1.11"
    assert template.backend == {"local": {"path": "../../../terraform.dev.tfstate"}}


def test_state_in_s3_is_encrypted_and_locked(shop):
    template = shop.template(SHOP + '[state]\nbackend = "s3"\nbucket = "acme-state"\n')
    assert template.backend == {
        "s3": {
            "bucket": "acme-state",
            "key": "shop/dev.tfstate",
            "region": "eu-west-1",
            "encrypt": True,
            "use_lockfile": True,
        }
    }


def test_the_account_and_the_role_that_are_named_are_the_only_ones(shop):
    text = 'account_id = "123456789012"\nassume_role_arn = "arn:aws:iam::123456789012:role/deploy"\n' + SHOP
    [provider] = shop.template(text).to_dict()["provider"]["aws"]
    assert provider["allowed_account_ids"] == ["123456789012"]
    assert provider["assume_role"] == [{"role_arn": "arn:aws:iam::123456789012:role/deploy"}]


def test_a_load_balancer_that_no_workload_needs_is_not_made(shop):
    private = SHOP.replace('exposure = "public"\npaths = ["/*"]\n', "").replace("insecure_http = true", "")
    assert list(shop.template(private).resources("aws_lb")) == ["aws_lb.internal"]


def test_with_a_certificate_443_serves_and_80_redirects(shop):
    text = SHOP.replace("insecure_http = true", f'certificate_arn = "{CERTIFICATE}"')
    template = shop.template(text)
    public = {a: r["protocol"] for a, r in template.resources("aws_lb_listener").items() if "public" in a}
    assert public == {"aws_lb_listener.public_443": "HTTPS", "aws_lb_listener.public_80": "HTTP"}
    assert {"public_from_internet_443", "public_from_internet_80"} <= rules(template, INGRESS)
    assert template.outputs["public_url"]["value"] == "https://${aws_lb.public.dns_name}"


def test_the_load_balancer_waits_as_long_as_its_slowest_workload(shop):
    template = shop.template(SHOP.replace("port = 8080", "port = 8080\ntimeout_s = 120"))
    idle = {address: lb["idle_timeout"] for address, lb in template.resources("aws_lb").items()}
    assert idle == {"aws_lb.internal": 120, "aws_lb.public": 60}


def test_an_existing_caller_is_admitted_by_its_group_to_the_callees_port_only(shop):
    caller = '[callers.legacy-ecs]\nsecurity_group_id = "sg-0fedcba9876543210"\ncalls = ["inventory"]\n'
    template = shop.template(SHOP + caller)
    rule = template.one(INGRESS, referenced_security_group_id="sg-0fedcba9876543210")
    assert rule.address == f"{INGRESS}.internal_from_legacy-ecs_8080"
    assert (rule["from_port"], rule["to_port"]) == (8080, 8080)


def test_each_kind_of_egress_opens_one_port_to_one_target(shop):
    egress = """
[functions.storefront.egress.database]
security_group_id = "sg-0123456789abcdef0"
port = 5432
[functions.storefront.egress.partner]
cidr = "203.0.113.0/24"
port = 8443
[functions.storefront.egress.cloudfront]
prefix_list_id = "pl-0123456789abcdef0"
port = 443
"""
    template = shop.template(SHOP + egress)
    own = template.resources(EGRESS, security_group_id=Match.ref("aws_security_group.storefront", "id"))
    assert {address.partition(".")[2] for address in own} == {
        "storefront_to_cloudfront_443",
        "storefront_to_database_5432",
        "storefront_to_internal_8080",
        "storefront_to_internet_443",
        "storefront_to_partner_8443",
    }


def test_workloads_with_paths_share_the_default_listener(shop):
    shared = SHOP.replace("port = 8080", 'paths = ["/inventory/*"]')
    template = shop.template(shared)
    template.one("aws_lb_listener", load_balancer_arn=Match.ref("aws_lb.internal", "arn"), port=80)
    variables = template.one("aws_lambda_function", function_name="shop-dev-storefront")["environment"][
        "variables"
    ]
    assert variables == {"INVENTORY_URL": "http://${aws_lb.internal.dns_name}:80"}


def test_two_functions_may_call_each_other(shop):
    prices = '[functions.prices]\nsource = "src/prices"\nexposure = "internal"\nport = 8081\n'
    inventory = SHOP.replace("port = 8080", 'port = 8080\ncalls = ["prices"]')
    template = shop.template(inventory + prices + 'calls = ["inventory"]\n')
    assert {"inventory_to_internal_8081", "prices_to_internal_8080"} <= rules(template, EGRESS)


def test_adding_a_zone_a_function_and_an_endpoint_changes_no_address(shop):
    before = shop.template(SHOP)
    after = shop.template(
        SHOP.replace("[network]", '[network]\navailability_zones = ["a", "b", "d"]')
        + '[network.endpoints]\ninterface = ["logs", "sqs"]\n'
        + '[functions.prices]\nsource = "src/prices"\nexposure = "internal"\nport = 8081\n'
    )
    assert set(before.addresses) < set(after.addresses)
    identifying = (
        "cidr_block",
        "name",
        "name_prefix",
        "function_name",
        "statement_id",
        "priority",
        "service_name",
    )
    for kind in {address.partition(".")[0] for address in before.addresses}:
        for address, resource in before.resources(kind).items():
            now = after.resources(kind)[address]
            assert {k: resource.get(k) for k in identifying} == {k: now.get(k) for k in identifying}


def test_settings_of_the_load_balancers_reach_them(shop):
    text = SHOP.replace(
        "[load_balancers.public]",
        "[load_balancers.internal]\ndeletion_protection = true\nidle_timeout_s = 90\n[load_balancers.public]",
    )
    template = shop.template(text.replace('paths = ["/*"]', 'paths = ["/*"]\npriority = 7'))
    found = {
        a: (b["enable_deletion_protection"], b["idle_timeout"])
        for a, b in template.resources("aws_lb").items()
    }
    assert found == {"aws_lb.internal": (True, 90), "aws_lb.public": (False, 60)}
    assert template.one("aws_lb_listener_rule")["priority"] == 7


def test_long_similar_names_never_collide(shop):
    names = [f"order-history-projection-worker-{number:02d}" for number in range(40)]
    functions = "".join(
        f'[functions.{name}]\nsource = "src/inventory"\nexposure = "internal"\nport = {9000 + number}\n'
        for number, name in enumerate(names)
    )
    template = shop.template('project = "a-project-of-length"\nregion = "eu-west-1"\n' + functions)
    for kind in ("aws_lb_target_group", "aws_iam_role"):
        physical = [resource["name"] for resource in template.resources(kind).values()]
        assert len(set(physical)) == 40


@pytest.mark.parametrize(
    "name", ["aws", "backend", "cloud", "partition", "record", "listener", "aws-provider"]
)
def test_a_workload_may_have_the_name_of_anything_inside(shop, name):
    template = shop.template(
        f"""region = "eu-west-1"
[load_balancers.internal]
domain = "in.example.com"
zone_id = "Z0123456789ABCDEFGHIJ"
[functions.{name}]
source = "src/inventory"
exposure = "internal"
port = 8080
"""
    )
    assert f"aws_lb_target_group.internal_{name}" in template.addresses


def test_no_address_has_a_hash(shop):
    assert shop.template(SHOP).addresses == GOLDEN


GOLDEN = [
    "aws_cloudwatch_log_group.inventory",
    "aws_cloudwatch_log_group.storefront",
    "aws_default_security_group.network",
    "aws_eip.network_nat_a",
    "aws_iam_role.inventory",
    "aws_iam_role.storefront",
    "aws_iam_role_policy.inventory",
    "aws_iam_role_policy.storefront",
    "aws_internet_gateway.network",
    "aws_lambda_alias.inventory",
    "aws_lambda_alias.storefront",
    "aws_lambda_function.inventory",
    "aws_lambda_function.storefront",
    "aws_lambda_permission.internal_inventory",
    "aws_lambda_permission.public_storefront",
    "aws_lb.internal",
    "aws_lb.public",
    "aws_lb_listener.internal_8080",
    "aws_lb_listener.public_80",
    "aws_lb_listener_rule.public_storefront",
    "aws_lb_target_group.internal_inventory",
    "aws_lb_target_group.public_storefront",
    "aws_lb_target_group_attachment.internal_inventory",
    "aws_lb_target_group_attachment.public_storefront",
    "aws_nat_gateway.network_nat_a",
    "aws_route.network_private_a",
    "aws_route.network_private_b",
    "aws_route.network_public",
    "aws_route_table.network_private_a",
    "aws_route_table.network_private_b",
    "aws_route_table.network_public",
    "aws_route_table_association.network_private_a",
    "aws_route_table_association.network_private_b",
    "aws_route_table_association.network_public_a",
    "aws_route_table_association.network_public_b",
    "aws_security_group.endpoint_clients",
    "aws_security_group.endpoints",
    "aws_security_group.internal",
    "aws_security_group.inventory",
    "aws_security_group.public",
    "aws_security_group.storefront",
    "aws_subnet.network_private_a",
    "aws_subnet.network_private_b",
    "aws_subnet.network_public_a",
    "aws_subnet.network_public_b",
    "aws_vpc.network",
    "aws_vpc_endpoint.endpoints_dynamodb",
    "aws_vpc_endpoint.endpoints_logs",
    "aws_vpc_endpoint.endpoints_s3",
    "aws_vpc_endpoint_route_table_association.endpoints_dynamodb_a",
    "aws_vpc_endpoint_route_table_association.endpoints_dynamodb_b",
    "aws_vpc_endpoint_route_table_association.endpoints_s3_a",
    "aws_vpc_endpoint_route_table_association.endpoints_s3_b",
    "aws_vpc_endpoint_subnet_association.endpoints_logs_a",
    "aws_vpc_endpoint_subnet_association.endpoints_logs_b",
    "aws_vpc_security_group_egress_rule.endpoint_clients_to_dynamodb_443",
    "aws_vpc_security_group_egress_rule.endpoint_clients_to_endpoints_443",
    "aws_vpc_security_group_egress_rule.endpoint_clients_to_s3_443",
    "aws_vpc_security_group_egress_rule.storefront_to_internal_8080",
    "aws_vpc_security_group_egress_rule.storefront_to_internet_443",
    "aws_vpc_security_group_ingress_rule.endpoints_from_endpoint_clients_443",
    "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080",
    "aws_vpc_security_group_ingress_rule.public_from_internet_80",
    "data.aws_caller_identity.current",
    "data.aws_partition.current",
]
