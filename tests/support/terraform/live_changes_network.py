"""Changes of subnets, security groups and gateways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.terraform.live_changes import (
    AB,
    FIRST_NEW,
    Case,
    Resources,
    balancer,
    deaf,
    endpoint,
    function,
    gateway,
    group,
    grows,
    ids,
    nat,
    network,
    one,
    ref,
    rule,
    service,
    shrinks,
    subnet,
    together,
    vpc,
)

ELSEWHERE = "subnet-0123456789abcdef0"
IN_USE = "DependencyViolation"


def only(network: str, zone: str) -> str:
    """The id of the subnet in one zone."""
    return ref("subnet", f"{network}_{zone}")


User = Callable[[str], Resources]
"""What lies in the zones of these letters."""


def zone_leaves(name: str, user: User, used_by: str = "", **subnets: Any) -> Case:
    """Zone c goes: its user has it first and then not any more."""
    before = together(network(name, "abc", **subnets), user("abc"))
    after = together(network(name, "ab", **subnets), user("ab"))
    address = f"aws_subnet.{name}_c"
    if used_by:
        return Case(name, before, after, {address: IN_USE}, (used_by,))
    return Case(name, before, after, gone=(address,))


def balanced(name: str) -> User:
    return lambda zones: balancer(name, ids(name, zones))


def function_in(name: str, **more: Any) -> User:
    groups = [ref("security_group", name)]
    return lambda zones: together(group(name, name), function(name, ids(name, zones), groups, **more))


def tasks(name: str) -> User:
    cluster = one("ecs_cluster", name, name=name)
    return lambda zones: together(cluster, service(name, ids(name, zones)))


def conflict(name: str, block: str, *used_by: str) -> Case:
    made = subnet(name, "c", block)
    return grows(
        name, network(name), made, refused={f"aws_subnet.{name}_c": "InvalidSubnet.Conflict"}, used_by=used_by
    )


def halved(name: str, refused: bool, **more: Any) -> Case:
    """A subnet becomes half as large, which replaces it."""
    address = f"aws_subnet.{name}_a"
    outcome = (
        {"refused": {address: "InvalidSubnet.Conflict"}, "used_by": (address,)}
        if refused
        else {"done": (address,)}
    )
    before, after = (
        together(vpc(name), subnet(name, "a", block, **more)) for block in ("10.0.0.0/24", "10.0.0.0/25")
    )
    return Case(name, before, after, **outcome)


def held_by_nat(name: str, subnet_id: str, allocation_id: str) -> Resources:
    """A NAT gateway that goes on holding what the configuration takes away from it."""
    kept = deaf("subnet_id", "allocation_id")
    return nat(name, subnet_id, allocation_id, depends_on=["aws_internet_gateway.common"], **kept)


def group_of_function(name: str, description: str, **function_more: Any) -> Resources:
    made = group(name, "common", description=description, **FIRST_NEW)
    return together(made, function(name, AB, [ref("security_group", name)], **function_more))


NAT_ADDRESS = one("eip", "nat_zone")
SUBNETS = [
    zone_leaves("balanced", balanced("balanced"), "aws_lb.balanced"),
    zone_leaves("balanced_last", balanced("balanced_last"), **FIRST_NEW),
    zone_leaves(
        "versions", function_in("versions"), "version 1 of aws_lambda_function.versions", **FIRST_NEW
    ),
    zone_leaves("latest", function_in("latest", publish=False), **FIRST_NEW),
    zone_leaves(
        "linked", lambda zones: endpoint("linked", "linked", ids("linked", zones)), "aws_vpc_endpoint.linked"
    ),
    zone_leaves("tasks", tasks("tasks"), "aws_ecs_service.tasks"),
    Case(
        "nat_zone",
        together(
            NAT_ADDRESS,
            subnet("common", "c", "10.0.9.0/24", "nat_zone"),
            held_by_nat("nat_zone", ref("subnet", "nat_zone"), ref("eip", "nat_zone")),
        ),
        together(NAT_ADDRESS, held_by_nat("nat_zone", ELSEWHERE, ref("eip", "nat_zone"))),
        {"aws_subnet.nat_zone": IN_USE},
        ("aws_nat_gateway.nat_zone",),
    ),
    conflict("contained", "10.0.1.128/25", "aws_subnet.contained_b"),
    conflict("containing", "10.0.0.0/20", "aws_subnet.containing_a", "aws_subnet.containing_b"),
    grows("beside", network("beside"), subnet("beside", "c"), done=("aws_subnet.beside_c",)),
    grows(
        "outside",
        vpc("outside"),
        subnet("outside", "c", "10.1.2.0/24"),
        refused={"aws_subnet.outside_c": "InvalidSubnet.Range"},
        used_by=("aws_vpc.outside",),
    ),
    halved("halved_before", True, **FIRST_NEW),
    halved("halved_after", False),
]
NAMED = ref("security_group", "named")
GROUPS = [
    Case(
        "named",
        together(
            group("named", "common"),
            group("namer", "common"),
            rule("namer", "namer", NAMED, **deaf("referenced_security_group_id")),
        ),
        together(
            group("namer", "common"),
            rule("namer", "namer", "sg-0123456789abcdef0", **deaf("referenced_security_group_id")),
        ),
        {"aws_security_group.named": IN_USE},
        ("aws_vpc_security_group_ingress_rule.namer",),
    ),
    shrinks(
        "own_rule",
        {},
        group("own_rule", "common"),
        rule("own_rule", "own_rule", ref("security_group", "own_rule")),
        gone=("aws_security_group.own_rule",),
    ),
    Case(
        "carried",
        group_of_function("carried", "one"),
        group_of_function("carried", "two"),
        {"aws_security_group.carried": IN_USE},
        ("version 1 of aws_lambda_function.carried",),
    ),
    Case(
        "put_down",
        group_of_function("put_down", "one", publish=False),
        group_of_function("put_down", "two", publish=False),
        done=("aws_security_group.put_down",),
    ),
]


def mapped(name: str, internal: bool, **outcome: Any) -> Case:
    """A VPC loses its internet gateway while a load balancer stays."""
    depends: dict[str, Any] = {} if internal else {"depends_on": [f"aws_internet_gateway.{name}"]}
    before = together(
        network(name), gateway(name), balancer(name, ids(name, "ab"), internal=internal, **depends)
    )
    after = together(network(name), balancer(name, ids(name, "ab"), internal=internal))
    return Case(name, before, after, **outcome)


def gatewayless(name: str, made: Resources, code: str) -> Case:
    address = next(f"{kind}.{name}" for kind in made if kind != "aws_eip")
    return grows(name, network(name), made, refused={address: code})


AFTER_GATEWAY: dict[str, Any] = {"depends_on": ["aws_internet_gateway.common"]}
GATEWAYS = [
    mapped("mapped", False, refused={"aws_internet_gateway.mapped": IN_USE}, used_by=("aws_lb.mapped",)),
    mapped("unmapped", True, gone=("aws_internet_gateway.unmapped",)),
    grows("second", vpc("second"), gateway("second"), done=("aws_internet_gateway.second",)),
    grows(
        "third",
        together(vpc("third"), gateway("third", "first")),
        gateway("third"),
        refused={"aws_internet_gateway.third": "InvalidParameterValue"},
        used_by=("aws_internet_gateway.first",),
    ),
    gatewayless(
        "no_way_out",
        together(
            one("eip", "no_way_out"), nat("no_way_out", only("no_way_out", "a"), ref("eip", "no_way_out"))
        ),
        "Gateway.NotAttached",
    ),
    gatewayless("no_way_in", balancer("no_way_in", ids("no_way_in", "ab"), internal=False), "InvalidSubnet"),
    grows(
        "address_twice",
        together(
            one("eip", "address_twice"),
            nat("address_once", only("common", "a"), ref("eip", "address_twice"), **AFTER_GATEWAY),
        ),
        nat("address_twice", only("common", "b"), ref("eip", "address_twice"), **AFTER_GATEWAY),
        refused={"aws_nat_gateway.address_twice": "Resource.AlreadyAssociated"},
        used_by=("aws_nat_gateway.address_once",),
    ),
    Case(
        "address_held",
        together(
            one("eip", "address_held"),
            held_by_nat("address_held", only("common", "c"), ref("eip", "address_held")),
        ),
        held_by_nat("address_held", only("common", "c"), "eipalloc-0123456789abcdef0"),
        {"aws_eip.address_held": "InvalidIPAddress.InUse"},
        ("aws_nat_gateway.address_held",),
    ),
    shrinks("address_free", {}, one("eip", "address_free"), gone=("aws_eip.address_free",)),
    Case(
        "vpc_full",
        together(vpc("vpc_full"), group("vpc_full", "vpc_full", **deaf("vpc_id"))),
        one(
            "security_group",
            "vpc_full",
            vpc_id="vpc-0123456789abcdef0",
            name_prefix="vpc_full-",
            **deaf("vpc_id"),
        ),
        {"aws_vpc.vpc_full": IN_USE},
        ("aws_security_group.vpc_full",),
    ),
    shrinks("vpc_empty", {}, vpc("vpc_empty"), gone=("aws_vpc.vpc_empty",)),
]
