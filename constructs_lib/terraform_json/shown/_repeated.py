"""Rules and routes that a refreshed state lists twice: inside their group, table or ACL, and beside it.

The provider reads all rules of a security group into its ``ingress`` and ``egress``, those of resources of
their own too (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.terraform_json.values import Reference

Bodies = Mapping[str, tuple[str, dict[str, Any]]]
"""Type and body of each instance, by address."""

_Key = tuple[Any, ...]
_PEERS = {
    "cidr_blocks": "cidr",
    "ipv6_cidr_blocks": "cidr",
    "security_groups": "group",
    "prefix_list_ids": "list",
    "cidr_ipv4": "cidr",
    "cidr_ipv6": "cidr",
    "referenced_security_group_id": "group",
    "source_security_group_id": "group",
    "prefix_list_id": "list",
}
_BOTH_WAYS = ("ingress", "egress")
_INLINE = {
    **dict.fromkeys(("aws_security_group", "aws_default_security_group"), _BOTH_WAYS),
    **dict.fromkeys(("aws_network_acl", "aws_default_network_acl"), _BOTH_WAYS),
    **dict.fromkeys(("aws_route_table", "aws_default_route_table"), ("route",)),
}
_EVERYTHING = ("-1", "all")


def drop_repeated(bodies: Bodies) -> None:
    """Take out of groups, tables and ACLs what stands beside them as a resource of its own."""
    beside = {key for kind, body in bodies.values() for key in _standalone(kind, body)}
    for owner, (kind, body) in bodies.items():
        for name in _INLINE.get(kind, ()):
            if isinstance(parts := body.get(name), list):
                left = [_rest(part, kind, name, owner, beside) for part in parts]
                body[name] = [part for part in left if part is not None]


def _rest(part: Any, kind: str, name: str, owner: str, beside: set[_Key]) -> Any:
    """Give what is left of an inline block; None where nothing is."""
    if not isinstance(part, dict):
        return part
    if "security_group" in kind:
        return _rest_of_rule(part, name, owner, beside)
    number = _hashable(part.get("rule_no"))
    key = ("route", owner, _to(part)) if name == "route" else ("acl", owner, name, number)
    return None if key in beside else part


def _owner(value: Any) -> Any:
    return value.address if isinstance(value, Reference) else value


def _standalone(kind: str, body: Mapping[str, Any]) -> Iterator[_Key]:
    if kind in ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"):
        way, protocol = "ingress" if "ingress" in kind else "egress", body.get("ip_protocol")
        yield from _rules(body, way, _owner(body.get("security_group_id")), protocol)
    elif kind == "aws_security_group_rule":
        group = _owner(body.get("security_group_id"))
        yield from _rules(body, str(body.get("type")), group, body.get("protocol"))
    elif kind == "aws_route":
        to = {name.removeprefix("destination_"): value for name, value in body.items()}
        yield "route", _hashable(_owner(body.get("route_table_id"))), _to(to)
    elif kind == "aws_network_acl_rule":
        way = "egress" if body.get("egress") is True else "ingress"
        acl, number = _owner(body.get("network_acl_id")), body.get("rule_number")
        yield "acl", _hashable(acl), way, _hashable(number)


def _to(route: Mapping[str, Any]) -> Any:
    names = ("cidr_block", "ipv6_cidr_block", "prefix_list_id", "destination_prefix_list_id")
    return next((_hashable(route[name]) for name in names if route.get(name)), None)


def _rules(body: Mapping[str, Any], way: str, group: Any, protocol: Any) -> Iterator[_Key]:
    for name, kind in _PEERS.items():
        if (given := body.get(name)) is not None:
            for peer in given if isinstance(given, list) else [given]:
                yield _rule(body, way, group, protocol, kind, peer)
    if body.get("self") is True:
        yield _rule(body, way, group, protocol, "group", group)


def _rule(body: Mapping[str, Any], way: str, group: Any, protocol: Any, kind: str, peer: Any) -> _Key:
    ports = (
        None
        if str(protocol) in _EVERYTHING
        else (_hashable(body.get("from_port")), _hashable(body.get("to_port")))
    )
    return "rule", way, _hashable(group), str(protocol).lower(), ports, kind, _hashable(_owner(peer))


def _hashable(value: Any) -> Any:
    return value if isinstance(value, str | int | Reference | None) else repr(value)


def _rest_of_rule(part: dict[str, Any], way: str, group: str, beside: set[_Key]) -> dict[str, Any] | None:
    """Give what is left of an inline rule; None where nobody is."""
    protocol, rest = part.get("protocol"), dict(part)
    for name, kind in _PEERS.items():
        if isinstance(peers := part.get(name), list):
            rest[name] = [p for p in peers if _rule(part, way, group, protocol, kind, p) not in beside]
    if part.get("self") is True and _rule(part, way, group, protocol, "group", group) in beside:
        rest["self"] = False
    named = any(rest.get(name) for name in _PEERS) or rest.get("self") is True
    was_named = any(part.get(name) for name in _PEERS) or part.get("self") is True
    return rest if named or not was_named else None
