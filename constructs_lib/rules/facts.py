"""What rules ask about: the document, its model, and what follows from both, each worked out once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from constructs_lib.environment.tables.quotas import AWS_QUOTAS
from constructs_lib.proof.walking.path import Paths
from constructs_lib.rules.verdicts import Doubt
from constructs_lib.terraform_json.addresses import base_address
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constructs_lib.environment import Quotas
    from constructs_lib.proof.model.network import Model
    from constructs_lib.rules.verdicts import Fault
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.references import References
    from constructs_lib.terraform_json.values import Identity


class Facts:
    """One document, as rules see it, and what AWS grants the account that it is for."""

    def __init__(self, model: Model, quotas: Quotas = AWS_QUOTAS) -> None:
        self.model, self.document, self.quotas = model, model.document, quotas

    @cached_property
    def paths(self) -> Paths:
        """Who reaches whom."""
        return Paths(self.model)

    def unless_elsewhere(self, identities: Iterable[Identity], faults: Iterable[Fault]) -> Iterator[Fault]:
        """Doubt that something is missing where what is not understood may make it for one of them."""
        doubts = self.paths.bystanders.doubts(identities, rules_only=True)
        for fault in faults:
            is_sure = isinstance(fault, str) and not doubts
            yield fault if is_sure or isinstance(fault, Doubt) else Doubt(f"{doubts[0].why}; else it {fault}")

    @cached_property
    def order(self) -> Order:
        """What Terraform makes before what."""
        return Order(self.document.references)

    @cached_property
    def _regions(self) -> dict[str, str | Unknown]:
        found: dict[str, str | Unknown] = {}
        for provider in self.document.providers:
            region = provider.text("region")
            found[str(provider.body.get("alias") or "")] = region or Unknown("the provider's region")
        return found

    def region(self, block: Block) -> str | Unknown:
        """Give the region of a resource: its own, or that of its configuration of the provider."""
        own = block.text("region")
        if own is not None:
            return own
        alias = str(block.body.get("provider") or "").strip("${}").partition(".")[2]
        return self._regions.get(alias, Unknown(f"the region of provider aws{alias and '.'}{alias}"))


class Order:
    """In which order Terraform makes things: after all that they refer to or depend on."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._before: dict[str, frozenset[str]] = {}

    def is_after(self, later: str, *earlier: str) -> bool:
        """Tell whether one thing waits for at least one of others, whichever way."""
        before = self.before(base_address(later))
        return any(base_address(address) in before for address in earlier)

    def before(self, address: str) -> frozenset[str]:
        """Give everything that has to be there before a thing is made."""
        if address not in self._before:
            self._before[address] = frozenset(self._collect(address))
        return self._before[address]

    def _collect(self, address: str) -> set[str]:
        seen: set[str] = set()
        waiting = [*self._references.waits_for(address)]
        while waiting:
            if (found := waiting.pop()) not in seen:
                seen.add(found)
                waiting += self._references.waits_for(found)
        return seen
