"""What a document holds beside the architecture, and this proof does not understand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bystander:
    """A module call, or a resource of a type that is not modelled, which refers to what is.

    what: in words, such as ``leads from an API Gateway``. touches: addresses and ids of modelled things.
    writes_rules: whether it may add rules to a security group that it names, beside carrying it.
    """

    address: str
    what: str
    touches: frozenset[str]
    writes_rules: bool

    def __str__(self) -> str:
        return self.address
