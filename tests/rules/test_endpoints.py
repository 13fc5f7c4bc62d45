"""AWS's rules about VPC endpoints."""

from __future__ import annotations

import pytest

from tests.support.ruling import Resources, ask, changed, function, group, vpc, without

LOGS, S3 = "aws_vpc_endpoint.logs", "aws_vpc_endpoint.s3"


def endpoint(service, **more) -> Resources:
    interface = {
        "vpc_endpoint_type": "Interface",
        "subnet_ids": ["${aws_subnet.private_a.id}", "${aws_subnet.private_b.id}"],
        "security_group_ids": ["${aws_security_group.doors.id}"],
        "private_dns_enabled": True,
    }
    body = {"service_name": f"com.amazonaws.us-east-1.{service}", "vpc_id": "${aws_vpc.main.id}", **more}
    return {f"aws_vpc_endpoint.{service}": {**interface, **body}}


def gateway(service="s3", **more) -> Resources:
    body = {
        "vpc_id": "${aws_vpc.main.id}",
        "service_name": f"com.amazonaws.us-east-1.{service}",
        "vpc_endpoint_type": "Gateway",
        "route_table_ids": ["${aws_route_table.private.id}"],
        **more,
    }
    return {f"aws_vpc_endpoint.{service}": body}


def opened() -> Resources:
    rule = {
        "security_group_id": "${aws_security_group.doors.id}",
        "cidr_ipv4": "10.0.0.0/16",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    return vpc() | group("doors") | {"aws_vpc_security_group_ingress_rule.https": rule}


def test_30_gateway_endpoints_have_route_tables_and_nothing_else():
    assert ask(30, vpc() | gateway()) == {S3: "kept"}
    assert ask(30, vpc() | gateway(route_table_ids=[]))[S3].startswith("broken: is in no route table")
    assert ask(30, vpc() | gateway(security_group_ids=["sg-1"])) == {
        S3: "broken: has security_group_ids, which a gateway endpoint does not take"
    }
    assert ask(30, vpc() | gateway("sqs")) == {
        "aws_vpc_endpoint.sqs": "broken: is a gateway endpoint for sqs; AWS has them for "
        "s3, dynamodb, s3express"
    }


def test_30_route_tables_may_be_tied_beside_it():
    tie = {"vpc_endpoint_id": f"${{{S3}.id}}", "route_table_id": "${aws_route_table.private.id}"}
    found = vpc() | gateway(route_table_ids=None) | {"aws_vpc_endpoint_route_table_association.s3": tie}
    assert ask(30, found) == {S3: "kept"}


def test_31_an_interface_endpoint_is_in_order():
    assert ask(31, opened() | endpoint("logs")) == {LOGS: "kept"}


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"subnet_ids": []}, "is in no subnet, so it has no address"),
        (
            {"security_group_ids": ["${aws_security_group.closed.id}"]},
            "its security groups admit nobody on 443",
        ),
    ],
)
def test_31_an_interface_endpoint_needs_subnets_and_443(values, fault):
    said = ask(31, opened() | group("closed") | endpoint("logs", **values))[LOGS]
    assert said == f"broken: {fault}"


def test_31_a_zone_has_one_subnet_of_it():
    same = changed(opened(), "aws_subnet.private_b", availability_zone="us-east-1a")
    assert ask(31, same | endpoint("logs"))[LOGS] == (
        "broken: is in aws_subnet.private_a and aws_subnet.private_b, both in us-east-1a; AWS takes one "
        "subnet of each zone"
    )


@pytest.mark.parametrize("switch", ["enable_dns_support", "enable_dns_hostnames"])
def test_31_private_dns_needs_both_switches(switch):
    found = changed(opened(), "aws_vpc.main", **{switch: False}) | endpoint("logs")
    assert ask(31, found)[LOGS] == f"broken: has private DNS, and aws_vpc.main has no {switch}"
    assert ask(31, changed(found, LOGS, private_dns_enabled=False)) == {LOGS: "kept"}


def test_31_one_endpoint_of_a_service_has_private_dns():
    twice = opened() | endpoint("logs") | {"aws_vpc_endpoint.again": endpoint("logs")[LOGS]}
    assert set(ask(31, twice).values()) == {
        "broken: aws_vpc.main has another endpoint for logs with private DNS; one may have it"
    }


def test_31_a_vpc_takes_fifty():
    many = opened()
    for number in range(51):
        many |= endpoint(f"service-{number}")
    assert "has 51 interface endpoints; AWS takes 50" in str(ask(31, many))
    assert set(ask(31, without(many, "aws_vpc_endpoint.service-0")).values()) == {"kept"}


def test_31_a_vpc_that_exists_has_its_own_switches():
    found = opened() | endpoint("logs", vpc_id="vpc-0123")
    assert ask(31, found)[LOGS].startswith("cannot tell: whether vpc-0123 has DNS support")


def interface_s3(**more):
    return {"aws_vpc_endpoint.private": {**endpoint("s3")[S3], **more}}


def test_32_private_dns_for_s3_needs_the_gateway_first():
    private = "aws_vpc_endpoint.private"
    assert ask(32, opened() | interface_s3())[private] == (
        "broken: has private DNS, for which the VPC needs a gateway endpoint for s3 too"
    )
    beside = opened() | gateway() | interface_s3()
    assert ask(32, beside)[private].startswith("broken: is not made after aws_vpc_endpoint.s3")
    assert ask(32, changed(beside, private, depends_on=[S3])) == {private: "kept"}


def test_32_private_dns_everywhere_needs_no_gateway():
    option = {"private_dns_only_for_inbound_resolver_endpoint": False}
    assert set(ask(32, opened() | interface_s3(dns_options=option)).values()) == {"kept"}


def test_38_closed_egress_is_open_to_a_gateway_endpoint():
    closed = vpc() | group("own") | function("orders") | gateway()
    assert ask(38, closed)[S3].startswith("broken: no workload on its route tables is let out to it: ")
    way = {
        "security_group_id": "${aws_security_group.own.id}",
        "prefix_list_id": f"${{{S3}.prefix_list_id}}",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    assert ask(38, closed | {"aws_vpc_security_group_egress_rule.s3": way}) == {S3: "kept"}


def test_38_without_a_workload_nobody_can_tell():
    assert ask(38, vpc() | gateway()) == {S3: "cannot tell: what uses it is not in this document"}
