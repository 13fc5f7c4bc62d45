"""Names of several environments in one account: no two may be the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from constructs_lib.environment.tables.environment import Environment

APART = (
    "give one another environment that begins otherwise, like eu-prod beside prod, or write both account_id "
    "if they are in different accounts"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides about the names of an environment. account_id: empty where the file has none."""

    prefix: str
    account_id: str = ""


def naming_in(environment: Environment) -> Naming:
    """Give the naming of an environment that was loaded."""
    return Naming(environment.name_prefix, environment.account_id or "")


def naming_of(path: Path) -> Naming | None:
    """Give the naming of a file as it is written, without checking anything else; None for what is none."""
    try:
        written = read_toml(path)
    except ConfigError:
        return None
    project, environment = written.get("project", "app"), written.get("environment", path.stem)
    account_id = written.get("account_id", "")
    return Naming(f"{project}-{environment}", account_id if isinstance(account_id, str) else "")


def continued(one: Naming, other: Naming, name: str) -> str:
    """Say how one naming continues the other, or is continued by it, in one account; empty if they are apart.

    ``shop-prod`` with a function ``eu-inventory`` and ``shop-prod-eu`` with ``inventory`` name the same role,
    function and log group. Prefixes of which none continues another never meet. name: of the other file.
    """
    if one.account_id and other.account_id and one.account_id != other.account_id:
        return ""
    for shorter, longer in ((one, other), (other, one)):
        if longer.prefix.startswith(f"{shorter.prefix}-"):
            rest = longer.prefix[len(shorter.prefix) + 1 :]
            return (
                f"names of {longer.prefix} continue those of {shorter.prefix}, beside {name}: a workload "
                f"{rest}-x of the one would have the role, function and log group of x of the other"
            )
    return ""
