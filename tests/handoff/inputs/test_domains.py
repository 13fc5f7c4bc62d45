import pytest

from constructs_lib.environment import Environment, Function, LoadBalancers, PublicLoadBalancer
from constructs_lib.handoff.inputs.variables import variables_of, with_variables
from tests.support.written_stacks import read

NAME = "shop.example.com"
VAR = "${var.public_domain}"


def content(**more):
    return {
        "provider": {"aws": [{"region": "eu-west-1"}]},
        "resource": {
            "aws_lb": {"public": {"name": "shop-dev-public"}},
            "aws_acm_certificate": {"certificate_public": {"domain_name": NAME, "tags": {"Name": NAME}}},
            "aws_route53_record": {"public": {"name": NAME, "zone_id": "Z1"}},
            **more,
        },
        "output": {"public_url": {"value": f"https://{NAME}"}, "other": {"value": f"https://a.{NAME}"}},
    }


def environment(**variables):
    public = PublicLoadBalancer(domain=NAME, zone_id="Z0123456789ABCDEFGHIJ")
    functions = {"f": Function(source="x", exposure="public", paths=["/*"], environment=variables)}
    return Environment(
        project="shop",
        environment="dev",
        region="eu-west-1",
        load_balancers=LoadBalancers(public=public),
        functions=functions,
    )


def extracted(before, intent):
    found = variables_of(read(before), intent)
    return with_variables(before, found), {one.name: one for one in found}


def test_a_name_is_the_same_input_in_certificate_record_and_urls():
    changed, variables = extracted(content(), environment())
    assert changed["resource"]["aws_acm_certificate"]["certificate_public"] == {
        "domain_name": VAR,
        "tags": {"Name": VAR},
    }
    assert changed["resource"]["aws_route53_record"]["public"]["name"] == VAR
    assert changed["output"] == {
        "public_url": {"value": f"https://{VAR}"},
        "other": {"value": f"https://a.{NAME}"},
    }
    assert "<= 64" in variables["public_domain"].condition


@pytest.mark.parametrize(
    ("more", "variables"),
    [
        ({"aws_lb_listener_rule": {"a": {"condition": [{"host_header": [{"values": [NAME]}]}]}}}, {}),
        ({}, {"HOME": f"https://{NAME}/"}),
    ],
)
def test_a_name_that_stands_where_it_would_not_follow_is_no_input(more, variables):
    before = content(**more)
    changed, found = extracted(before, environment(**variables))
    assert ("public_domain" in found, changed["output"]) == (False, before["output"])
