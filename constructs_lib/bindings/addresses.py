"""Terraform addresses: the construct path joined with ``_``, without cdktf's hashes.

Terraform identifies a resource by its address, so an address is a promise. cdktf merges two resources of one
address silently; here that is an error.
"""

from __future__ import annotations

import re
from typing import TypeVar
from weakref import WeakKeyDictionary

from constructs_lib.bindings.classes import Construct, TerraformElement, TerraformStack
from constructs_lib.bindings.flavour import flavour
from constructs_lib.errors import ConfigError, Problem

Element = TypeVar("Element", bound=TerraformElement)

# https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

_taken: WeakKeyDictionary[TerraformStack, dict[tuple[str, str], str]] = WeakKeyDictionary()


class Address:
    """The address that a construct's own resources take: its path below its stack, joined with ``_``."""

    def __init__(self, construct: Construct) -> None:
        self.stack = TerraformStack.of(construct)
        self.path = construct.node.path
        below = self.path.removeprefix(self.stack.node.path).strip("/")
        self.name = below.replace("/", "_")

    def give(self, element: Element, *parts: str) -> Element:
        """Name the element after the construct, followed by ``parts``, and return it.

        Raises:
            ConfigError: an element of the same kind in the stack has that address already, or Terraform can't
                read it.
        """
        return self.give_whole(element, "_".join((self.name, *parts) if self.name else parts))

    def give_whole(self, element: Element, name: str) -> Element:
        """Name the element ``name`` and return it; for names that begin with another construct's.

        Raises:
            ConfigError: as ``give``.
        """
        kind = _kind(element)
        if not _IDENTIFIER.fullmatch(name):
            rule = "a name in Terraform is letters, digits, _ and -, and does not begin with a digit or -"
            raise ConfigError([Problem(self.path, name, rule, "give the construct another id or label")])
        taken = _taken.setdefault(self.stack, {})
        if (kind, name) in taken:
            rule = (
                f"{taken[kind, name]} in the same stack has the Terraform address {name} of that kind already"
            )
            raise ConfigError([Problem(self.path, kind, rule, "give one of the two constructs another id")])
        taken[kind, name] = self.path
        element.override_logical_id(name)
        return element


def _kind(element: TerraformElement) -> str:
    """``aws_lb`` for an ``aws.Lb`` and what is derived from it; the class's name outside of a provider."""
    ours = flavour()
    for each in type(element).__mro__:
        package, _, module = each.__module__.rpartition(".")
        if package == ours.provider:
            return module if module.startswith("data_") else f"aws_{module}"
        if each.__module__ == ours.name:
            return each.__name__
    return type(element).__name__


def address_of(construct: Construct) -> Address:
    """Return the address that the construct's own resources take."""
    return Address(construct)


def addresses_in(stack: TerraformStack) -> list[str]:
    """The addresses of the resources that constructs of this project made in the stack."""
    taken = _taken.get(stack, {})
    return sorted(f"{kind}.{name}" for kind, name in taken if kind.startswith("aws_"))
