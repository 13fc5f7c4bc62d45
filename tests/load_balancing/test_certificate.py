import pytest

from constructs_lib import Certificate
from constructs_lib.testing import Match, Template
from tests.support.building import load_balancer, network, new_stack

ZONE = "Z0123456789ABCDEFGHIJ"
ISSUED = "arn:aws:acm:eu-west-1:123456789012:certificate/5c1b5a4e-1111-2222-3333-444444444444"


@pytest.fixture
def template():
    stack = new_stack()
    certificate = Certificate(stack, "certificate", domain="shop.example.com", zone_id=ZONE)
    public = load_balancer(
        stack,
        network(stack),
        exposure="public",
        certificate_arn=certificate.arn,
        domain="shop.example.com",
        zone_id=ZONE,
    )
    public.add_shared_listener(443)
    return Template.from_stack(stack)


def test_the_new_certificate_comes_before_the_old_one_goes(template):
    template.one(
        "aws_acm_certificate",
        domain_name="shop.example.com",
        validation_method="DNS",
        lifecycle={"create_before_destroy": True},
    )


def test_the_record_that_proves_the_domain_lies_in_the_zone(template):
    record = template.resources("aws_route53_record")["aws_route53_record.certificate"]
    option = "tolist(aws_acm_certificate.certificate.domain_validation_options)[0]"
    assert (record["zone_id"], record["name"], record["records"]) == (
        ZONE,
        f"${{{option}.resource_record_name}}",
        [f"${{{option}.resource_record_value}}"],
    )


def test_the_listener_waits_for_the_validation(template):
    listener = template.one("aws_lb_listener")
    assert listener["certificate_arn"] == "${aws_acm_certificate_validation.certificate.certificate_arn}"
    template.one(
        "aws_acm_certificate_validation", validation_record_fqdns=["${aws_route53_record.certificate.fqdn}"]
    )


def test_the_domain_is_an_alias_of_the_load_balancer(template):
    template.one(
        "aws_route53_record",
        name="shop.example.com",
        type="A",
        zone_id=ZONE,
        alias={
            "name": Match.ref("aws_lb.public", "dns_name"),
            "zone_id": Match.ref("aws_lb.public", "zone_id"),
            "evaluate_target_health": True,
        },
    )


def test_callers_use_the_domain_where_there_is_one():
    stack = new_stack()
    internal = load_balancer(
        stack, network(stack), certificate_arn=ISSUED, domain="api.shop.internal", zone_id=ZONE
    )
    assert internal.callee("inventory", port=8443).url == "https://api.shop.internal:8443"
