"""Promises of an environment: all kept by the architecture as it should be, each named when it breaks."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import prove
from tests.support.architecture import (
    Document,
    add,
    default_document,
    document_of,
    drop,
    environment_of,
    ref,
    resource,
)
from tests.support.broken_promises import broken, kinds

INGRESS = "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080"
EGRESS = "aws_vpc_security_group_egress_rule.storefront_to_internal_8080"
LISTENER = "aws_lb_listener.internal_8080"


def test_somebodys_own_service_is_reached_by_the_names_of_its_endpoint() -> None:
    name = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"
    network = {"nat": "single", "nat_zone": "a", "endpoints": {"interface": ["logs", name]}}
    document = default_document()
    own = {**resource(document, "aws_vpc_endpoint.endpoints_logs"), "service_name": name}
    add(document, "aws_vpc_endpoint.endpoints_own", **{**own, "private_dns_enabled": False})
    proof = prove(environment_of(network=network), document)
    assert not proof.broken
    assert "inventory reaches vpce-svc-0123456789abcdef0" in [one.sentence for one in proof.kept]


def test_names_of_china_begin_with_their_own_prefix() -> None:
    document = default_document()
    resource(document, "aws_vpc_endpoint.endpoints_logs")["service_name"] = "cn.com.amazonaws.cn-north-1.sqs"
    network = {"nat": "single", "nat_zone": "a", "endpoints": {"interface": ["sqs"]}}
    assert not broken(document, network=network)


def test_the_default_keeps_every_promise() -> None:
    proof = prove(environment_of(), default_document())
    assert [promise.sentence for promise in proof.kept] == [
        "inventory reaches logs",
        "inventory reaches s3",
        "inventory reaches dynamodb",
        "storefront calls inventory on 8080",
        "requests for /* on 80 go to storefront",
        "the internet reaches storefront on 80",
        "storefront reaches logs",
        "storefront reaches s3",
        "storefront reaches dynamodb",
        "storefront reaches the internet on 443",
        "only storefront reaches inventory",
        "only requests for /* on 8080 go to inventory",
        "inventory does not reach the internet",
        "only load balancers invoke storefront",
        "only requests for /* on 80 go to storefront",
        "inventory is in private subnets",
        "storefront is in private subnets",
        "aws_lb.internal is in private subnets",
        "the internet does not reach inventory",
        "only 0.0.0.0/0 reaches storefront from the internet",
        "only 0.0.0.0/0 reaches aws_lb.public from the internet",
        "the internet reaches nothing else",
        "aws_default_security_group.network opens nothing that is not declared",
        "aws_security_group.endpoint_clients opens nothing that is not declared",
        "aws_security_group.endpoints opens nothing that is not declared",
        "aws_security_group.internal opens nothing that is not declared",
        "aws_security_group.inventory opens nothing that is not declared",
        "aws_security_group.public opens nothing that is not declared",
        "aws_security_group.storefront opens nothing that is not declared",
        "every reference leads to something in the document",
    ]
    assert proof.kept == proof.promises
    assert proof.holds


@pytest.mark.parametrize(
    "changes",
    [
        {"network": {"nat": "per_az", "availability_zones": ["a", "b", "c"]}},
        {"network": {"nat": "single", "nat_zone": "a", "endpoints": {"interface": [], "gateway": []}}},
        {"network": {"nat": "none"}, "functions": {}},
        {
            "load_balancers": {
                "public": {
                    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/x",
                    "allowed_cidrs": ["203.0.113.0/24"],
                }
            }
        },
        {
            "functions": {
                "inventory": {"source": "x", "exposure": "internal", "paths": ["/inventory/*"]},
                "prices": {
                    "source": "x",
                    "exposure": "internal",
                    "paths": ["/prices/*", "/price"],
                    "calls": ["inventory"],
                },
                "worker": {"source": "x", "calls": ["inventory", "prices"]},
            }
        },
        {
            "functions": {
                "web": {"source": "x", "exposure": "public", "hosts": ["*.example.com", "example.com"]},
                "cart": {
                    "source": "x",
                    "exposure": "public",
                    "hosts": ["shop.example.com"],
                    "paths": ["/cart/*"],
                    "priority": 7,
                },
            }
        },
    ],
)
def test_other_environments_keep_every_promise(changes: dict[str, Any]) -> None:
    environment = environment_of(**changes)
    proof = prove(environment, document_of(environment))
    assert proof.kept == proof.promises


CALL = ("call", "storefront -> inventory")


def change(address: str, **attributes: Any) -> Any:
    return lambda document: resource(document, address).update(attributes)


def dropped(address: str) -> Any:
    return lambda document: drop(document, address)


def opened(document: Document) -> None:
    group = ref("aws_security_group.internal")
    add(
        document,
        "aws_vpc_security_group_ingress_rule.world",
        security_group_id=group,
        ip_protocol="-1",
        cidr_ipv4="0.0.0.0/0",
    )


def moved_to_public_subnets(document: Document) -> None:
    resource(document, "aws_lb.internal")["subnets"] = [
        ref(f"aws_subnet.network_public_{zone}") for zone in "ab"
    ]


def made_public_and_open(document: Document) -> None:
    opened(document)
    moved_to_public_subnets(document)
    resource(document, "aws_lb.internal")["internal"] = False


def attached_to_the_public_load_balancer(document: Document) -> None:
    rule = resource(document, "aws_lb_listener_rule.public_storefront")
    group = ref("aws_lb_target_group.internal_inventory", "arn")
    add(
        document,
        "aws_lb_listener_rule.leak",
        **{**rule, "priority": 1, "condition": [{"path_pattern": {"values": ["/i"]}}]},
    )
    resource(document, "aws_lb_listener_rule.leak")["action"] = [
        {"type": "forward", "target_group_arn": group}
    ]


NOT_FOUND = [{"type": "fixed-response", "fixed_response": {"status_code": "404"}}]
ELSEWHERE = {"source_arn": ref("aws_lb_target_group.public_storefront", "arn")}


@pytest.mark.parametrize(
    ("sabotage", "promises"),
    [
        (dropped(INGRESS), {CALL}),
        (dropped(EGRESS), {CALL}),
        (change(INGRESS, from_port=8081, to_port=8081), {CALL, ("opening", "aws_security_group.internal")}),
        (change(EGRESS, from_port=8081, to_port=8081), {CALL, ("opening", "aws_security_group.storefront")}),
        (
            change(INGRESS, referenced_security_group_id=ref("aws_security_group.inventory")),
            {CALL, ("opening", "aws_security_group.internal")},
        ),
        (
            change(INGRESS, referenced_security_group_id=ref("aws_security_group.endpoint_clients")),
            {("opening", "aws_security_group.internal")},
        ),
        (dropped("aws_route.network_private_a"), {("internet", "storefront")}),
        (dropped("aws_route.network_public"), {("internet", "storefront"), ("public", "storefront")}),
        (change(LISTENER, port=9090), {CALL, ("route", "inventory")}),
        (change(LISTENER, default_action=NOT_FOUND), {CALL}),
        (dropped("aws_lambda_permission.internal_inventory"), {CALL}),
        (change("aws_lambda_permission.internal_inventory", **ELSEWHERE), {CALL}),
        (dropped("aws_lb_target_group_attachment.internal_inventory"), {CALL}),
        (change("aws_lb.internal", internal=False), {CALL, ("private", "aws_lb.internal")}),
        (moved_to_public_subnets, {("private", "aws_lb.internal")}),
        (opened, {("opening", "aws_security_group.internal")}),
        (
            made_public_and_open,
            {
                CALL,
                ("private", "aws_lb.internal"),
                ("exposure", "inventory"),
                ("exposure", "the internet"),
                ("opening", "aws_security_group.internal"),
            },
        ),
        (attached_to_the_public_load_balancer, {("exposure", "inventory"), ("route", "inventory")}),
        (change("aws_lb_listener.public_80", default_action=NOT_FOUND), set()),
        (
            change(
                "aws_lb_listener_rule.public_storefront",
                condition=[{"path_pattern": {"values": ["/shop/*"]}}],
            ),
            {("route", "storefront")},
        ),
        (
            change("aws_vpc_security_group_ingress_rule.public_from_internet_80", cidr_ipv4="203.0.113.0/24"),
            {("public", "storefront")},
        ),
        (
            dropped("aws_default_security_group.network"),
            {("opening", "aws_vpc.network.default_security_group_id")},
        ),
        (
            dropped("aws_vpc_endpoint.endpoints_logs"),
            {
                ("endpoint", "inventory"),
                ("endpoint", "storefront"),
                ("opening", "aws_security_group.endpoints"),
                ("opening", "aws_security_group.endpoint_clients"),
            },
        ),
        (
            change("aws_vpc_endpoint.endpoints_logs", private_dns_enabled=False),
            {("endpoint", "inventory"), ("endpoint", "storefront")},
        ),
        (
            change("aws_vpc_endpoint.endpoints_s3", route_table_ids=[]),
            {("endpoint", "inventory"), ("endpoint", "storefront")},
        ),
        (
            change("aws_lambda_function.inventory", vpc_config=None),
            {("endpoint", "inventory"), ("internet", "inventory")},
        ),
        (dropped("aws_eip.network_nat_a"), {("reference", "the document")}),
    ],
)
def test_the_proof_names_the_sabotage(sabotage: Any, promises: set[tuple[str, str]]) -> None:
    document = default_document()
    sabotage(document)
    assert broken(document) == promises


def test_existing_callers_are_a_warning_that_says_what_to_look_at() -> None:
    environment = environment_of(
        callers={"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    )
    document = document_of(environment)
    proof = prove(environment, document)
    assert proof.holds
    assert [(promise.subject, promise.why) for promise in proof.uncertain] == [
        (
            "legacy (sg-0fedcba9876543210) -> inventory",
            "sg-0fedcba9876543210 exists outside of this document; make sure that it lets out 8080 to "
            "aws_lb.internal "
            "(aws_security_group.internal)",
        )
    ]
    drop(document, "aws_vpc_security_group_ingress_rule.internal_from_legacy_8080")
    assert kinds(prove(environment, document), "broken") == {
        ("call", "legacy (sg-0fedcba9876543210) -> inventory")
    }


def test_without_nat_the_route_to_another_network_is_for_others_to_add() -> None:
    egress = {"partner": {"cidr": "10.99.0.0/16", "port": 5432}}
    functions = {"worker": {"source": "x", "egress": egress}}
    closed = environment_of(network={"nat": "none"}, functions=functions)
    document = document_of(closed)
    [unsure] = prove(closed, document).uncertain
    assert unsure.why.endswith("no route to 10.99.0.0/16; make sure that a route is added elsewhere")
    drop(document, "aws_vpc_security_group_egress_rule.worker_to_partner_5432")
    assert kinds(prove(closed, document), "broken") == {("egress", "worker -> partner")}
    through_nat = environment_of(functions=functions)
    document = document_of(through_nat)
    for zone in "ab":
        drop(document, f"aws_route.network_private_{zone}")
    assert ("egress", "worker -> partner") in kinds(prove(through_nat, document), "broken")


def test_declared_egress_is_proven_as_far_as_the_document_goes() -> None:
    egress = {
        "partner": {"cidr": "198.51.100.0/24", "port": 443},
        "database": {"security_group_id": "sg-0123456789abcdef0", "port": 5432},
        "lists": {"prefix_list_id": "pl-0123456789abcdef0", "port": 8443},
    }
    environment = environment_of(functions={"worker": {"source": "x", "egress": egress}})
    document = document_of(environment)
    proof = prove(environment, document)
    assert kinds(proof, "broken") == set()
    assert [p.subject for p in proof.uncertain] == ["worker -> database"]
    drop(document, "aws_vpc_security_group_egress_rule.worker_to_partner_443")
    assert kinds(prove(environment, document), "broken") == {("egress", "worker -> partner")}


def test_a_missing_workload_is_named() -> None:
    document = default_document()
    drop(document, "aws_lambda_function.inventory")
    assert ("call", "inventory") in broken(document)


def test_every_resource_of_the_default_is_missed() -> None:
    """What the proof does not notice would be listed here, each with its reason: nothing."""
    whole = default_document()
    addresses = [f"{kind}.{name}" for kind, named in whole["resource"].items() for name in named]
    unnoticed = []
    for address in addresses:
        document = default_document()
        drop(document, address)
        if prove(environment_of(), document).holds:
            unnoticed.append(address)
    assert unnoticed == []


def test_a_broken_promise_says_where() -> None:
    document = default_document()
    drop(document, INGRESS)
    (promise,) = prove(environment_of(), document).broken
    assert (promise.where, str(promise)) == (
        "aws_lb.internal",
        "broken: storefront calls inventory on 8080: aws_lb.internal admits nothing on 8080",
    )
