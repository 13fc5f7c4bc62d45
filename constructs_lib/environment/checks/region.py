"""Whether the region is one of AWS's, and its zones are letters that AWS uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.figures.regions import zone_letters
from constructs_lib.problem_words import did_you_mean, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment


def check_region(draft: Draft) -> Iterator[Problem]:
    """The region is known, and no zone has a letter that no region has."""
    known = zone_letters()
    region = draft.environment.region
    if not draft.unknown("region") and region not in known:
        rule = "is no region of AWS that this version knows"
        alike = sorted(known, key=lambda name: (name.partition("-")[0] != region.partition("-")[0], name))
        hint = did_you_mean(region, alike)
        yield Problem("region", region, rule, f"{hint}write one such as {quoted('us-east-1')}")
    if draft.any_unknown(("network",), "availability_zones"):
        return
    used = sorted(set("".join(known.values())))
    for letter in draft.environment.network.availability_zones:
        if len(letter) == 1 and letter not in used:
            rule = f"no region of AWS has a zone of this letter: they are {used[0]} to {used[-1]}"
            here = known.get(region)
            way_out = f"{region} has {listed(here)}" if here else "name others"
            yield Problem("network.availability_zones", letter, rule, way_out)


def region_warnings(environment: Environment) -> Iterator[Problem]:
    """Letters that the region is not known to have; an account may see others, and AWS adds zones."""
    here = zone_letters().get(environment.region)
    for letter in environment.network.availability_zones:
        if here and letter not in here:
            rule = f"{environment.region} is not known to have this zone"
            way_out = f"it is known to have {listed(here)}; `aws ec2 describe-availability-zones` shows yours"
            yield Problem("network.availability_zones", letter, rule, way_out)
