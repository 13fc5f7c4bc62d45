"""Who can stand before a door: workloads of the document, groups that exist elsewhere, the internet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from constructs_lib.proof.model.network import Group
from constructs_lib.proof.walking.answers import Blocked, CannotTell, Carried
from constructs_lib.proof.walking.arrivals import OPENING
from constructs_lib.proof.walking.parties import Party, internet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.local.reading.listeners import Listener
    from constructs_lib.proof.reachability import Reachability
    from constructs_lib.proof.walking.answers import Answer

INTERNET = "internet"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may ask. name: what people call it. party: what the proof calls it.

    kind: ``internet``, ``range``, ``function``, ``service``, ``carrier`` or ``caller``, which exists
    elsewhere.
    """

    name: str
    party: str
    kind: str


class Callers:
    """Finds callers, and asks the proof about them."""

    def __init__(self, reachability: Reachability, named: Mapping[str, str]) -> None:
        """named: security group ids of existing callers by the names that the environment file gives them."""
        self.reachability, self._named = reachability, named

    @cached_property
    def all(self) -> tuple[Caller, ...]:
        """Everybody of the document who opens connections, existing callers, and the internet."""
        found = [Caller(INTERNET, INTERNET, "internet")]
        found += [
            Caller(one.name.split(".", 1)[-1], one.address, one.kind)
            for one in self.reachability.model.interfaces.values()
            if one.kind in OPENING
        ]
        known = set(self._named.values())
        found += [Caller(name, group, "caller") for name, group in self._named.items()]
        found += [Caller(group, group, "caller") for group in self._foreign_groups() if group not in known]
        return tuple(found)

    def _foreign_groups(self) -> list[str]:
        """Ids of security groups that rules name and the document does not make."""
        model = self.reachability.model
        rules = [rule for group in model.groups.values() for rule in group.ingress.rules]
        named = [rule.peer.identity for rule in rules if isinstance(rule.peer, Group)]
        ids = [one for one in named if isinstance(one, str) and one.startswith("sg-")]
        return list(dict.fromkeys(ids))

    def find(self, name: str) -> Caller:
        """Give the caller that a name, an address, a group id or a range means.

        Raises LookupError for a name that nobody has.
        """
        for caller in self.all:
            if name in (caller.name, caller.party):
                return caller
        party = self.reachability.paths.parties.find(name)
        kind = getattr(party, "kind", "range")
        return Caller(
            str(party), getattr(party, "address", name), "caller" if kind == "security group" else kind
        )

    def answer(self, caller: Caller, listener: Listener) -> Answer:
        """Ask the proof whether a caller opens a connection to a listener's port."""
        return self.reachability.path(self._party(caller), listener.load_balancer, listener.port)

    def _party(self, caller: Caller) -> Party | str:
        return internet() if caller.party == INTERNET else caller.party

    def front_of(self, listener: Listener) -> Caller:
        """Give who stands before a public listener: the internet, or the first range that is let in.

        A listener that admits some ranges alone is asked from one of them, since nobody else gets in.
        """
        everybody = self.find(INTERNET)
        if not isinstance(self.answer(everybody, listener), Blocked):
            return everybody
        for exposure in self.reachability.exposures():
            if exposure.target == listener.load_balancer or exposure.port == listener.port:
                for source in exposure.sources:
                    try:
                        caller = self.find(source)
                        if isinstance(self.answer(caller, listener), Carried | CannotTell):
                            return caller
                    except LookupError:
                        continue
        return everybody
