"""List prices of what a stack uses, by region; a user's file overrides ours price by price."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem

# As AWS's calculator has it: https://calculator.aws
HOURS_PER_MONTH = 730
# https://aws.amazon.com/elasticloadbalancing/pricing/
LCU = (
    "25 new connections a second, 3,000 active ones, or 0.4 GB an hour to Lambda and 1 GB to "
    "tasks, whichever is most"
)
BUILT_IN = Path(__file__).with_name("prices.json")
_WAY_OUT = "write it like the built-in prices.json: regions, in each the names of prices and their amounts"


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of one region in US dollars; empty where none are known.

    date: the day of the list. sources: the page of each price.
    """

    region: str
    amounts: Mapping[str, Decimal]
    date: str
    sources: Mapping[str, str]

    def get(self, name: str) -> Decimal | None:
        """Give one price, None where it is not known."""
        return self.amounts.get(name)


def load_prices(region: str, overrides: Path | None = None) -> Prices:
    """Give the prices of a region: ours, with those of the file ``overrides`` instead where it has some.

    Raises:
        ConfigError: the file cannot be read, or is not of the built-in one's form.
    """
    ours = json.loads(BUILT_IN.read_text(encoding="utf-8"))
    theirs = _read(overrides) if overrides else {}
    amounts = {name: Decimal(text) for name, text in ours["regions"].get(region, {}).items()}
    amounts |= _amounts(overrides, theirs, region, set(ours["sources"]))
    sources = {**ours["sources"], **theirs.get("sources", {})}
    return Prices(region, amounts, str(theirs.get("date", ours["date"])), sources)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ConfigError([_problem(path, f"can't be read as JSON: {fault}")]) from fault
    sections = ("regions", "sources")
    if not isinstance(found, dict) or not all(isinstance(found.get(name, {}), dict) for name in sections):
        raise ConfigError([_problem(path, "is no object with an object of regions")])
    return found


def _amounts(path: Path | None, file: Mapping[str, Any], region: str, known: set[str]) -> dict[str, Decimal]:
    prices = file.get("regions", {}).get(region, {})
    if not isinstance(prices, dict):
        raise ConfigError([_problem(path, f"regions.{region} is no object")])
    amounts: dict[str, Decimal] = {}
    problems = []
    for name, text in prices.items():
        amount = _amount(text)
        if name not in known or amount is None:
            rule = f"regions.{region}.{name} = {text!r} is no price that is asked for, or no amount"
            problems.append(_problem(path, rule))
        else:
            amounts[name] = amount
    if problems:
        raise ConfigError(problems)
    return amounts


def _amount(text: Any) -> Decimal | None:
    """Read a number that is not negative, also one written as a string."""
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 and not isinstance(text, bool) else None


def _problem(path: Path | None, rule: str) -> Problem:
    return Problem("prices", str(path), rule, _WAY_OUT)
