"""The assertions about reachability, as users write them, and their messages."""

from __future__ import annotations

import re

import pytest

from constructs_lib.testing import Template, assert_exposed_only, assert_reachable, assert_unreachable
from tests.support.architecture import default_document, drop, resource
from tests.support.projects import SHOP, project

INGRESS = "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080"


@pytest.fixture
def document():
    return default_document()


def message(assertion, *arguments):
    with pytest.raises(AssertionError) as failed:
        assertion(*arguments)
    return str(failed.value).splitlines()


def test_a_stack_keeps_its_promises(tmp_path):
    template = project(tmp_path).template(SHOP)
    assert_reachable(template, "storefront", "inventory", 8080)
    assert_reachable(template, "internet", "storefront", 80)
    assert_unreachable(template, "internet", "inventory", 8080)
    assert_unreachable(template, "inventory", "storefront", 80)
    assert_exposed_only(template, {"public", "storefront"})


def test_what_does_not_get_through_is_told_where_it_ends(document):
    drop(document, INGRESS)
    assert message(assert_reachable, Template(document), "storefront", "inventory", 8080) == [
        "storefront does not reach inventory on 8080: aws_lb.internal admits nothing on 8080 "
        "(aws_lb.internal)",
        "it gets this far:",
        "  storefront lets out 8080 to aws_lb.internal",
        "  aws_vpc.network routes between its subnets",
    ]


def test_what_gets_through_after_all_is_told_by_which_way(document):
    lines = message(assert_unreachable, Template(document), "storefront", "inventory", 8080)
    assert lines[:3] == [
        "storefront reaches inventory on 8080",
        "by this way:",
        "  storefront lets out 8080 to aws_lb.internal",
    ]


@pytest.mark.parametrize("assertion", [assert_reachable, assert_unreachable])
def test_what_only_an_apply_can_tell_fails_both_ways(document, assertion):
    resource(document, INGRESS)["from_port"] = "${var.port}"
    [line] = message(assertion, Template(document), "storefront", "inventory", 8080)
    assert re.match(
        r"cannot tell whether storefront reaches inventory on 8080: .*from_port.* not in this document", line
    )


def test_a_name_that_nothing_has_is_a_lookup_error_with_a_hint(document):
    with pytest.raises(LookupError, match="did you mean inventory"):
        assert_reachable(Template(document), "storefront", "inventori", 8080)


def test_ports_may_be_named(document):
    assert_exposed_only(Template(document), {"aws_lb.public": 80, "storefront": {80}})
    assert message(assert_exposed_only, Template(document), {"public": 80, "storefront": 443}) == [
        "the internet reaches aws_lambda_function.storefront on 80 from 0.0.0.0/0",
        "  aws_subnet.network_public_a has a route to the internet gateway aws_internet_gateway.network",
        "  aws_lb.public admits 80 from the internet",
        "  aws_lb_listener.public_80 (80) forwards to aws_lb_target_group.public_storefront for path "
        "pattern /*",
        "  aws_lb_target_group.public_storefront holds storefront (live)",
        "  aws_lambda_permission.public_storefront lets aws_lb_target_group.public_storefront invoke "
        "storefront (live)",
        "the internet does not reach storefront on 443",
    ]


def test_what_is_not_exposed_is_told_too(document):
    drop(document, "aws_vpc_security_group_ingress_rule.public_from_internet_80")
    assert_exposed_only(Template(document), set())
    assert message(assert_exposed_only, Template(document), {"storefront"}) == [
        "the internet does not reach storefront"
    ]


def test_what_the_internet_may_reach_has_to_be_expected(document):
    resource(document, "aws_vpc_security_group_ingress_rule.public_from_internet_80")["cidr_ipv4"] = (
        "${var.x}"
    )
    lines = message(assert_exposed_only, Template(document), {"public"})
    assert [line.partition(":")[0] for line in lines] == [
        "the internet may reach aws_lambda_function.storefront on 80"
    ]
    assert_exposed_only(Template(document), {"public", "storefront"})


def test_a_request_for_a_host_reaches_the_workload_that_has_it(tmp_path):
    hosts = 'hosts = ["shop.example.com"]\npaths = ["/cart/*"]\n'
    template = project(tmp_path).template(SHOP.replace('paths = ["/*"]\n', hosts))
    assert_reachable(template, "internet", "storefront", 80, host="Shop.example.com", path="/cart/1")
    assert_unreachable(template, "internet", "storefront", 80, host="other.example.com", path="/cart/1")
    assert_unreachable(template, "internet", "storefront", 80, host="shop.example.com")
    assert_unreachable(template, "inventory", "storefront", 80, host="shop.example.com", path="/cart/1")
    asked = (template, "internet", "storefront", 80)
    with pytest.raises(AssertionError, match=r"aws_lb_listener.public_80 takes other.example.com/"):
        assert_reachable(*asked, host="other.example.com")
    with pytest.raises(AssertionError, match="internet reaches storefront on 80"):
        assert_unreachable(*asked, host="shop.example.com", path="/cart/")
