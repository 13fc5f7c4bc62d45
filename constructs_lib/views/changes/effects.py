"""What a comparison means for those who are served: interruptions and refusals, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from constructs_lib.figures.changes.effects import BACKEND, Effect, effects
from constructs_lib.problem_words import listed
from constructs_lib.terraform_json.addresses import short_name
from constructs_lib.views.changes.cases import CASES
from constructs_lib.views.changes.comparison import Comparison, Difference


@dataclass(frozen=True)
class Finding:
    """One row of the table that holds for a change.

    addresses: the resources, those that the same is to be said of together. words: why, or what is away.
    steps: what leads there; a step that begins with ``$`` is a command.
    """

    effect: Effect
    addresses: tuple[str, ...]
    words: str
    steps: tuple[str, ...]

    @property
    def ends(self) -> Literal["b", "c"]:
        """``b``: carried out with an interruption. ``c``: refused by AWS in place."""
        return self.effect.ends

    @property
    def title(self) -> str:
        """What it is about, with the minutes or AWS's error code."""
        named = listed(self.addresses, most=4)
        if self.ends == "c":
            code = f" ({self.effect.code})" if self.effect.code else ""
            return f"refused in place{code}: {named}: {self.words}"
        lasting = (
            f"interrupted for about {self.effect.minutes} min" if self.effect.minutes else "from then on"
        )
        return f"{lasting}: {named}: {self.words}"


def findings(comparison: Comparison) -> list[Finding]:
    """Everything that the table says of a comparison: refusals first, in the table's order."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    of_name = {effect.name: effect for effect in effects()}
    for effect in effects():
        for address, words in _matches(effect, comparison):
            steps = tuple(step.format_map({"address": address, **words}) for step in effect.steps)
            said = effect.words.format_map({"address": address, **words})
            found.setdefault((effect.name, steps), {})[short_name(address)] = said
    made = [
        Finding(of_name[name], tuple(said), "; ".join(dict.fromkeys(said.values())), steps)
        for (name, steps), said in found.items()
    ]
    return sorted(made, key=lambda one: one.ends, reverse=True)


def refusals(found: Sequence[Finding]) -> list[Finding]:
    """Those that AWS refuses."""
    return [one for one in found if one.ends == "c"]


def ending(comparison: Comparison) -> Literal["a", "b", "c"]:
    """How a change ends: without interruption, with one, or refused."""
    ends = {one.ends for one in findings(comparison)}
    return "c" if "c" in ends else "b" if "b" in ends else "a"


def lines(found: Sequence[Finding]) -> Iterator[str]:
    """Give what is said of findings, line by line."""
    for one in found:
        yield one.title
        yield from (f"    {step}" for step in one.steps)


def _matches(effect: Effect, comparison: Comparison) -> Iterator[tuple[str, dict[str, str]]]:
    if effect.type_name == BACKEND:
        if comparison.moves_state:
            yield BACKEND, {}
        return
    for change in comparison.differences:
        if change.action in effect.on and effect.type_name in ("*", change.type_name):
            words = CASES[effect.case](change, comparison) if effect.case else {}
            if words is not None:
                yield change.address, {"name": _name(change), **words}


def _name(change: Difference) -> str:
    """What the thing is called in AWS, as far as it is written out."""
    text = change.before.text("name") if change.before else None
    return text if isinstance(text, str) else short_name(change.address)
