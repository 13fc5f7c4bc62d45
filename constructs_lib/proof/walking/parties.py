"""Who can stand at either end of a question: something of the document, a range of addresses, an AWS
service.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.figures.endpoint_services import KNOWN_SERVICES
from constructs_lib.proof.model.workloads import Interface
from constructs_lib.proof.walking.addresses import EVERYWHERE, EVERYWHERE_IPV6, Network, network
from constructs_lib.terraform_json.addresses import short_name, type_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.proof.model.network import Model


@dataclass(frozen=True, slots=True)
class Range:
    """Addresses outside of what the document builds."""

    networks: tuple[Network, ...]
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class AwsService:
    """An AWS service under its own name, however its address resolves; ``prefix_list`` where only that is
    meant.
    """

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The addresses of a prefix list: a gateway endpoint's (with its service), or one known by its id."""

    identity: Identity
    service: str | None = None

    def __str__(self) -> str:
        return self.service or f"the prefix list {self.identity}"


Party = Interface | Range | AwsService | Prefixes


def internet(range_: str | None = None) -> Range:
    """Everybody on the internet, or those of one range such as ``"203.0.113.0/24"``.

    Raises ValueError for a text that is no range.
    """
    if range_ is None:
        return Range((EVERYWHERE,), "the internet")
    found = network(range_)
    if isinstance(found, Unknown):
        raise ValueError(f"{range_!r} is no range of addresses: write one like 203.0.113.0/24")
    return Range((found,), "the internet" if found in (EVERYWHERE, EVERYWHERE_IPV6) else str(found))


def aws_service(name: str) -> AwsService:
    """An AWS service by its short name, such as ``"logs"``, also one that no endpoint serves."""
    return AwsService(name)


class Parties:
    """Finds parties by what people call them: an address, a short name, a group id, a range, a service."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.services = {endpoint.service for endpoint in model.endpoints.values()} | KNOWN_SERVICES
        self._short: Mapping[str, list[Interface]] = self._names()

    def _names(self) -> dict[str, list[Interface]]:
        names: dict[str, list[Interface]] = {}
        for interface in self.model.interfaces.values():
            names.setdefault(short_name(interface.address), []).append(interface)
        for function in self.model.functions.values():
            names.setdefault(str(function.function_name), []).append(function.interface)
        return names

    def find(self, party: Party | str) -> Party:
        """Give the party that is meant. Raises LookupError for a name that nothing or more than one thing
        has.
        """
        if not isinstance(party, str):
            return party
        if party == "internet":
            return internet()
        if party in self.model.interfaces:
            return self.model.interfaces[party]
        if party.startswith("sg-") or type_of(party) in ("aws_security_group", "aws_default_security_group"):
            return self._group(party)
        if party.startswith("pl-"):
            return Prefixes(party)
        return self._named(party)

    def _named(self, name: str) -> Party:
        found = list(dict.fromkeys(self._short.get(name, ())))
        workloads = [interface for interface in found if interface.kind in ("function", "service")]
        if len(workloads or found) == 1:
            return (workloads or found)[0]
        if not found and name in self.services:
            return AwsService(name)
        ranges = network(name)
        if not isinstance(ranges, Unknown):
            return Range((ranges,), str(ranges))
        if found:
            raise LookupError(f"{name!r} may be {' or '.join(i.address for i in found)}: give the address")
        close = difflib.get_close_matches(name, [*self._short, *self.services], n=3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise LookupError(f"nothing in the document is called {name!r}{hint}")

    def _group(self, identity: str) -> Interface:
        if self.model.groups.get(identity) is None and not identity.startswith("sg-"):
            raise LookupError(f"the document has no {identity}")
        return self.group(identity)

    def group(self, identity: str) -> Interface:
        """Give whoever carries a security group, also one that the document does not have."""
        group = self.model.groups.get(identity)
        vpc = group.vpc if group is not None else Unknown(f"the VPC of {identity}")
        return Interface(identity, identity, "security group", vpc, (), (identity,))
