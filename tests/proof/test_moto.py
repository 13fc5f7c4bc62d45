"""What the generator wrote, applied to moto: it is accepted, and moto describes what the proof reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from constructs_lib.proof import Model, read_model
from constructs_lib.proof.model.network import Cidr, Group, PrefixList
from tests.support.applied import Applied
from tests.support.stacks_written import written

NEW = ["dev", "ecs-caller", "https"]
"""Of those with a VPC of their own and nothing of others in it, which moto would not find."""


@pytest.fixture(scope="module", params=NEW)
def applied(request: pytest.FixtureRequest) -> Iterator[tuple[Applied, Model]]:
    own = written()[request.param]
    with mock_aws():
        yield Applied(own.document, own.environment.region), read_model(own.document)


def test_the_security_groups_have_the_rules_that_the_proof_reads(applied: tuple[Applied, Model]) -> None:
    cloud, model = applied
    described = {
        (
            cloud.named(rule["GroupId"]),
            not rule["IsEgress"],
            rule["IpProtocol"],
            (rule["FromPort"], rule["ToPort"]),
            cloud.named(rule.get("ReferencedGroupInfo", {}).get("GroupId"))
            or rule.get("CidrIpv4")
            or rule.get("PrefixListId"),
        )
        for rule in cloud.ec2.describe_security_group_rules()["SecurityGroupRules"]
        if rule["GroupId"] in cloud.addresses
    }
    known = {
        (rule.group, rule.ingress, rule.protocol, rule.ports, _peer(cloud, rule.peer))
        for group in model.groups.values()
        for rule in (*group.ingress.rules, *group.egress.rules)
    }
    assert described == known


def _peer(cloud: Applied, peer: object) -> str:
    if isinstance(peer, Group):
        return str(peer.identity)
    if isinstance(peer, Cidr):
        return str(peer.network)
    assert isinstance(peer, PrefixList)
    if peer.service is None:
        return str(peer.identity)
    return cloud.attribute(str(peer.identity).rsplit(".", 1)[0], "prefix_list_id")


def test_every_subnet_has_the_routes_that_the_proof_reads(applied: tuple[Applied, Model]) -> None:
    cloud, model = applied
    described = {}
    for table in cloud.ec2.describe_route_tables()["RouteTables"]:
        routes = {
            (route["DestinationCidrBlock"], cloud.named(route.get("NatGatewayId") or route.get("GatewayId")))
            for route in table["Routes"]
            if route.get("GatewayId") != "local" and "DestinationCidrBlock" in route
        }
        subnets = [cloud.named(one.get("SubnetId")) for one in table["Associations"]]
        described.update({subnet: routes for subnet in subnets if subnet})
    known = {
        subnet.identity: {
            (str(r.destination), r.target) for r in model.route_tables[subnet.route_table].routes
        }
        for subnet in model.subnets.values()
    }
    assert described == known


def test_the_subnets_are_where_the_proof_has_them(applied: tuple[Applied, Model]) -> None:
    cloud, model = applied
    described = {
        cloud.named(one["SubnetId"]): (cloud.named(one["VpcId"]), one["CidrBlock"], one["AvailabilityZone"])
        for one in cloud.ec2.describe_subnets()["Subnets"]
        if one["SubnetId"] in cloud.addresses
    }
    assert described == {one.identity: (one.vpc, str(one.cidr), one.zone) for one in model.subnets.values()}


def test_the_endpoints_are_where_the_proof_has_them(applied: tuple[Applied, Model]) -> None:
    cloud, model = applied
    described = {
        cloud.named(one["VpcEndpointId"]): (
            {cloud.named(table) for table in one["RouteTableIds"]},
            {cloud.named(subnet) for subnet in one["SubnetIds"]},
            {cloud.named(group.get("GroupId")) for group in one["Groups"]},
            one["PrivateDnsEnabled"],
        )
        for one in cloud.ec2.describe_vpc_endpoints()["VpcEndpoints"]
    }
    known = {
        address: (
            set(one.route_tables),
            set(one.interface.subnets),
            _own(one.interface.groups),
            one.private_dns,
        )
        for address, one in model.endpoints.items()
    }
    assert described == known


def _own(groups: tuple[object, ...]) -> set[object]:
    """The groups that are written out; without one there is the VPC's own, which gateways do not use."""
    return {group for group in groups if str(group).startswith("aws_security_group.")}


def test_the_load_balancers_are_where_the_proof_has_them(applied: tuple[Applied, Model]) -> None:
    cloud, model = applied
    described = {
        cloud.named(one["LoadBalancerArn"]): (
            one["Scheme"] == "internal",
            {cloud.named(zone["SubnetId"]) for zone in one["AvailabilityZones"]},
            {cloud.named(group) for group in one["SecurityGroups"]},
        )
        for one in cloud.elb.describe_load_balancers()["LoadBalancers"]
    }
    known = {
        address: (one.internal, set(one.interface.subnets), set(one.interface.groups))
        for address, one in model.load_balancers.items()
    }
    assert described == known


def test_the_listeners_ask_the_rules_that_the_proof_reads_in_its_order(
    applied: tuple[Applied, Model],
) -> None:
    cloud, model = applied
    described = {
        cloud.named(listener["ListenerArn"]): (
            cloud.named(balancer["LoadBalancerArn"]),
            listener["Port"],
            [_rule(cloud, rule) for rule in _sorted(cloud, listener["ListenerArn"])],
        )
        for balancer in cloud.elb.describe_load_balancers()["LoadBalancers"]
        for listener in cloud.elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    }
    known = {
        address: (
            one.load_balancer,
            one.port,
            [
                (
                    sorted(str(v) for c in rule.conditions for v in c.values),
                    rule.action.kind,
                    [group for group, _ in rule.action.targets],
                )
                for rule in one.rules
            ],
        )
        for address, one in model.listeners.items()
    }
    assert described == known


def _sorted(cloud: Applied, listener: str) -> list[dict[str, object]]:
    rules = cloud.elb.describe_rules(ListenerArn=listener)["Rules"]
    return sorted(
        rules, key=lambda rule: (rule["IsDefault"], int(rule["Priority"]) if not rule["IsDefault"] else 0)
    )


def _rule(cloud: Applied, rule: dict[str, object]) -> tuple[list[str], str, list[str | None]]:
    paths = [value for one in rule["Conditions"] for value in one["PathPatternConfig"]["Values"]]
    (action,) = rule["Actions"]
    targets = [cloud.named(action["TargetGroupArn"])] if action["Type"] == "forward" else []
    return sorted(paths), action["Type"].replace("-", " "), targets
