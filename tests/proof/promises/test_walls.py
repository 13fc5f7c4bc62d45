"""Promises that nothing else gets through: every way around them is named."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.proof import Reachability, prove
from tests.support.architecture import (
    Document,
    add,
    default_document,
    document_of,
    environment_of,
    ref,
    resource,
)
from tests.support.broken_promises import CLOSED, broken
from tests.support.iam.grants import granted, statement, with_roles

HTTPS = {"public": {"certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/x"}}


def secure_document() -> Document:
    return document_of(environment_of(load_balancers=HTTPS))


def test_an_undeclared_caller_breaks_the_wall() -> None:
    functions = environment_of().model_dump(exclude_defaults=True)["functions"]
    declared = {**functions, "worker": {"source": "x"}}
    document = document_of(
        environment_of(functions={**functions, "worker": {"source": "x", "calls": ["inventory"]}})
    )
    proof = prove(environment_of(functions=declared), document)
    assert {(p.kind, p.subject, p.why) for p in proof.broken} == {
        ("closed", "inventory", "worker reaches it on 8080, too"),
        (
            "opening",
            "aws_security_group.worker",
            "aws_vpc_security_group_egress_rule.worker_to_internal_8080 lets 8080 out to "
            "aws_security_group.internal, "
            "which nothing declared needs",
        ),
        (
            "opening",
            "aws_security_group.internal",
            "aws_vpc_security_group_ingress_rule.internal_from_worker_8080 lets 8080 in from "
            "aws_security_group.worker, "
            "which nothing declared needs",
        ),
    }


def test_internet_that_is_not_declared_is_named() -> None:
    functions = environment_of().model_dump(exclude_defaults=True)["functions"]
    functions["storefront"] = {**functions["storefront"], "internet": False}
    assert broken(default_document(), functions=functions) == {
        ("internet", "storefront"),
        ("opening", "aws_security_group.storefront"),
    }


def test_a_permission_for_somebody_else_breaks_the_wall() -> None:
    document = default_document()
    body = {"function_name": ref("aws_lambda_function.inventory", "arn"), "action": "lambda:InvokeFunction"}
    add(document, "aws_lambda_permission.extra", principal="events.amazonaws.com", **body)
    assert broken(document) == {CLOSED}


def test_a_function_url_is_no_way_to_a_public_workload_even_on_its_port() -> None:
    document = secure_document()
    name = ref("aws_lambda_function.storefront", "function_name")
    add(document, "aws_lambda_function_url.storefront", function_name=name, authorization_type="NONE")
    assert broken(document, load_balancers=HTTPS) == {("exposure", "storefront")}


@pytest.mark.parametrize("change", [{"source_arn": None}, {"principal": "events.amazonaws.com"}])
def test_only_load_balancers_invoke_a_public_function(change: dict[str, Any]) -> None:
    document = default_document()
    body = resource(document, "aws_lambda_permission.public_storefront")
    add(document, "aws_lambda_permission.extra", **{**body, **change})
    assert broken(document) == {("closed", "storefront")}


def also_on(document: Document, path: str) -> None:
    rule = resource(document, "aws_lb_listener_rule.public_storefront")
    rule["condition"][0]["path_pattern"]["values"] = ["/shop/*", path]


@pytest.mark.parametrize(
    ("path", "verdict"), [("/admin/*", "broken"), ("/shop/a", "kept"), ("${var.x}", "cannot tell")]
)
def test_paths_that_are_not_declared_do_not_lead_to_a_workload(path: str, verdict: str) -> None:
    functions = environment_of().model_dump(exclude_defaults=True)["functions"]
    functions["storefront"]["paths"] = ["/shop/*"]
    document = document_of(environment_of(functions=functions))
    also_on(document, path)
    proof = prove(environment_of(functions=functions), document)
    found = {p.sentence: p.verdict for p in proof.promises if p.kind == "route"}
    assert found["only requests for /shop/* on 80 go to storefront"] == verdict


def test_a_default_action_is_a_path_that_is_not_declared_unless_rules_take_everything() -> None:
    document = default_document()
    forward = {"type": "forward", "target_group_arn": ref("aws_lb_target_group.public_storefront", "arn")}
    resource(document, "aws_lb_listener.public_80")["default_action"] = [forward]
    assert broken(document) == set()
    functions = environment_of().model_dump(exclude_defaults=True)["functions"]
    functions["storefront"]["paths"] = ["/shop/*"]
    document = document_of(environment_of(functions=functions))
    resource(document, "aws_lb_listener.public_80")["default_action"] = [forward]
    assert broken(document, functions=functions) == {("route", "storefront")}


def test_an_opening_is_wanted_only_where_all_that_carry_its_groups_want_it() -> None:
    document = default_document()
    inventory = resource(document, "aws_lambda_function.inventory")["vpc_config"]
    inventory["security_group_ids"].append(ref("aws_security_group.storefront"))
    why = {p.subject: p.why for p in prove(environment_of(), document).broken if p.kind == "opening"}
    assert why["aws_security_group.internal"] == (
        "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080 lets 8080 in from "
        "aws_security_group.storefront, which aws_lambda_function.inventory carries, too, without need"
    )
    assert set(why) == {"aws_security_group.internal", "aws_security_group.storefront"}


def test_a_part_of_the_internet_through_an_internet_gateway_makes_a_subnet_public() -> None:
    document = default_document()
    gateway = ref("aws_internet_gateway.network")
    table = ref("aws_route_table.network_private_a")
    add(
        document,
        "aws_route.half",
        route_table_id=table,
        destination_cidr_block="128.0.0.0/1",
        gateway_id=gateway,
    )
    assert broken(document) == {("private", name) for name in ("inventory", "storefront", "aws_lb.internal")}


def test_halves_of_the_internet_are_no_sure_way_to_it_and_no_sure_wall() -> None:
    document = default_document()
    resource(document, "aws_route.network_public")["destination_cidr_block"] = "0.0.0.0/1"
    assert [str(one.answer) for one in Reachability(document).exposures()] == [
        "aws_route_table.network_public has routes for parts of the internet only: aws_route.network_public"
    ] * 2


def test_https_redirects_those_who_ask_for_http() -> None:
    document = secure_document()
    assert broken(document, load_balancers=HTTPS) == set()
    del document["resource"]["aws_vpc_security_group_ingress_rule"]["public_from_internet_80"]
    assert broken(document, load_balancers=HTTPS) == {("public", "storefront")}


def test_plain_http_on_443_redirects_nobody() -> None:
    plain = {"public": {"insecure_http": True}}
    functions = environment_of().model_dump(exclude_unset=True)["functions"]
    functions["storefront"] = {**functions["storefront"], "port": 443}
    del functions["storefront"]["paths"]
    environment = environment_of(load_balancers=plain, functions=functions)
    sentences = [one.sentence for one in prove(environment, default_document()).promises]
    assert [sentence for sentence in sentences if "redirects" in sentence] == []


def test_a_domain_leads_to_its_load_balancer() -> None:
    settings = {
        "public": {**HTTPS["public"], "domain": "shop.example.com", "zone_id": "Z0123456789ABCDEFGHIJ"}
    }
    document = secure_document()
    assert broken(document, load_balancers=settings) == {("name", "shop.example.com")}
    alias = {"name": ref("aws_lb.internal", "dns_name"), "zone_id": "Z", "evaluate_target_health": True}
    add(document, "aws_route53_record.shop", name="shop.example.com", type="A", alias=alias)
    (promise,) = prove(environment_of(load_balancers=settings), document).broken
    assert promise.why == "aws_route53_record.shop leads shop.example.com to aws_lb.internal.dns_name"
    alias["name"] = ref("aws_lb.public", "dns_name")
    assert broken(document, load_balancers=settings) == set()


@pytest.mark.parametrize("address", ["aws_lb.internal", "aws_lb.public", "aws_vpc_endpoint.endpoints_logs"])
def test_a_group_of_another_vpc_is_what_aws_refuses(address: str) -> None:
    document = default_document()
    group = "endpoints" if "endpoint" in address else address.split(".")[1]
    resource(document, f"aws_security_group.{group}")["vpc_id"] = "vpc-0123456789abcdef0"
    why = f"{address} is in aws_vpc.network, and aws_security_group.{group} is in vpc-0123456789abcdef0"
    assert why in {promise.why for promise in prove(environment_of(), document).broken}


def test_a_nat_gateway_without_an_address_leads_nowhere() -> None:
    document = default_document()
    del resource(document, "aws_nat_gateway.network_nat_a")["allocation_id"]
    assert broken(document) == {("internet", "storefront")}


def test_an_endpoint_of_another_region_does_not_serve() -> None:
    document = default_document()
    document["provider"] = {"aws": [{"region": "us-east-1"}]}
    assert broken(document) == set()
    resource(document, "aws_vpc_endpoint.endpoints_s3")["service_name"] = "com.amazonaws.eu-west-1.s3"
    found = broken(document)
    assert {("endpoint", "inventory"), ("endpoint", "storefront")} < found


@pytest.mark.parametrize(
    ("account", "kept"),
    [("123456789012", True), ("999999999999", False), ("${data.aws_caller_identity.x.account_id}", True)],
)
def test_a_permission_for_another_account_permits_nothing(account: str, kept: bool) -> None:
    document = default_document()
    document["provider"] = {"aws": [{"region": "us-east-1", "allowed_account_ids": ["123456789012"]}]}
    resource(document, "aws_lambda_permission.internal_inventory")["source_account"] = account
    found = {kind for kind, _ in broken(document)} - {"reference"}
    assert found == (set() if kept else {"call"})


def test_what_iam_allows_breaks_the_wall_of_everybody_whom_it_lets_in() -> None:
    invoke = statement("lambda:InvokeFunction")
    assert broken(granted(invoke)) == {CLOSED, ("closed", "storefront")}
    assert broken(granted(invoke, to="storefront")) == set(), "a caller may invoke what it calls"
    for wide in (statement("*"), statement("lambda:AddPermission"), statement("iam:PutRolePolicy")):
        assert CLOSED in broken(granted(wide, to="storefront")), wide


def test_what_policies_leave_open_leaves_the_wall_in_doubt() -> None:
    document = with_roles()
    arn = "arn:aws:iam::123456789012:policy/elsewhere"
    body = {"role": ref("aws_iam_role.batch"), "policy_arn": arn}
    add(document, "aws_iam_role_policy_attachment.batch", **body)
    found = {one.subject: one for one in prove(environment_of(), document).uncertain if one.kind == "closed"}
    assert found.keys() == {"inventory", "storefront"}
    assert arn in found["inventory"].why


def test_a_host_leads_to_its_load_balancer_which_has_its_certificate() -> None:
    own = {"domain": "shop.example.com", "zone_id": "Z0123456789ABCDEFGHIJ"}
    functions = environment_of().model_dump(exclude_unset=True)["functions"]
    functions["storefront"] = {**functions["storefront"], "paths": [], "hosts": ["*.example.com"]}
    environment = environment_of(load_balancers={"public": own}, functions=functions)
    document = document_of(environment_of(load_balancers=HTTPS, functions=functions))
    alias = {"name": ref("aws_lb.public", "dns_name"), "zone_id": "Z", "evaluate_target_health": True}
    add(document, "aws_route53_record.shop", name="shop.example.com", type="A", alias=alias)
    assert {one.sentence for one in prove(environment, document).broken} == {
        "*.example.com leads to the public load balancer",
        "*.example.com is served with its certificate on 443",
    }
    add(document, "aws_route53_record.any", name="*.example.com", type="A", alias=alias)
    add(document, "aws_acm_certificate.any", domain_name="*.example.com")
    add(
        document,
        "aws_lb_listener_certificate.any",
        listener_arn=ref("aws_lb_listener.public_443", "arn"),
        certificate_arn=ref("aws_acm_certificate.any", "arn"),
    )
    assert prove(environment, document).broken == ()


def test_what_a_named_certificate_covers_is_for_others_to_tell_once() -> None:
    functions = environment_of().model_dump(exclude_unset=True)["functions"]
    functions["storefront"] = {**functions["storefront"], "hosts": ["a.example.com", "b.example.com"]}
    environment = environment_of(load_balancers=HTTPS, functions=functions)
    (promise,) = prove(environment, document_of(environment)).taken_from_the_file
    assert promise.sentence == "a.example.com and b.example.com are covered by a certificate"
    assert promise.why.startswith(f"the names of {HTTPS['public']['certificate_arn']} are")


HOSTS = {
    "web": {"source": "x", "exposure": "public", "hosts": ["a.example.com"]},
    "cart": {"source": "x", "exposure": "public", "hosts": ["b.example.com"], "paths": ["/cart/*"]},
}


@pytest.mark.parametrize(
    ("name", "values", "promises"),
    [
        ("web", ["A.example.com"], set()),
        ("web", ["a.example.com", "c.example.com"], {"only requests for a.example.com/* on 80 go to web"}),
        ("web", ["*.example.com"], {"only requests for a.example.com/* on 80 go to web"}),
        ("cart", ["c.example.com"], {"only requests for b.example.com/cart/* on 80 go to cart"}),
    ],
)
def test_a_host_that_is_not_declared_leads_to_no_workload(
    name: str, values: list[str], promises: set[str]
) -> None:
    document = document_of(environment_of(functions=HOSTS))
    rule = resource(document, f"aws_lb_listener_rule.public_{name}")
    rule["condition"][0]["host_header"]["values"] = values
    broken_ones = {one.sentence for one in prove(environment_of(functions=HOSTS), document).broken}
    assert {one for one in broken_ones if one.startswith("only")} == promises


def test_a_rule_without_its_host_takes_the_requests_of_every_host() -> None:
    document = document_of(environment_of(functions=HOSTS))
    rule = resource(document, "aws_lb_listener_rule.public_cart")
    rule["condition"] = rule["condition"][1:]
    [problem] = prove(environment_of(functions=HOSTS), document).broken
    assert problem.why == "aws_lb_listener_rule.public_cart takes /cart/* on 80, too"
