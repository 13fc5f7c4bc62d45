"""Who may talk to whom: security groups without inline rules, and allow(), which writes both sides.

One Terraform resource per rule, since inline rules and rule resources overwrite each other (AWS provider,
aws_security_group). A group that exists already gets no rule of ours: only our side is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws, has_token
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.internet import ANYWHERE_IPV4, PORT
from constructs_lib.names import name_prefix
from constructs_lib.network.planning.cidr import parse_cidr


@dataclass(frozen=True)
class SecurityGroup:
    """A security group as one end of a permission.

    label: how rules name it in their addresses. id: its id. scope: the construct that holds its rules;
    None for a group that exists already, whose rules are not ours to write. ways_in: the rules of ours that
    admit somebody, with their ports.
    """

    label: str
    id: str
    scope: Construct | None = None
    ways_in: list[tuple[int, aws.VpcSecurityGroupIngressRule]] = field(
        default_factory=list, compare=False, repr=False
    )

    @property
    def security_group(self) -> SecurityGroup:
        """Itself, so that a group stands wherever a construct with a group may."""
        return self


@dataclass(frozen=True)
class AddressRange:
    """A CIDR block as one end of a permission; ``label`` names it in the addresses of rules.

    Raises:
        ConfigError: ``cidr`` is neither an IPv4 block nor a reference to one.
    """

    label: str
    cidr: str

    def __post_init__(self) -> None:
        if not has_token(self.cidr):
            found = parse_cidr(self.cidr, field=f"AddressRange({self.label!r}).cidr", alone=32)
            if isinstance(found, Problem):
                raise ConfigError([found])


@dataclass(frozen=True)
class PrefixList:
    """A prefix list, such as a gateway endpoint's, as one end of a permission."""

    label: str
    id: str


class HasSecurityGroup(Protocol):
    """Any construct that carries a security group of its own."""

    @property
    def security_group(self) -> SecurityGroup:
        """The group."""
        ...


Peer = HasSecurityGroup | AddressRange | PrefixList

INTERNET = AddressRange("internet", ANYWHERE_IPV4)


def create_security_group(
    construct: Construct, *parts: str, name: str, description: str, vpc_id: str
) -> SecurityGroup:
    """Create a closed security group that takes the construct's address, followed by ``parts``.

    A change of name or description replaces the group, so it has a name prefix and the new one comes first.
    """
    address = address_of(construct)
    group = aws.SecurityGroup(
        construct,
        "_".join(("security_group", *parts)),
        name_prefix=name_prefix(name),
        description=description,
        vpc_id=vpc_id,
        tags={"Name": name},
        revoke_rules_on_delete=True,
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )
    address.give(group, *parts)
    label = "_".join((address.name, *parts)) if address.name else "_".join(parts)
    return SecurityGroup(label, group.id, construct)


def allow(source: Peer, target: Peer, port: int) -> None:
    """Let ``source`` connect to TCP ``port`` of ``target``: egress of the one, ingress of the other.

    Raises:
        ConfigError: it is no port, or this is allowed already.
    """
    if isinstance(port, bool) or not PORT.least <= port <= PORT.most:
        rule = f"a TCP port is {PORT.least} to {PORT.most}"
        raise ConfigError([Problem("port", port, rule, "write a port, such as 443")])
    start = source if isinstance(source, AddressRange | PrefixList) else source.security_group
    end = target if isinstance(target, AddressRange | PrefixList) else target.security_group
    if isinstance(start, SecurityGroup) and start.scope is not None:
        name = f"{start.label}_to_{end.label}_{port}"
        opened = _opening(start, end, port, f"to {end.label}")
        egress = aws.VpcSecurityGroupEgressRule(start.scope, name, **opened)
        address_of(start.scope).give_whole(egress, name)
    if isinstance(end, SecurityGroup) and end.scope is not None:
        name = f"{end.label}_from_{start.label}_{port}"
        opened = _opening(end, start, port, f"from {start.label}")
        ingress = aws.VpcSecurityGroupIngressRule(end.scope, name, **opened)
        end.ways_in.append((port, address_of(end.scope).give_whole(ingress, name)))


def _opening(
    group: SecurityGroup, other: SecurityGroup | AddressRange | PrefixList, port: int, description: str
) -> dict[str, Any]:
    """The arguments of a rule of ``group``, in or out."""
    return {
        "security_group_id": group.id,
        "description": description,
        "ip_protocol": "tcp",
        "from_port": port,
        "to_port": port,
        "referenced_security_group_id": other.id if isinstance(other, SecurityGroup) else None,
        "cidr_ipv4": other.cidr if isinstance(other, AddressRange) else None,
        "prefix_list_id": other.id if isinstance(other, PrefixList) else None,
    }
