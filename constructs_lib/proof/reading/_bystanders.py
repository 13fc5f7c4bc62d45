"""Reads what is not modelled and refers to what is: nothing may be said about that without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.without_traffic import WAYS_IN, reason_without_traffic
from constructs_lib.proof.model.bystanders import Bystander
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.references import mentions, path_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from constructs_lib.terraform_json.document import Document

MODELLED = frozenset(
    (
        "aws_autoscaling_attachment",
        "aws_autoscaling_group",
        "aws_default_network_acl",
        "aws_default_route_table",
        "aws_default_security_group",
        "aws_default_subnet",
        "aws_default_vpc",
        "aws_ecs_service",
        "aws_internet_gateway",
        "aws_internet_gateway_attachment",
        "aws_lambda_alias",
        "aws_lambda_function",
        "aws_lambda_function_url",
        "aws_lambda_permission",
        "aws_lb",
        "aws_lb_listener",
        "aws_lb_listener_rule",
        "aws_lb_target_group",
        "aws_lb_target_group_attachment",
        "aws_main_route_table_association",
        "aws_nat_gateway",
        "aws_network_acl",
        "aws_network_acl_association",
        "aws_network_acl_rule",
        "aws_route",
        "aws_route_table",
        "aws_route_table_association",
        "aws_security_group",
        "aws_security_group_rule",
        "aws_subnet",
        "aws_vpc",
        "aws_vpc_endpoint",
        "aws_vpc_endpoint_route_table_association",
        "aws_vpc_endpoint_security_group_association",
        "aws_vpc_endpoint_subnet_association",
        "aws_vpc_ipv4_cidr_block_association",
        "aws_vpc_security_group_egress_rule",
        "aws_vpc_security_group_ingress_rule",
    )
)
"""The resource types that the other modules of this folder read."""

_ID = re.compile(r"\b(?:sg|subnet|vpc|rtb|vpce|igw|nat|acl)-[0-9a-f]{8,17}\b|\barn:aws[\w-]*:[^\s\"'}]+")
_PASSING_ON = ("local", "var", "output")
_ORDER_ONLY = ("depends_on", "lifecycle", "//", "tags", "tags_all")


def is_modelled(kind: str) -> bool:
    """Tell whether the other modules of this folder read a resource type."""
    return re.sub(r"^aws_alb\b", "aws_lb", kind) in MODELLED or kind.startswith("aws_alb")


def read_bystanders(
    document: Document, known: Collection[str], parties: Collection[str]
) -> tuple[Bystander, ...]:
    """Read module calls, types that are not modelled, and provisioners, as far as they refer to ``known``.

    known: ids that are written out and name something of the model. parties: addresses of resources that are
    understood as carriers of security groups.
    """
    touched = _Touches(document, known)
    return tuple(_all(document, touched, frozenset(parties)))


def _all(document: Document, touched: _Touches, parties: Collection[str]) -> Iterator[Bystander]:
    for address, call in document.module_calls.items():
        if found := touched.of(call.body, path_of(address)):
            yield Bystander(address, "is a module that was not read", found, writes_rules=True)
    for address, declaration in document.declared.items():
        kind, body = declaration.type, declaration.body
        if "provisioner" in body:
            yield Bystander(address, "runs a provisioner", frozenset({address}), writes_rules=True)
        if kind.startswith("data.") or is_modelled(kind):
            continue
        if kind in WAYS_IN:
            what = WAYS_IN[kind]
        elif address in parties or reason_without_traffic(kind) is not None:
            continue
        else:
            what = f"is of a type that this proof does not understand ({kind})"
        if found := touched.of(body, path_of(address)):
            yield Bystander(address, what, found, writes_rules=kind not in WAYS_IN)


class _Touches:
    """Finds what a body refers to, through local values, modules and data sources."""

    def __init__(self, document: Document, known: Collection[str]) -> None:
        self._references = document.references
        self._known = frozenset(known)
        self._through: dict[str, frozenset[str]] = {}

    def of(self, body: Any, path: str) -> frozenset[str]:
        """Give the addresses of modelled resources, and the known ids, that a body in a module names."""
        found: set[str] = set()
        for text in _texts(body):
            found |= self._known.intersection(_ID.findall(text))
        for address in mentions(body, path, _ORDER_ONLY):
            found |= self._meaning(address)
        return frozenset(found)

    def _meaning(self, address: str) -> frozenset[str]:
        if address not in self._through:
            self._through[address] = frozenset()  # a circle ends here
            kind = type_of(address)
            if is_modelled(kind):
                self._through[address] = frozenset({address})
            elif kind in _PASSING_ON or kind.startswith("data."):
                contents = self._references.contents.get(address, ())
                self._through[address] = frozenset().union(*(self.of(raw, path) for raw, path in contents))
        return self._through[address]


def _texts(value: Any) -> Iterator[str]:
    """Give every text of a body but those that only order or describe."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _ORDER_ONLY:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
