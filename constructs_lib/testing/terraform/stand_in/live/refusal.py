"""A refusal as AWS words it: what, the error code, why, who uses it, and the page with the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from constructs_lib.figures.changes.effects import way_out_of
from constructs_lib.figures.changes.in_use import Law
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject

_DOING = {"create": "creating", "update": "updating", "delete": "deleting"}


@dataclass(frozen=True)
class RefusedChange:
    """What a test sees of a refusal.

    operation: create, update or delete. address: of what was to be changed, ``None`` where no plan names it.
    code: AWS's error code. used_by: addresses, or types and names, of what stands in the way. source: the
    page with AWS's rule. retried_min: the minutes for which the provider would try again. way_out: how one
    gets there all the same, where the table of changes says so.
    """

    operation: str
    address: str | None
    code: str
    reason: str
    used_by: tuple[str, ...]
    source: str
    retried_min: int = 0
    way_out: str = ""

    def __str__(self) -> str:
        """What the provider adds to its error: the users, the page, how long it would try."""
        lines = [f"Used by {', '.join(self.used_by)}."] if self.used_by else []
        if self.retried_min:
            lines.append(f"The provider would try again for {self.retried_min} min before it says so.")
        if self.way_out:
            lines.append(f"Way out: {self.way_out}.")
        return "\n".join([*lines, f"Rule: {self.source}"])


@dataclass(frozen=True)
class Refusal:
    """What AWS answers instead of carrying out a change, by a law of ``in_use.json``.

    blocking: the live things because of which it does. said: what AWS adds in this case.
    """

    change: Change
    law: Law
    blocking: tuple[LiveObject, ...] = ()
    said: str = ""

    @property
    def summary(self) -> str:
        """Operation, thing, error code and reason, as the provider puts them into its error."""
        thing = self.change.thing
        called = str(thing) if self.change.before else f"{thing.type_name} {thing.name}".rstrip()
        return f"{_DOING[self.change.operation]} {called}: {self.law.code}: {self._reason}"

    def seen(self, address: str | None, name: Callable[[LiveObject], str]) -> RefusedChange:
        """The refusal in addresses, which ``name`` gives for what stands in the way."""
        users = tuple(sorted(set(map(name, self.blocking))))
        law = self.law
        return RefusedChange(
            operation=self.change.operation,
            address=address,
            code=law.code,
            reason=self._reason,
            used_by=users,
            source=law.source,
            retried_min=law.retried_min,
            way_out=way_out_of(law),
        )

    @property
    def _reason(self) -> str:
        return self.said or self.law.refused_while


def refuse(change: Change, law: Law, blocking: Iterable[LiveObject] = (), said: str = "") -> Refusal:
    """A refusal by that law."""
    return Refusal(change, law, tuple(blocking), said)
