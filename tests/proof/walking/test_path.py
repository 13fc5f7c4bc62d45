"""Who reaches whom in the default architecture, and the first hop that blocks when something is bent."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Answer, Blocked, CannotTell, Carried, Reachability, aws_service, internet
from tests.support.architecture import add, default_document, drop, environment_of, ref, resource
from tests.support.architecture import document_of as document_of_environment

Document = dict[str, Any]


def ask(document: Document, source: Any, target: Any, port: int, **how: Any) -> Answer:
    return Reachability(document).path(source, target, port, **how)


def blocked(document: Document, source: Any, target: Any, port: int) -> tuple[str, str]:
    answer = ask(document, source, target, port)
    assert isinstance(answer, Blocked), answer
    return answer.hop, answer.why


def test_a_call_is_carried_by_named_hops() -> None:
    answer = ask(default_document(), "storefront", "inventory", 8080)
    assert isinstance(answer, Carried)
    assert [(hop.addresses, hop.sentence) for hop in answer.hops] == [
        (
            ("aws_vpc_security_group_egress_rule.storefront_to_internal_8080",),
            "storefront lets out 8080 to aws_lb.internal",
        ),
        (("aws_vpc.network",), "aws_vpc.network routes between its subnets"),
        (
            ("aws_vpc_security_group_ingress_rule.internal_from_storefront_8080",),
            "aws_lb.internal admits 8080 from storefront",
        ),
        (
            ("aws_lb_listener.internal_8080",),
            "aws_lb_listener.internal_8080 (8080) forwards to aws_lb_target_group.internal_inventory",
        ),
        (
            ("aws_lb_target_group.internal_inventory", "aws_lb_target_group_attachment.internal_inventory"),
            "aws_lb_target_group.internal_inventory holds inventory (live)",
        ),
        (
            ("aws_lambda_permission.internal_inventory",),
            "aws_lambda_permission.internal_inventory lets aws_lb_target_group.internal_inventory "
            "invoke inventory (live)",
        ),
    ]


@pytest.mark.parametrize(
    ("source", "target", "port"),
    [
        ("internet", "storefront", 80),
        ("internet", "public", 80),
        (internet("203.0.113.0/24"), "aws_lambda_function.storefront", 80),
        ("storefront", "internal", 8080),
        ("storefront", "internet", 443),
        ("storefront", "198.51.100.7/32", 443),
        ("storefront", "logs", 443),
        ("inventory", "logs", 443),
        ("inventory", "aws_vpc_endpoint.endpoints_logs", 443),
        ("inventory", "s3", 443),
        ("inventory", "dynamodb", 443),
        ("storefront", aws_service("kinesis-streams"), 443),
    ],
)
def test_what_is_declared_is_carried(source: Any, target: Any, port: int) -> None:
    assert isinstance(ask(default_document(), source, target, port), Carried)


@pytest.mark.parametrize(
    ("source", "target", "port", "hop"),
    [
        ("internet", "inventory", 8080, "aws_lb.internal"),
        ("internet", "storefront", 443, "aws_lb.public"),
        ("internet", "aws_vpc_endpoint.endpoints_logs", 443, "aws_vpc_endpoint.endpoints_logs"),
        ("inventory", "storefront", 80, "aws_lambda_function.inventory"),
        ("inventory", "internet", 443, "aws_lambda_function.inventory"),
        ("inventory", "sqs", 443, "aws_lambda_function.inventory"),
        ("storefront", "inventory", 8081, "aws_lambda_function.storefront"),
        ("storefront", "internet", 80, "aws_lambda_function.storefront"),
        ("storefront", "sg-0123456789abcdef0", 5432, "aws_lambda_function.storefront"),
        ("sg-0123456789abcdef0", "inventory", 8080, "aws_lb.internal"),
        ("public", "inventory", 8080, "aws_lb.public"),
        ("aws_vpc_endpoint.endpoints_logs", "inventory", 8080, "aws_vpc_endpoint.endpoints_logs"),
    ],
)
def test_what_nobody_declared_is_blocked(source: Any, target: Any, port: int, hop: str) -> None:
    assert blocked(default_document(), source, target, port)[0] == hop


def test_a_wrong_group_is_named_beside_the_one_that_is_carried() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    rule["referenced_security_group_id"] = ref("aws_security_group.public")
    assert blocked(document, "storefront", "inventory", 8080)[1] == (
        "aws_lb.internal admits 8080 only from aws_security_group.public; "
        "storefront carries aws_security_group.storefront and aws_security_group.endpoint_clients"
    )


def test_a_wrong_port_is_named() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080")
    rule["from_port"] = rule["to_port"] = 8081
    assert blocked(document, "storefront", "inventory", 8080)[1] == (
        "aws_lb.internal admits nothing on 8080; from storefront it admits 8081"
    )


def test_a_missing_listener_is_named_with_the_ports_that_are_there() -> None:
    document = default_document()
    resource(document, "aws_lb_listener.internal_8080")["port"] = 9090
    assert blocked(document, "storefront", "inventory", 8080) == (
        "aws_lb.internal",
        "aws_lb.internal has no listener on 8080 (it listens on 9090)",
    )


def test_a_changed_default_action_is_named() -> None:
    document = default_document()
    listener = resource(document, "aws_lb_listener.internal_8080")
    listener["default_action"] = [{"type": "fixed-response", "fixed_response": {"status_code": "404"}}]
    assert blocked(document, "storefront", "inventory", 8080) == (
        "aws_lb_listener.internal_8080",
        "aws_lb_listener.internal_8080 does not lead to inventory: "
        "it gives every request a fixed response (404)",
    )


def test_a_redirect_does_not_carry() -> None:
    document = default_document()
    listener = resource(document, "aws_lb_listener.internal_8080")
    listener["default_action"] = [{"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS"}}]
    assert "a redirect (HTTPS:443)" in blocked(document, "storefront", "inventory", 8080)[1]


def test_a_login_in_front_of_a_forward_is_no_yes() -> None:
    document = default_document()
    listener = resource(document, "aws_lb_listener.internal_8080")
    listener["default_action"].insert(0, {"type": "authenticate-oidc", "order": 1})
    listener["default_action"][1]["order"] = 2
    answer = ask(document, "storefront", "inventory", 8080)
    assert isinstance(answer, CannotTell)
    assert answer.why == "aws_lb_listener.internal_8080 asks for a login first"


def test_an_internal_load_balancer_made_public_is_not_reached_by_group_rules() -> None:
    document = default_document()
    resource(document, "aws_lb.internal")["internal"] = False
    hop, why = blocked(document, "storefront", "inventory", 8080)
    assert hop == "aws_lambda_function.storefront"
    assert "not to the internet" in why


def test_a_caller_outside_of_the_vpc_reaches_no_internal_load_balancer() -> None:
    document = default_document()
    resource(document, "aws_lambda_function.storefront")["vpc_config"] = {
        "subnet_ids": [],
        "security_group_ids": [],
    }
    assert blocked(document, "storefront", "inventory", 8080)[1] == (
        "storefront is in no VPC, so it reaches no private address"
    )
    assert isinstance(ask(document, "storefront", "internet", 443), Carried)


def test_two_vpcs_are_not_one() -> None:
    document = default_document()
    add(document, "aws_vpc.other", cidr_block="10.1.0.0/16")
    for zone in "ab":
        subnet = add(
            document, f"aws_subnet.other_{zone}", vpc_id=ref("aws_vpc.other"), cidr_block="10.1.0.0/24"
        )
        resource(document, "aws_lb.internal")["subnets"]["ab".index(zone)] = ref(subnet)
    assert (
        "storefront is in aws_vpc.network, aws_lb.internal in aws_vpc.other"
        in blocked(document, "storefront", "inventory", 8080)[1]
    )


def test_an_existing_group_is_admitted_but_its_own_side_is_not_known() -> None:
    caller = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    document = document_of_environment(environment_of(callers=caller))
    answer = ask(document, "sg-0fedcba9876543210", "inventory", 8080)
    assert isinstance(answer, CannotTell)
    assert answer.why == (
        "sg-0fedcba9876543210 exists outside of this document; make sure that it lets out 8080 to "
        "aws_lb.internal "
        "(aws_security_group.internal)"
    )
    drop(document, "aws_vpc_security_group_ingress_rule.internal_from_legacy_8080")
    assert blocked(document, "sg-0fedcba9876543210", "inventory", 8080)[0] == "aws_lb.internal"


def test_an_existing_group_with_its_egress_in_the_document_is_carried() -> None:
    caller = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    document = document_of_environment(environment_of(callers=caller))
    add(
        document,
        "aws_vpc_security_group_egress_rule.legacy",
        security_group_id="sg-0fedcba9876543210",
        ip_protocol="-1",
        cidr_ipv4="0.0.0.0/0",
    )
    assert isinstance(ask(document, "sg-0fedcba9876543210", "inventory", 8080), Carried)


@pytest.mark.parametrize(
    ("address", "attribute"),
    [
        ("aws_vpc_security_group_ingress_rule.internal_from_storefront_8080", "referenced_security_group_id"),
        ("aws_vpc_security_group_egress_rule.storefront_to_internal_8080", "security_group_id"),
        ("aws_vpc_security_group_ingress_rule.internal_from_storefront_8080", "from_port"),
        ("aws_lb_listener.internal_8080", "port"),
        ("aws_lb.internal", "internal"),
        ("aws_lb_target_group_attachment.internal_inventory", "target_id"),
        ("aws_lambda_permission.internal_inventory", "source_arn"),
        ("aws_lambda_permission.internal_inventory", "function_name"),
        ("aws_lambda_permission.internal_inventory", "principal"),
        ("aws_lambda_function.storefront", "vpc_config"),
    ],
)
def test_an_open_value_on_the_way_is_never_a_yes(address: str, attribute: str) -> None:
    document = default_document()
    open_value: Any = "${module.elsewhere.value}"
    if attribute == "vpc_config":
        open_value = {"subnet_ids": open_value, "security_group_ids": open_value}
    resource(document, address)[attribute] = open_value
    assert isinstance(ask(document, "storefront", "inventory", 8080), CannotTell)


def test_a_name_that_nothing_has_is_refused_with_what_is_close() -> None:
    with pytest.raises(
        LookupError, match="nothing in the document is called 'storefrnt'; did you mean storefront"
    ):
        ask(default_document(), "storefrnt", "inventory", 8080)


def test_the_address_tells_apart_what_has_the_same_name() -> None:
    document = default_document()
    add(document, "aws_ecs_service.inventory")
    with pytest.raises(LookupError, match=r"aws_lambda_function\.inventory or aws_ecs_service\.inventory"):
        ask(document, "storefront", "inventory", 8080)
    assert isinstance(ask(document, "storefront", "aws_lambda_function.inventory", 8080), Carried)


def test_a_range_is_let_in_only_as_a_whole_unless_any_is_enough() -> None:
    document = default_document()
    rule = resource(document, "aws_vpc_security_group_ingress_rule.public_from_internet_80")
    rule["cidr_ipv4"] = "203.0.113.0/24"
    assert isinstance(ask(document, internet("203.0.113.0/25"), "storefront", 80), Carried)
    assert blocked(document, "internet", "storefront", 80)[1] == (
        "aws_lb.public admits 80 only from 203.0.113.0/24, not from the internet"
    )
    assert isinstance(ask(document, "internet", "storefront", 80, through="any"), Carried)
    assert isinstance(ask(document, internet("198.51.100.0/24"), "storefront", 80, through="any"), Blocked)


def test_two_halves_of_a_range_are_the_whole() -> None:
    document = default_document()
    rule = drop(document, "aws_vpc_security_group_ingress_rule.public_from_internet_80")
    for number, half in enumerate(("0.0.0.0/1", "128.0.0.0/1")):
        add(document, f"aws_vpc_security_group_ingress_rule.half_{number}", **{**rule, "cidr_ipv4": half})
    assert isinstance(ask(document, "internet", "storefront", 80), Carried)
