import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.testing import Match, Template
from tests.support.building import function, load_balancer, network, new_stack

WEB_ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/5c1b5a4e-1111-2222-3333-444444444444"


@pytest.fixture
def stack():
    return new_stack()


@pytest.fixture
def net(stack):
    return network(stack)


def test_an_internal_load_balancer_lives_in_the_private_tier(stack, net):
    load_balancer(stack, net)
    lb = Template.from_stack(stack).one("aws_lb", internal=True)
    assert lb["subnets"] == ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"]


def test_an_internal_load_balancer_lives_in_its_own_tier_where_there_is_one(stack):
    load_balancer(stack, network(stack, plan={"internal_load_balancer_prefix": 27}))
    lb = Template.from_stack(stack).one("aws_lb")
    assert lb["subnets"] == [
        "${aws_subnet.network_internal_load_balancer_a.id}",
        "${aws_subnet.network_internal_load_balancer_b.id}",
    ]


def test_a_public_load_balancer_lives_in_the_public_tier_and_waits_for_the_way_to_the_internet(stack, net):
    load_balancer(stack, net, exposure="public", name="shop-dev-public")
    lb = Template.from_stack(stack).one("aws_lb", internal=False)
    assert lb["subnets"] == ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"]
    assert lb["depends_on"] == [
        "aws_internet_gateway.network",
        "aws_route.network_public",
        "aws_route_table_association.network_public_a",
        "aws_route_table_association.network_public_b",
    ]


def test_ways_in_wait_for_what_answers_and_say_which_rules_there_are(tmp_path):
    def ways_in(priority):
        made = new_stack()
        network_ = network(made)
        public = load_balancer(made, network_, exposure="public")
        public.add_shared_listener(80)
        public.route(function(made, network_, tmp_path), paths=["/*"], port=80, priority=priority)
        public.admit_addresses(["0.0.0.0/0"], port=80)
        public.admit_when_ready()
        rules = Template.from_stack(made).resources("aws_vpc_security_group_ingress_rule")
        return rules["aws_vpc_security_group_ingress_rule.public_from_internet_80"]

    one, other = ways_in(7), ways_in(8)
    assert one["depends_on"] == ["aws_lb_listener.public_80", "aws_lb_listener_rule.public_80_7"]
    assert one["tags"].keys() == other["tags"].keys() == {"Routes"}
    assert one["tags"] != other["tags"]


def test_a_web_acl_filters_before_anybody_is_admitted(stack, net):
    public = load_balancer(stack, net, exposure="public", web_acl_arn=WEB_ACL)
    public.add_shared_listener(80)
    public.admit_addresses(["0.0.0.0/0"], port=80)
    public.admit_when_ready()
    template = Template.from_stack(stack)
    template.one("aws_wafv2_web_acl_association", resource_arn="${aws_lb.public.arn}", web_acl_arn=WEB_ACL)
    assert template.one("aws_vpc_security_group_ingress_rule")["depends_on"] == [
        "aws_lb_listener.public_80",
        "aws_wafv2_web_acl_association.public",
    ]


def test_a_web_acl_of_cloudfront_or_of_elsewhere_is_refused(stack, net):
    for arn in (WEB_ACL.replace(":regional/", ":global/"), WEB_ACL.replace("eu-west-1", "us-east-1")):
        with pytest.raises(ConfigError) as caught:
            load_balancer(stack, net, web_acl_arn=arn)
        assert [problem.field for problem in caught.value.problems] == ["web_acl_arn"]


def test_invalid_headers_are_dropped(stack, net):
    load_balancer(stack, net)
    Template.from_stack(stack).one("aws_lb", drop_invalid_header_fields=True)


def test_deletion_protection_access_logs_and_patience_are_options(stack, net):
    load_balancer(stack, net, deletion_protection=True, access_logs_bucket="logs", idle_timeout_s=900)
    Template.from_stack(stack).one(
        "aws_lb",
        enable_deletion_protection=True,
        idle_timeout=900,
        access_logs={"bucket": "logs", "enabled": True, "prefix": "shop-dev-internal"},
    )


def test_the_shared_listener_answers_404_to_what_no_route_takes(stack, net):
    load_balancer(stack, net).add_shared_listener(80)
    listener = Template.from_stack(stack).one("aws_lb_listener", port=80, protocol="HTTP")
    [action] = listener["default_action"]
    assert (action["type"], action["fixed_response"]["status_code"]) == ("fixed-response", "404")


def test_with_a_certificate_listeners_speak_https_with_tls_1_3(stack, net):
    load_balancer(stack, net, certificate_arn=CERTIFICATE).add_shared_listener(443)
    Template.from_stack(stack).one(
        "aws_lb_listener",
        port=443,
        protocol="HTTPS",
        certificate_arn=CERTIFICATE,
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
    )


def test_port_80_redirects_for_good(stack, net):
    load_balancer(stack, net, certificate_arn=CERTIFICATE).redirect_to_https()
    listener = Template.from_stack(stack).one("aws_lb_listener", port=80, protocol="HTTP")
    assert listener["default_action"] == [
        {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}}
    ]


def test_a_workload_served_alone_has_a_listener_that_forwards_everything(stack, net, tmp_path):
    callee = load_balancer(stack, net).serve(function(stack, net, tmp_path), port=8080)
    template = Template.from_stack(stack)
    listener = template.one("aws_lb_listener", port=8080)
    assert listener["default_action"] == [
        {"type": "forward", "target_group_arn": "${aws_lb_target_group.internal_inventory.arn}"}
    ]
    assert (callee.variable, callee.port) == ("INVENTORY_URL", 8080)


def test_a_route_takes_its_paths_on_the_shared_listener(stack, net, tmp_path):
    lb = load_balancer(stack, net)
    lb.add_shared_listener(80)
    lb.route(function(stack, net, tmp_path), paths=["/inventory", "/inventory/*"], port=80, priority=7)
    rule = Template.from_stack(stack).one("aws_lb_listener_rule", priority=7)
    assert rule["listener_arn"] == "${aws_lb_listener.internal_80.arn}"
    assert rule["condition"] == [{"path_pattern": {"values": ["/inventory", "/inventory/*"]}}]


def test_a_route_takes_its_hosts_on_the_shared_listener(stack, net, tmp_path):
    lb = load_balancer(stack, net, exposure="public")
    lb.add_shared_listener(80)
    lb.route(function(stack, net, tmp_path), hosts=["API.example.com"], port=80)
    rule = Template.from_stack(stack).one("aws_lb_listener_rule")
    assert rule["condition"] == [{"host_header": {"values": ["api.example.com"]}}]


@pytest.mark.parametrize(
    ("key", "values"),
    [("hosts", ["https://api.example.com"]), ("paths", ["x"]), ("hosts", ["a.com"] * 2), ("paths", [])],
)
def test_a_route_refuses_what_an_environment_file_does(stack, net, tmp_path, key, values):
    lb = load_balancer(stack, net, exposure="public")
    lb.add_shared_listener(80)
    with pytest.raises(ConfigError, match=f"inventory.{key}"):
        lb.route(function(stack, net, tmp_path), port=80, **{key: values})


def test_certificates_beside_the_default_one_are_on_every_https_listener(stack, net, tmp_path):
    arns = [CERTIFICATE, CERTIFICATE.replace("5c1b", "6c1b")]
    lb = load_balancer(stack, net, exposure="public", certificate_arns=arns)
    lb.add_shared_listener(443)
    lb.add_certificate("api", "${aws_acm_certificate.api.arn}")
    lb.serve(function(stack, net, tmp_path), port=8443)
    attached = Template.from_stack(stack).resources("aws_lb_listener_certificate")
    second = "6c1b5a4e-1111-2222-3333-444444444444"
    assert {address.removeprefix("aws_lb_listener_certificate.") for address in attached} == {
        f"public_{port}_{name}" for port in (443, 8443) for name in ("api", second)
    }


@pytest.mark.parametrize(
    "arns",
    [
        {"certificate_arn": CERTIFICATE, "certificate_arns": [CERTIFICATE]},
        {"certificate_arns": [CERTIFICATE, "${aws_acm_certificate.api.arn}"]},
    ],
)
def test_certificates_that_no_listener_could_have_or_no_address_name_are_refused(stack, net, arns):
    with pytest.raises(ConfigError, match="certificate_arns"):
        load_balancer(stack, net, exposure="public", **arns)


def test_a_lambda_target_group_has_no_port_protocol_or_vpc(stack, net, tmp_path):
    load_balancer(stack, net).serve(function(stack, net, tmp_path), port=8080)
    group = Template.from_stack(stack).one(
        "aws_lb_target_group",
        target_type="lambda",
        port=Match.absent(),
        protocol=Match.absent(),
        protocol_version=Match.absent(),
        vpc_id=Match.absent(),
        lifecycle={"create_before_destroy": True},
    )
    assert len(group["name"]) <= 32


def test_the_permission_admits_only_this_target_group_of_this_account_to_the_alias(stack, net, tmp_path):
    load_balancer(stack, net).serve(function(stack, net, tmp_path), port=8080)
    template = Template.from_stack(stack)
    permission = template.one(
        "aws_lambda_permission",
        action="lambda:InvokeFunction",
        principal="elasticloadbalancing.amazonaws.com",
        function_name=Match.ref("aws_lambda_function.inventory", "function_name"),
        qualifier=Match.ref("aws_lambda_alias.inventory", "name"),
        source_arn=Match.ref("aws_lb_target_group.internal_inventory", "arn"),
        source_account=Match.ref("data.aws_caller_identity.current", "account_id"),
    )
    assert template.one("aws_lb_target_group")["name"] in permission["statement_id"]


def test_the_alias_is_attached_after_its_permission(stack, net, tmp_path):
    load_balancer(stack, net).serve(function(stack, net, tmp_path), port=8080)
    Template.from_stack(stack).one(
        "aws_lb_target_group_attachment",
        target_id=Match.ref("aws_lambda_alias.inventory", "arn"),
        depends_on=["aws_lambda_permission.internal_inventory"],
        lifecycle={"create_before_destroy": True},
    )


def test_addresses_are_admitted_only_where_they_are_named(stack, net):
    load_balancer(stack, net, exposure="public").admit_addresses(["0.0.0.0/0", "192.0.2.0/24"], port=443)
    rules = Template.from_stack(stack).resources("aws_vpc_security_group_ingress_rule")
    assert {a: r["cidr_ipv4"] for a, r in rules.items()} == {
        "aws_vpc_security_group_ingress_rule.public_from_internet_443": "0.0.0.0/0",
        "aws_vpc_security_group_ingress_rule.public_from_192-0-2-0-24_443": "192.0.2.0/24",
    }


def test_a_workload_may_stand_behind_both_load_balancers(stack, net, tmp_path):
    target = function(stack, net, tmp_path)
    load_balancer(stack, net).serve(target, port=8080)
    load_balancer(stack, net, exposure="public", name="shop-dev-public").serve(target, port=80)
    Template.from_stack(stack).assert_count("aws_lb_target_group_attachment", 2)
