"""Whether the region is one of AWS's, and its zones are letters that AWS uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.figures.regions import zone_letters
from constructs_lib.option_checks import known_region, known_zones
from constructs_lib.problem_words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment


def check_region(draft: Draft) -> Iterator[Problem]:
    """The region is known, and no zone has a letter that no region has."""
    region = draft.environment.region
    if not draft.unknown("region"):
        yield from known_region("region", region)
    if not draft.any_unknown(("network",), "availability_zones"):
        letters = draft.environment.network.availability_zones
        yield from known_zones("network.availability_zones", letters, region)


def region_warnings(environment: Environment) -> Iterator[Problem]:
    """Letters that the region is not known to have; an account may see others, and AWS adds zones."""
    here = zone_letters().get(environment.region)
    for letter in environment.network.availability_zones:
        if here and letter not in here:
            rule = f"{environment.region} is not known to have this zone"
            way_out = f"it is known to have {listed(here)}; `aws ec2 describe-availability-zones` shows yours"
            yield Problem("network.availability_zones", letter, rule, way_out)
