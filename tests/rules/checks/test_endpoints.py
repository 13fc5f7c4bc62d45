"""AWS's rules about VPC endpoints."""

from __future__ import annotations

import json

import pytest

from constructs_lib.figures.rule_names import RULE_NAMES
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


def test_gateway_endpoints_have_route_tables_and_nothing_else():
    for rule in ("gateway-endpoint-service", "gateway-endpoint-route-tables", "gateway-endpoint-settings"):
        assert ask(rule, vpc() | gateway()) == {S3: "kept"}
    nowhere = vpc() | gateway(route_table_ids=[])
    assert ask("gateway-endpoint-route-tables", nowhere)[S3].startswith("broken: is in no route table")
    assert ask("gateway-endpoint-settings", vpc() | gateway(security_group_ids=["sg-1"])) == {
        S3: "broken: has security_group_ids, which a gateway endpoint does not take"
    }
    assert ask("gateway-endpoint-service", vpc() | gateway("sqs")) == {
        "aws_vpc_endpoint.sqs": "broken: is a gateway endpoint for sqs; AWS has them for "
        "s3, dynamodb, s3express"
    }


def test_route_tables_may_be_tied_beside_it():
    tie = {"vpc_endpoint_id": f"${{{S3}.id}}", "route_table_id": "${aws_route_table.private.id}"}
    found = vpc() | gateway(route_table_ids=None) | {"aws_vpc_endpoint_route_table_association.s3": tie}
    assert ask("gateway-endpoint-route-tables", found) == {S3: "kept"}


def test_an_interface_endpoint_is_in_order():
    rules = [name for name in RULE_NAMES if name.startswith("interface-endpoint-")]
    rules.remove("interface-endpoint-neighbours")  # its VPC is of the same document
    assert [ask(rule, opened() | endpoint("logs")) for rule in rules] == [{LOGS: "kept"}] * 4


def test_an_interface_endpoint_needs_subnets_and_443():
    nowhere = opened() | endpoint("logs", subnet_ids=[])
    assert ask("interface-endpoint-subnets", nowhere) == {
        LOGS: "broken: is in no subnet, so it has no address"
    }
    shut = endpoint("logs", security_group_ids=["${aws_security_group.closed.id}"])
    assert ask("interface-endpoint-security-group", opened() | group("closed") | shut) == {
        LOGS: "broken: its security groups admit nobody on 443"
    }


def test_a_zone_has_one_subnet_of_it():
    same = changed(opened(), "aws_subnet.private_b", availability_zone="us-east-1a")
    assert ask("interface-endpoint-subnets", same | endpoint("logs"))[LOGS] == (
        "broken: is in aws_subnet.private_a and aws_subnet.private_b, both in us-east-1a; AWS takes one "
        "subnet of each zone"
    )


def test_private_dns_needs_a_service_that_has_it():
    found = ask("interface-endpoint-private-dns", opened() | endpoint("dynamodb"))
    assert list(found.values()) == ["broken: has private DNS, and dynamodb has no private DNS name"]


@pytest.mark.parametrize("switch", ["enable_dns_support", "enable_dns_hostnames"])
def test_private_dns_needs_both_switches(switch):
    found = changed(opened(), "aws_vpc.main", **{switch: False}) | endpoint("logs")
    said = ask("interface-endpoint-private-dns", found)
    assert said == {LOGS: f"broken: has private DNS, and aws_vpc.main has no {switch}"}
    assert ask("interface-endpoint-private-dns", changed(found, LOGS, private_dns_enabled=False)) == {}


def test_one_endpoint_of_a_service_has_private_dns():
    twice = opened() | endpoint("logs") | {"aws_vpc_endpoint.again": endpoint("logs")[LOGS]}
    assert set(ask("interface-endpoint-duplicate", twice).values()) == {
        "broken: aws_vpc.main has another endpoint for logs with private DNS; one may have it"
    }


def test_a_vpc_takes_fifty():
    many = opened()
    for number in range(51):
        many |= endpoint(f"service-{number}")
    assert ask("interface-endpoints", many) == {
        "aws_vpc.main": "broken: has 51 interface endpoints; AWS takes 50"
    }
    assert ask("interface-endpoints", without(many, "aws_vpc_endpoint.service-0")) == {"aws_vpc.main": "kept"}


def test_a_vpc_that_exists_has_its_own_switches():
    found = opened() | endpoint("logs", vpc_id="vpc-0123")
    assert ask("interface-endpoint-private-dns", found)[LOGS].startswith(
        "cannot tell: whether vpc-0123 has DNS support"
    )


def interface_s3(**more):
    return {"aws_vpc_endpoint.private": {**endpoint("s3")[S3], **more}}


def test_private_dns_for_s3_needs_the_gateway_first():
    private = "aws_vpc_endpoint.private"
    assert ask("s3-endpoint-private-dns", opened() | interface_s3())[private] == (
        "broken: has private DNS, for which the VPC needs a gateway endpoint for s3 too"
    )
    beside = opened() | gateway() | interface_s3()
    assert ask("s3-endpoint-private-dns", beside)[private].startswith(
        "broken: is not made after aws_vpc_endpoint.s3"
    )
    assert ask("s3-endpoint-private-dns", changed(beside, private, depends_on=[S3])) == {private: "kept"}


def test_private_dns_everywhere_needs_no_gateway():
    option = {"private_dns_only_for_inbound_resolver_endpoint": False}
    assert set(ask("s3-endpoint-private-dns", opened() | interface_s3(dns_options=option)).values()) == {
        "kept"
    }


def test_closed_egress_is_open_to_a_gateway_endpoint():
    closed = vpc() | group("own") | function("orders") | gateway()
    assert ask("gateway-endpoint-egress", closed)[S3].startswith(
        "broken: no workload on its route tables is let out to it: "
    )
    way = {
        "security_group_id": "${aws_security_group.own.id}",
        "prefix_list_id": f"${{{S3}.prefix_list_id}}",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    assert ask("gateway-endpoint-egress", closed | {"aws_vpc_security_group_egress_rule.s3": way}) == {
        S3: "kept"
    }


def test_without_a_workload_nobody_can_tell():
    assert ask("gateway-endpoint-egress", vpc() | gateway()) == {
        S3: "cannot tell: what uses it is not in this document"
    }


def served(**endpoints):
    made = {
        f"aws_vpc_endpoint.{name}": {
            "vpc_id": "${aws_vpc.main.id}",
            "vpc_endpoint_type": "Interface",
            "private_dns_enabled": True,
            "service_name": service,
        }
        for name, service in endpoints.items()
    }
    return vpc() | made


def test_services_are_told_apart_whose_region_only_an_apply_knows():
    rule, region = "interface-endpoint-duplicate", {"data": {"aws_region": {"now": {}}}}
    each = served(all="com.amazonaws.${data.aws_region.now.name}.${each.value}")
    each["aws_vpc_endpoint.all"]["for_each"] = '${toset(["logs", "ecr.api"])}'
    assert set(ask(rule, each, **region).values()) == {"kept"}
    twice = served(one="com.amazonaws.${data.aws_region.now.name}.logs", two="${local.logs}")
    named = {"logs": "com.amazonaws.${data.aws_region.now.name}.logs"}
    said = ask(rule, twice, locals=named, **region)
    assert {verdict.split(":")[0] for verdict in said.values()} == {"broken"}


def test_a_service_may_be_looked_up():
    looked_up = {"data.aws_vpc_endpoint_service.logs": {"service": "logs"}}
    found = served(
        one="${data.aws_vpc_endpoint_service.logs.service_name}", two="com.amazonaws.us-east-1.logs"
    )
    said = ask("interface-endpoint-duplicate", found | looked_up)
    assert said["aws_vpc_endpoint.two"].startswith("broken: aws_vpc.main has another endpoint for logs")


def test_endpoints_for_what_is_not_known_are_no_duplicates():
    found = served(one="${var.service}", two="${var.service}")
    assert ask("interface-endpoint-duplicate", found, variable={"service": {}}) == {}


def test_a_module_may_open_an_endpoint():
    closed = served(one="com.amazonaws.us-east-1.logs") | group("one")
    closed["aws_vpc_endpoint.one"]["security_group_ids"] = ["${aws_security_group.one.id}"]
    rule, address = "interface-endpoint-security-group", "aws_vpc_endpoint.one"
    assert ask(rule, closed)[address] == "broken: its security groups admit nobody on 443"
    module = {"open": {"source": "./open", "group": "${aws_security_group.one.id}"}}
    assert ask(rule, closed, module=module)[address].startswith("cannot tell: module.open is a module")


def test_an_endpoint_in_a_vpc_of_others_admits_the_vpc():
    rule = "interface-endpoint-neighbours"
    assert ask(rule, opened() | endpoint("logs")) == {}
    theirs = {
        **{key: body for key, body in opened().items() if not key.startswith("aws_vpc.")},
        "data.aws_vpc.main": {"id": "vpc-1"},
    }
    foreign = json.loads(json.dumps(theirs | endpoint("logs")).replace("aws_vpc.main", "data.aws_vpc.main"))
    foreign["data.aws_vpc.main"] = foreign.pop("data.data.aws_vpc.main")
    assert ask(rule, foreign) == {LOGS: "kept"}
    peer = foreign["aws_vpc_security_group_ingress_rule.https"]
    peer.pop("cidr_ipv4")
    peer["referenced_security_group_id"] = "sg-0123456789abcdef0"
    assert "resolves logs to it" in ask(rule, foreign)[LOGS]
