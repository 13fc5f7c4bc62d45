"""What AWS refuses because of what is live at that moment (``in_use.json``).

The provider stand-in refuses by this table; it also says beforehand what an apply would meet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
VERSION = "aws_lambda_function:version"
"""Stands for a published version of a function, which is no resource of Terraform's: it keeps the subnets and
groups that its function had, and goes with it."""


@dataclass(frozen=True)
class Law:
    """One thing that AWS refuses.

    code: AWS's error code. retried_min: minutes for which the provider tries again, 0 for not at all.
    source: AWS's page. provider: the provider's source file.
    """

    type_name: str
    refused_while: str
    code: str
    source: str
    provider: str
    retried_min: int = 0


@dataclass(frozen=True)
class Use(Law):
    """A deletion that is refused while other things hold this one.

    known_by: the attributes by which they hold it. users: their arguments, by type; the argument of
    ``but_not_its_own`` names the owner, which does not count.
    """

    known_by: tuple[str, ...] = ()
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    but_not_its_own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled(Law):
    """A deletion that is refused while something is in it, unless the argument ``unless`` is true."""

    unless: str = ""


@dataclass(frozen=True)
class Taken(Law):
    """What is unique ``together``: in a region and account, or ``everywhere`` in the account.

    when: only where this argument is true.
    """

    together: tuple[str, ...] = ()
    everywhere: bool = False
    when: str | None = None


@dataclass(frozen=True)
class Part:
    """A thing that goes with the one ``of`` another type that its argument ``by`` names."""

    of: str
    by: str


@cache
def uses() -> dict[str, Use]:
    """Return the deletions that users of a thing prevent, by its type."""
    return {
        name: Use(
            **_law(name, row),
            known_by=tuple(row["known_by"]),
            users={user: tuple(paths) for user, paths in row["users"].items()},
            but_not_its_own=row.get("but_not_its_own", {}),
        )
        for name, row in _table()["used"].items()
    }


@cache
def filled() -> dict[str, Filled]:
    """Return the deletions that contents prevent, by type."""
    return {name: Filled(**_law(name, row), unless=row["unless"]) for name, row in _table()["filled"].items()}


@cache
def taken() -> dict[str, Taken]:
    """Return the names and numbers that two live things cannot have, by type."""
    return {
        name: Taken(
            **_law(name, {"refused_while": f"another one has its {', '.join(row['together'])}", **row}),
            together=tuple(row["together"]),
            everywhere=row.get("everywhere", False),
            when=row.get("when"),
        )
        for name, row in _table()["taken"].items()
    }


@cache
def others() -> dict[str, Law]:
    """Return the laws that need more than a look at arguments, by name."""
    return {name: Law(**_law(row["type"], row)) for name, row in _table()["other"].items()}


@cache
def parts() -> dict[str, Part]:
    """Return what goes with another thing, by its type."""
    return {name: Part(**row) for name, row in _table()["parts"].items()}


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table


def _law(type_name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type_name": type_name,
        "refused_while": row["refused_while"],
        "code": row["code"],
        "source": _table()["base"] + row["source"],
        "provider": _table()["provider_base"] + row["provider"],
        "retried_min": row.get("retried_min", 0),
    }
