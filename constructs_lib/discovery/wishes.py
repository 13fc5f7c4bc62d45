"""What an environment file, perhaps an unfinished one, says to ``discover``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_lib.discovery.free_place import TIERS, Wanted
from constructs_lib.discovery.inventory import Owner
from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.network.planning.cidr import parse_cidr
from constructs_lib.problem_words import MISSING

SLOTS = (1, 2, 4, 8, 16, 32)
_PLAN_KEYS = ("zone_slots", *(f"{tier}_{key}" for key in ("prefix", "block") for tier in TIERS))
_PRINTED = {"cidr", "block", "occupied", "availability_zones", "existing", *_PLAN_KEYS}


@dataclass(frozen=True)
class Wishes:
    """Whose subnets are own (None: nobody's), which region, and what the file asks of the network."""

    owner: Owner | None = None
    region: str | None = None
    wanted: Wanted = field(default_factory=Wanted)
    notes: tuple[str, ...] = ()


def read_wishes(file: Path | None, *, project: str | None, environment: str | None) -> Wishes:
    """What the options and the file say; options win.

    Raises ConfigError: only one of project and environment is named, or what the file has is of no use.
    """
    if file is None:
        return Wishes(owner=_owner(project, environment))
    content = read_toml(file)
    network = content.get("network", {})
    identity: dict[str, Any] = {
        "project": project or content.get("project", "app"),
        "environment": environment or content.get("environment", file.stem),
        "region": content.get("region"),
    }
    problems = [
        Problem(key, value, "is a text", "write it in quotes")
        for key, value in identity.items()
        if not isinstance(value, str) and not (key == "region" and value is None)
    ]
    problems += _network_problems(network)
    if problems:
        raise ConfigError(problems)
    return Wishes(
        owner=Owner(identity["project"], identity["environment"]),
        region=identity["region"],
        wanted=Wanted(
            block=network.get("block"),
            availability_zones=network.get("availability_zones", ()),
            sizes={key: network[key] for key in _PLAN_KEYS if key in network},
        ),
        notes=tuple(_kept(network)),
    )


def _owner(project: str | None, environment: str | None) -> Owner | None:
    if project is None and environment is None:
        return None
    if project and environment:
        return Owner(project, environment)
    missing = "--environment" if project else "--project"
    rule = "own subnets are known by project and environment together"
    raise ConfigError([Problem(missing, MISSING, rule, "name both, or the file with --environment-file")])


def _kept(network: Mapping[str, Any]) -> Iterator[str]:
    """What of the file's section is not printed again."""
    rest = [key for key in network if key not in _PRINTED]
    if rest:
        yield f"keep what the file has beside this: {', '.join(rest)}"


def _network_problems(network: Any) -> Iterator[Problem]:
    if not isinstance(network, dict):
        yield Problem("network", network, "is a table", "write [network]")
        return
    zones = network.get("availability_zones", [])
    if not isinstance(zones, list) or not all(isinstance(zone, str) for zone in zones):
        yield Problem("network.availability_zones", zones, "is a list of letters", 'write ["a", "b"]')
    for key, value in network.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if key == "zone_slots" and not (whole and value in SLOTS):
            yield Problem(f"network.{key}", value, f"is one of {', '.join(map(str, SLOTS))}", "write 8")
        elif key in _PLAN_KEYS and key.endswith("_prefix") and not (whole and 16 <= value <= 28):
            yield Problem(f"network.{key}", value, "is the size of a subnet, 16 to 28", "write 24")
        elif key == "block" or (key in _PLAN_KEYS and key.endswith("_block")):
            parsed = parse_cidr(str(value), field=f"network.{key}")
            if isinstance(parsed, Problem):
                yield parsed
