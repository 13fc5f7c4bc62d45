"""What an environment file, perhaps an unfinished one, says to ``discover``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from constructs_lib.discovery.free_place import TIERS, Wanted
from constructs_lib.discovery.inventory import Owner
from constructs_lib.environment.load import in_file_order
from constructs_lib.environment.reading.draft import understand
from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.environment.tables.network import NetworkSettings
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.vpc import SMALLEST_SUBNET
from constructs_lib.network.planning.cidr import parse_cidr
from constructs_lib.network.planning.layout import Tier
from constructs_lib.network.planning.setting_checks import prefix_problems, slot_problems
from constructs_lib.problem_words import MISSING

_PLAN_KEYS = ("zone_slots", *(f"{tier}_{key}" for key in ("prefix", "block") for tier in TIERS))
_PRINTED = ("cidr", "block", "occupied", "availability_zones", "existing", *_PLAN_KEYS)
_USED = {"network", *(f"network.{key}" for key in ("block", "availability_zones", *_PLAN_KEYS))}


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
    draft, found = understand({"environment": file.stem, **content}, Path())
    identity = {"project": project, "environment": environment, "region": None}
    used = _USED | {key for key, option in identity.items() if option is None}
    problems = [problem for problem in found if problem.field in used and problem.value is not MISSING]
    settings = draft.environment.network
    problems += _size_problems(settings)
    if problems:
        raise ConfigError(in_file_order(problems, content))
    written = settings.model_dump(include=settings.model_fields_set)
    return Wishes(
        owner=Owner(project or draft.environment.project, environment or draft.environment.environment),
        region=content.get("region"),
        wanted=Wanted(
            block=settings.block,
            availability_zones=written.get("availability_zones", ()),
            sizes={key: written[key] for key in _PLAN_KEYS if key in written},
        ),
        notes=tuple(_kept(content.get("network", {}))),
    )


def _owner(project: str | None, environment: str | None) -> Owner | None:
    if project is None and environment is None:
        return None
    if project and environment:
        return Owner(project, environment)
    missing = "--environment" if project else "--project"
    rule = "own subnets are known by project and environment together"
    raise ConfigError([Problem(missing, MISSING, rule, "name both, or the file with --environment-file")])


def _kept(network: Iterable[str]) -> Iterator[str]:
    """What of the file's section is not printed again."""
    rest = [key for key in network if key not in _PRINTED]
    if rest:
        yield f"keep what the file has beside this: {', '.join(rest)}"


def _size_problems(settings: NetworkSettings) -> Iterator[Problem]:
    """What the plan's sizes and blocks break by themselves, wherever the plan will lie."""
    written = {key: value for key, value in settings.plan_arguments().items() if value is not None}
    yield from slot_problems(settings.zone_slots)
    prefixes = {tier: written[f"{tier}_prefix"] for tier in TIERS if f"{tier}_prefix" in written}
    yield from prefix_problems([Tier(tier, prefix, SMALLEST_SUBNET) for tier, prefix in prefixes.items()])
    for key in ("block", *(f"{tier}_block" for tier in TIERS)):
        parsed = parse_cidr(written[key], field=f"network.{key}") if key in written else None
        if isinstance(parsed, Problem):
            yield parsed
