"""What a rule says about a resource, and the small steps that most rules are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from constructs_lib.figures.bounds import Bounds
    from constructs_lib.figures.rule_names import Severity
    from constructs_lib.terraform_json.block import Block

Outcome = Literal["kept", "broken", "not applicable", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why this document cannot tell."""

    why: str


Fault = str | Doubt
"""What is wrong, or may be, with a resource whose address stands beside it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found out about one address."""

    address: str
    outcome: Outcome
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """A rule's verdict on one resource.

    rule: its name. asks: what it asks for. source: the page that says so. address: empty where the document
    has nothing that the rule speaks of. sentence: what is wrong, or what the document does not tell.
    """

    rule: str
    severity: Severity
    asks: str
    figure: str
    source: str
    verdict: Outcome
    address: str = ""
    sentence: str = ""

    def __str__(self) -> str:
        return f"{self.rule} ({self.severity}): {self.address}: {self.sentence or self.verdict}"


def judge(address: str, faults: Iterable[Fault]) -> Finding:
    """Put what was found about one address together: what is wrong for sure goes before what may be."""
    found = list(dict.fromkeys(faults))
    wrong = [fault for fault in found if isinstance(fault, str)]
    doubts = [fault.why for fault in found if isinstance(fault, Doubt)]
    if wrong or doubts:
        return Finding(address, "broken" if wrong else "cannot tell", "; ".join(wrong or doubts))
    return Finding(address, "kept")


def each(blocks: Iterable[Block], faults: Callable[[Block], Iterable[Fault]]) -> Iterator[Finding]:
    """Judge every block by itself."""
    for block in blocks:
        yield judge(block.address, faults(block))


def open_value(name: str, value: object) -> Doubt:
    """Say that an attribute's value is only known to an apply."""
    return Doubt(f"{name} ({value}) is not in this document")


def within_limits(block: Block, name: str, bounds: Bounds, unit: str = "") -> Iterator[Fault]:
    """Ask that a number, where it is given, lies in AWS's limits."""
    value = block.number(name)
    if isinstance(value, Unknown):
        yield open_value(name, value)
    elif value is not None and not bounds.hold(value):
        yield f"{name} is {value}{unit}; AWS takes {bounds}"


def at_most(number: int, limit: int, what: str) -> Iterator[Fault]:
    """Ask that there are no more of something than AWS takes."""
    if number > limit:
        yield f"has {number} {what}; AWS takes {limit}"


def of_answer(answer: Answer) -> Iterator[Fault]:
    """Turn an answer of the proof into what is wrong."""
    if isinstance(answer, Blocked):
        yield answer.why
    elif isinstance(answer, CannotTell):
        yield Doubt(answer.why)


def given(block: Block, name: str) -> bool | None:
    """Tell whether an attribute is written and not null; None where that is an open value."""
    value = block.settled(name)
    return None if isinstance(value, Unknown) and block.get(name) == value else value not in (None, "", [])


def is_first_made(block: Block) -> bool | Unknown:
    """Tell whether a replacement of the block is made before the old one goes."""
    if block.document.kind != "configuration":
        return Unknown(f"{block.address}.lifecycle")  # neither a plan nor a state has it
    lifecycle = block.blocks("lifecycle")
    return lifecycle[0].flag("create_before_destroy", False) if lifecycle else False
