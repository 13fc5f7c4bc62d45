"""What a report consists of: sections with a table each, the same for Markdown and HTML."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain texts, lines of a cell parted by line breaks.

    code: columns of addresses. links: columns that hold the addresses of pages.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    code: frozenset[int] = frozenset()
    links: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report. ``wide``: its table is a matrix with many narrow columns."""

    key: str
    title: str
    intro: str
    tables: tuple[tuple[str, Table], ...] = field(default=())
    wide: bool = False


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A result of checkov: its check, the resource, ``passed``, ``failed`` or ``skipped``, and the reason."""

    check: str
    title: str
    address: str
    result: str
    reason: str = ""
