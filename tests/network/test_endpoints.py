import json

from constructs_lib.testing import Match, Template
from tests.support.building import endpoints, network, new_stack


def synth(**settings):
    stack = new_stack()
    endpoints(stack, network(stack), **settings)
    return Template.from_stack(stack)


def test_logs_s3_and_dynamodb_have_endpoints_by_default():
    assert {a: e["service_name"] for a, e in synth().resources("aws_vpc_endpoint").items()} == {
        "aws_vpc_endpoint.endpoints_dynamodb": "com.amazonaws.eu-west-1.dynamodb",
        "aws_vpc_endpoint.endpoints_logs": "com.amazonaws.eu-west-1.logs",
        "aws_vpc_endpoint.endpoints_s3": "com.amazonaws.eu-west-1.s3",
    }


def joined(template, kind, attribute):
    """What each endpoint is joined to by resources of their own, as one text each, sorted."""
    found = template.resources(f"aws_vpc_endpoint_{kind}_association").values()
    return sorted(f"{one['vpc_endpoint_id']} {one[attribute]}" for one in found)


def test_an_interface_endpoint_answers_in_every_private_subnet_under_the_services_own_name():
    template = synth(interface=["ecr.api"])
    template.one(
        "aws_vpc_endpoint",
        vpc_endpoint_type="Interface",
        private_dns_enabled=True,
        subnet_ids=Match.absent(),
        security_group_ids=["${aws_security_group.endpoints.id}"],
    )
    endpoint = "${aws_vpc_endpoint.endpoints_ecr_api.id}"
    assert joined(template, "subnet", "subnet_id") == [
        f"{endpoint} ${{aws_subnet.network_private_{zone}.id}}" for zone in "ab"
    ]


def test_private_dns_is_asked_of_services_that_have_it():
    services = ["dynamodb", "dynamodb-streams", "iot.data", "logs", "sqs"]
    found = synth(interface=services, gateway=[]).resources("aws_vpc_endpoint").values()
    has_it = {
        one["service_name"].removeprefix("com.amazonaws.eu-west-1."): one["private_dns_enabled"]
        for one in found
    }
    assert has_it == {
        "dynamodb": False, "dynamodb-streams": False, "iot.data": False, "logs": True, "sqs": True,
    }  # fmt: skip


def test_no_join_of_a_subnet_is_made_before_the_old_one_of_its_zone_has_gone():
    synth().assert_every("aws_vpc_endpoint_subnet_association", lifecycle=Match.absent())


def test_a_dot_in_a_service_name_becomes_an_underscore_in_its_address():
    assert "aws_vpc_endpoint.endpoints_ecr_api" in synth(interface=["ecr.api"]).addresses


def test_a_full_service_name_is_the_same_endpoint():
    assert synth(interface=["com.amazonaws.eu-west-1.logs"]).to_dict() == synth(interface=["logs"]).to_dict()


def test_a_gateway_endpoint_serves_the_private_route_tables_and_carries_no_group():
    template = synth()
    assert joined(template, "route_table", "route_table_id") == [
        f"${{aws_vpc_endpoint.endpoints_{name}.id}} ${{aws_route_table.network_private_{zone}.id}}"
        for name in ("dynamodb", "s3")
        for zone in "ab"
    ]
    template.assert_count(
        "aws_vpc_endpoint",
        2,
        vpc_endpoint_type="Gateway",
        route_table_ids=Match.absent(),
        security_group_ids=Match.absent(),
        subnet_ids=Match.absent(),
    )


def test_only_the_clients_group_reaches_the_endpoints_and_the_prefix_lists():
    template = synth()
    assert list(template.resources("aws_vpc_security_group_ingress_rule")) == [
        "aws_vpc_security_group_ingress_rule.endpoints_from_endpoint_clients_443"
    ]
    assert list(template.resources("aws_vpc_security_group_egress_rule")) == [
        "aws_vpc_security_group_egress_rule.endpoint_clients_to_dynamodb_443",
        "aws_vpc_security_group_egress_rule.endpoint_clients_to_endpoints_443",
        "aws_vpc_security_group_egress_rule.endpoint_clients_to_s3_443",
    ]
    template.assert_every(
        "aws_vpc_security_group_egress_rule",
        security_group_id=Match.ref("aws_security_group.endpoint_clients", "id"),
    )


def test_s3_may_have_both_kinds_and_the_interface_waits_for_the_gateway():
    template = synth(interface=["s3"], gateway=["s3"])
    assert list(template.resources("aws_vpc_endpoint")) == [
        "aws_vpc_endpoint.endpoints_s3",
        "aws_vpc_endpoint.endpoints_s3_interface",
    ]
    template.one(
        "aws_vpc_endpoint", vpc_endpoint_type="Interface", depends_on=["aws_vpc_endpoint.endpoints_s3"]
    )


def test_without_interface_endpoints_there_is_no_group_for_them():
    assert list(synth(interface=[]).resources("aws_security_group")) == [
        "aws_security_group.endpoint_clients"
    ]


def test_somebodys_own_service_keeps_its_full_name_and_has_no_dns_name_of_aws():
    full = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
    endpoint = synth(interface=[full]).one("aws_vpc_endpoint", service_name=full, private_dns_enabled=False)
    assert endpoint.address == "aws_vpc_endpoint.endpoints_vpce-svc-0123456789abcdef0"


def test_a_full_name_reaches_aws_as_it_is_written():
    full = "cn.com.amazonaws.eu-west-1.future"
    assert synth(interface=[full]).one("aws_vpc_endpoint", service_name=full).address == (
        "aws_vpc_endpoint.endpoints_future"
    )


def test_every_endpoint_that_takes_a_policy_has_one():
    template = synth(interface=["logs", "execute-api"])
    found = {a: "policy" in one for a, one in template.resources("aws_vpc_endpoint").items()}
    assert found.pop("aws_vpc_endpoint.endpoints_execute-api") is False
    assert set(found.values()) == {True}


def test_a_policy_of_ones_own_is_for_one_kind_or_for_both():
    own = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
    template = synth(interface=["s3"], policies={"interface s3": own})
    policies = {a: one["policy"] for a, one in template.resources("aws_vpc_endpoint").items()}
    assert json.loads(policies["aws_vpc_endpoint.endpoints_s3_interface"]) == own
    assert "aws:PrincipalAccount" in policies["aws_vpc_endpoint.endpoints_s3"]
    both = synth(interface=["s3"], policies={"s3": own}).resources("aws_vpc_endpoint")
    texts = {one["policy"] for address, one in both.items() if "_s3" in address}
    assert [json.loads(text) for text in texts] == [own]
