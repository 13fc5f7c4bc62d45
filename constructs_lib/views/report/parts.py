"""What a report consists of: sections with a table each, the same for Markdown and HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain texts, lines of a cell parted by line breaks. ``code``: columns of addresses."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    code: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report. ``wide``: its table is a matrix with many narrow columns."""

    key: str
    title: str
    intro: str
    tables: tuple[tuple[str, Table], ...] = field(default=())
    wide: bool = False


class RuleVerdict(Protocol):
    """An AWS rule and what became of it; ``severity`` and ``verdict`` are words, ``source`` is the page."""

    @property
    def number(self) -> int:
        """Its number in the list of rules."""

    @property
    def rule(self) -> str:
        """The rule in words."""

    @property
    def figure(self) -> str:
        """The figure that AWS gives."""

    @property
    def severity(self) -> str:
        """How bad it is to break it."""

    @property
    def source(self) -> str:
        """Where AWS says so."""

    @property
    def verdict(self) -> str:
        """What became of it."""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A result of checkov: its check, the resource, ``passed``, ``failed`` or ``skipped``, and the reason."""

    check: str
    title: str
    address: str
    result: str
    reason: str = ""
