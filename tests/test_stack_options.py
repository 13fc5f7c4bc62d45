"""Options of functions, names, certificates and repositories of an environment file in the Terraform JSON."""

import json

import pytest

from tests.support.projects import SHOP, project

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"
LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:tools:3"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/inventory@sha256:{'0' * 64}"
PUBLIC_NAME = 'domain = "shop.example.com"\nzone_id = "Z0123456789ABCDEFGHIJ"\n'
INTERNAL_NAME = """[load_balancers.internal]
domain = "api.shop.example.com"
zone_id = "Z0987654321ZYXWVUTSRQ"
"""

SERVICE = """[services.web]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
cpu = 256
memory_mb = 512
exposure = "public"
paths = ["/web/*"]
"""


@pytest.fixture
def shop(tmp_path):
    return project(tmp_path)


def inventory(text):
    """The shop with these lines in [functions.inventory]."""
    return SHOP.replace("port = 8080\n", f"port = 8080\n{text}\n")


def function_of(template, name="inventory"):
    return template.resources("aws_lambda_function")[f"aws_lambda_function.{name}"]


def test_every_option_of_a_function_reaches_it(shop):
    template = shop.template(
        inventory(
            f"""ephemeral_storage_mb = 1024
layers = ["{LAYER}"]
tracing = true
reserved_concurrency = 50
kms_key_arn = "{KEY}"
architecture = "x86_64"
log_retention_days = 90"""
        )
    )
    function = function_of(template)
    assert function["ephemeral_storage"] == {"size": 1024}
    assert function["layers"] == [LAYER]
    assert function["tracing_config"] == {"mode": "Active"}
    assert function["reserved_concurrent_executions"] == 50
    assert function["kms_key_arn"] == KEY
    assert function["architectures"] == ["x86_64"]
    log_group = template.resources("aws_cloudwatch_log_group")["aws_cloudwatch_log_group.inventory"]
    assert log_group["retention_in_days"] == 90


def test_what_is_not_asked_for_is_not_written(shop):
    options = {"layers", "reserved_concurrent_executions", "kms_key_arn"}
    assert not options & function_of(shop.template(SHOP)).keys()


def test_what_the_provider_keeps_when_it_disappears_is_written_as_switched_off(shop):
    template = shop.template(SHOP)
    function = function_of(template)
    assert function["tracing_config"] == {"mode": "PassThrough"}
    assert function["ephemeral_storage"] == {"size": 512}
    template.assert_every("aws_lb", access_logs={"bucket": "", "enabled": False})
    for group in template.resources("aws_lb_target_group").values():
        check = group["health_check"]
        assert (check["enabled"], check["interval"] > check["timeout"]) == (False, True)


def test_a_reserved_concurrency_of_zero_stops_a_function(shop):
    assert (
        function_of(shop.template(inventory("reserved_concurrency = 0")))["reserved_concurrent_executions"]
        == 0
    )


def test_provisioned_concurrency_is_of_the_alias(shop):
    template = shop.template(inventory("provisioned_concurrency = 2"))
    warm = template.one("aws_lambda_provisioned_concurrency_config")
    assert warm["qualifier"] == "${aws_lambda_alias.inventory.name}"
    assert warm["provisioned_concurrent_executions"] == 2


def test_an_image_is_what_the_function_runs(shop):
    function = function_of(shop.template(SHOP.replace('source = "src/inventory"', f'image = "{IMAGE}"')))
    assert (function["package_type"], function["image_uri"]) == ("Image", IMAGE)
    assert not {"handler", "runtime", "filename", "source_code_hash", "layers"} & function.keys()


def test_policies_of_files_and_tables_are_one_policy(shop):
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::x/${aws:userid}"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    (shop.root / "read.json").write_text(json.dumps(document))
    table = '{Effect = "Allow", Action = "sqs:SendMessage", Resource = "*"}'
    template = shop.template(inventory(f'policies = ["read.json", {table}]'))
    policy = template.resources("aws_iam_role_policy")["aws_iam_role_policy.inventory_own"]["policy"]
    first, second = json.loads(policy)["Statement"]
    assert (first["Action"], first["Resource"]) == ("s3:GetObject", "arn:aws:s3:::x/$${aws:userid}")
    assert second == {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}


def test_a_health_check_is_made_on_request(shop):
    def checks(text):
        groups = shop.template(text).resources("aws_lb_target_group")
        return {
            address: group["health_check"]["enabled"] and group["health_check"]["path"]
            for address, group in groups.items()
        }

    inventory_group, storefront_group = (
        "aws_lb_target_group.internal_inventory",
        "aws_lb_target_group.public_storefront",
    )
    assert checks(SHOP) == {inventory_group: False, storefront_group: False}
    assert checks(inventory('health_check_path = "/health"')) == {
        inventory_group: "/health",
        storefront_group: False,
    }


def test_a_public_name_gets_a_certificate_and_records(shop):
    template = shop.template(SHOP.replace("insecure_http = true\n", PUBLIC_NAME))
    assert template.one("aws_acm_certificate")["domain_name"] == "shop.example.com"
    https = template.resources("aws_lb_listener")["aws_lb_listener.public_443"]
    assert https["certificate_arn"] == "${aws_acm_certificate_validation.certificate_public.certificate_arn}"
    record = template.resources("aws_route53_record")["aws_route53_record.public"]
    assert (record["name"], record["zone_id"]) == ("shop.example.com", "Z0123456789ABCDEFGHIJ")
    assert record["alias"]["name"] == "${aws_lb.public.dns_name}"
    assert template.outputs["public_url"]["value"] == "https://shop.example.com"


def test_a_name_with_a_certificate_of_ones_own_has_none_issued(shop):
    text = SHOP.replace("insecure_http = true\n", f'{PUBLIC_NAME}certificate_arn = "{CERTIFICATE}"\n')
    template = shop.template(text)
    template.assert_count("aws_acm_certificate", 0)
    template.assert_count("aws_route53_record", 1)
    https = template.resources("aws_lb_listener")["aws_lb_listener.public_443"]
    assert https["certificate_arn"] == CERTIFICATE


def test_each_host_has_a_rule_a_certificate_and_a_name_of_its_own(shop):
    hosts = '[functions.prices]\nsource = "src/prices"\nexposure = "public"\n'
    hosts += 'hosts = ["API.example.com", "*.shop.example.com"]\npaths = ["/prices/*"]\n'
    before = SHOP.replace("insecure_http = true\n", PUBLIC_NAME)
    template = shop.template(before + hosts)
    rule = template.resources("aws_lb_listener_rule")["aws_lb_listener_rule.public_prices"]
    assert rule["condition"] == [
        {"host_header": {"values": ["api.example.com", "*.shop.example.com"]}},
        {"path_pattern": {"values": ["/prices/*"]}},
    ]
    certificates = template.resources("aws_lb_listener_certificate")
    assert {address: body["certificate_arn"] for address, body in certificates.items()} == {
        f"aws_lb_listener_certificate.public_443_{label}": (
            f"${{aws_acm_certificate_validation.certificate_{label}.certificate_arn}}"
        )
        for label in ("api_example_com", "wildcard__shop_example_com")
    }
    aliases = {
        body["name"] for body in template.resources("aws_route53_record").values() if body.get("alias")
    }
    assert aliases == {"shop.example.com", "api.example.com", "*.shop.example.com"}
    name = template.resources("aws_route53_record")["aws_route53_record.public_api_example_com"]
    assert {"aws_lb_listener_rule.public_prices", *certificates} <= {*name["depends_on"]}


def test_hosts_with_named_certificates_get_names_in_the_zone_that_can_have_them(shop):
    other = CERTIFICATE.replace("0f5b7a1c", "1f5b7a1c")
    arns = f'{PUBLIC_NAME}certificate_arns = ["{CERTIFICATE}", "{other}"]\n'
    hosts = 'hosts = ["api.example.com", "shop.example.org"]\n'
    text = SHOP.replace("insecure_http = true\n", arns).replace('paths = ["/*"]\n', hosts)
    template = shop.template(text)
    https = template.resources("aws_lb_listener")["aws_lb_listener.public_443"]
    assert https["certificate_arn"] == CERTIFICATE
    template.one("aws_lb_listener_certificate", certificate_arn=other)
    records = template.resources("aws_route53_record").values()
    assert {body["name"] for body in records} == {"shop.example.com", "api.example.com"}


def callers_url(template):
    return function_of(template, "storefront")["environment"]["variables"]["INVENTORY_URL"]


def test_with_an_internal_certificate_callers_use_https_and_the_name(shop):
    template = shop.template(SHOP + INTERNAL_NAME + f'certificate_arn = "{CERTIFICATE}"\n')
    assert callers_url(template) == "https://api.shop.example.com:8080"
    listener = template.resources("aws_lb_listener")["aws_lb_listener.internal_8080"]
    assert (listener["protocol"], listener["certificate_arn"]) == ("HTTPS", CERTIFICATE)
    record = template.one("aws_route53_record")
    assert (record["name"], record["zone_id"]) == ("api.shop.example.com", "Z0987654321ZYXWVUTSRQ")


def test_an_internal_name_without_a_certificate_is_called_over_http(shop):
    template = shop.template(SHOP + INTERNAL_NAME)
    assert callers_url(template) == "http://api.shop.example.com:8080"


def test_with_an_internal_certificate_paths_are_served_on_443(shop):
    secure = SHOP + INTERNAL_NAME + f'certificate_arn = "{CERTIFICATE}"\n'
    template = shop.template(secure.replace("port = 8080", 'paths = ["/inventory/*"]'))
    assert callers_url(template) == "https://api.shop.example.com:443"
    assert "aws_lb_listener.internal_443" in template.addresses


def test_repositories_are_made_and_exported(shop):
    template = shop.template(SHOP + "[repositories.inventory]\nkeep_images = 5\n[repositories.web]\n")
    names = {a: r["name"] for a, r in template.resources("aws_ecr_repository").items()}
    assert names == {
        "aws_ecr_repository.repository_inventory": "shop-dev/inventory",
        "aws_ecr_repository.repository_web": "shop-dev/web",
    }
    policies = template.resources("aws_ecr_lifecycle_policy")
    [rule] = json.loads(policies["aws_ecr_lifecycle_policy.repository_inventory"]["policy"])["rules"]
    assert rule["selection"]["countNumber"] == 5
    assert set(template.outputs["repository_urls"]["value"]) == {"inventory", "web"}


def test_every_role_has_the_boundary_and_the_path_of_the_account(shop):
    limits = "arn:aws:iam::123456789012:policy/limits"
    rules = f'[iam]\npermissions_boundary_arn = "{limits}"\npath = "/teams/shop/"\n'
    text = SHOP.replace("[network]", "[network]\nflow_logs = true") + rules + SERVICE
    roles = shop.template(text).resources("aws_iam_role")
    assert {"aws_iam_role.inventory", "aws_iam_role.web", "aws_iam_role.web_execution"} < roles.keys()
    assert {(one["permissions_boundary"], one["path"]) for one in roles.values()} == {
        (limits, "/teams/shop/")
    }


def test_a_function_finds_the_arn_of_its_secret_and_may_read_it_and_nobody_writes_its_value(shop):
    secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf"
    parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key"
    lines = f'secrets = {{DB = "{secret}", KEY = "{parameter}"}}'
    endpoints = '[network.endpoints]\ninterface = ["logs", "secretsmanager", "ssm"]\n'
    text = inventory(lines).replace("[load_balancers", f"{endpoints}[load_balancers", 1)
    template = shop.template(text)
    variables = function_of(template)["environment"]["variables"]
    assert variables == {"DB_ARN": secret, "KEY_ARN": parameter}
    policy = json.loads(template.resources("aws_iam_role_policy")["aws_iam_role_policy.inventory"]["policy"])
    granted = {one["Sid"]: one["Resource"] for one in policy["Statement"]}
    assert (granted["Secrets"], granted["Parameters"]) == ([secret], [parameter])


def test_the_addresses_of_callees_are_variables_or_one_variable(shop):
    calls = 'calls = ["inventory"]'
    host = "http://${aws_lb.internal.dns_name}"
    web = (
        '[services.web]\nimage = "public.ecr.aws/nginx/nginx:1.27"\ncontainer_port = 80\n'
        'calls = ["inventory"]\ncallee_urls = "json"\n'
    )
    template = shop.template(SHOP.replace(calls, f'{calls}\ncallee_urls = "json"') + web)
    variables = template.to_dict()["resource"]["aws_lambda_function"]["storefront"]["environment"][
        "variables"
    ]
    assert json.loads(variables.pop("CALLEE_URLS")) == {"base": host, "ports": {"inventory": 8080}}
    assert "INVENTORY_URL" not in variables
    definition = template.to_dict()["resource"]["aws_ecs_task_definition"]["web"]["container_definitions"]
    [container] = json.loads(definition)
    found = {one["name"]: one["value"] for one in container["environment"]}
    assert json.loads(found["CALLEE_URLS"]) == {"base": host, "ports": {"inventory": 8080}}
    by_default = shop.template(SHOP).to_dict()["resource"]["aws_lambda_function"]["storefront"]
    assert by_default["environment"]["variables"] == {"INVENTORY_URL": f"{host}:8080"}


def test_every_log_group_has_the_key_and_every_role_is_taken_for_this_account_alone(shop):
    text = (
        SHOP.replace("[network]", "[network]\nflow_logs = true")
        + SERVICE
        + f'[logs]\nkms_key_arn = "{KEY}"\n'
    )
    template = shop.template(text)
    groups = template.resources("aws_cloudwatch_log_group")
    assert {"inventory", "storefront", "web", "network"} == {name.partition(".")[2] for name in groups}
    assert {group["kms_key_id"] for group in groups.values()} == {KEY}
    for role in template.resources("aws_iam_role").values():
        [statement] = json.loads(role["assume_role_policy"])["Statement"]
        account = "${data.aws_caller_identity.current.account_id}"
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": account}}


def test_https_listeners_have_the_policy_and_tell_browsers_to_stay(shop):
    policy = "ELBSecurityPolicy-TLS13-1-3-2021-06"
    lines = f'certificate_arn = "{CERTIFICATE}"\ntls_policy = "{policy}"\nhsts_max_age_s = 60\n'
    listeners = shop.template(SHOP.replace("insecure_http = true\n", lines)).resources("aws_lb_listener")
    header = "routing_http_response_strict_transport_security_header_value"
    found = {name: (one.get("ssl_policy"), one.get(header)) for name, one in listeners.items()}
    assert found["aws_lb_listener.public_443"] == (policy, "max-age=60")
    assert found["aws_lb_listener.public_80"] == (None, None)


def test_the_arns_of_load_balancers_are_outputs(shop):
    outputs = shop.template(SHOP).to_dict()["output"]
    assert outputs["public_load_balancer_arn"]["value"] == "${aws_lb.public.arn}"
    assert outputs["internal_load_balancer_arn"]["value"] == "${aws_lb.internal.arn}"


def test_a_container_writes_nothing_unless_it_may_and_runs_as_who_is_named(shop):
    def container(lines):
        tasks = shop.template(SHOP + SERVICE + lines).resources("aws_ecs_task_definition")
        return json.loads(tasks["aws_ecs_task_definition.web"]["container_definitions"])[0]

    assert (container("")["readonlyRootFilesystem"], "user" in container("")) == (True, False)
    loose = container('read_only_root_filesystem = false\nuser = "1000:1000"\n')
    assert (loose["readonlyRootFilesystem"], loose["user"]) == (False, "1000:1000")
