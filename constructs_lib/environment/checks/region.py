"""Whether the region is one of AWS's, its zones are letters that AWS uses, and ARNs are of its partition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.errors import Problem
from constructs_lib.figures.regions import partition_of, zone_letters
from constructs_lib.option_checks import known_region, known_zones
from constructs_lib.problem_words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.environment.tables.environment import Environment


_ARN = re.compile(r"arn:(aws[a-z-]*):")
_FREE_TEXT = {"environment", "tags", "waivers"}
"""Tables whose texts mean nothing to AWS."""


def check_region(draft: Draft) -> Iterator[Problem]:
    """The region is known, no zone has a letter that no region has, and no ARN is of another partition.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    region = draft.environment.region
    if not draft.unknown("region"):
        yield from known_region("region", region)
        here = partition_of(region)
        for place, arn in _arns(draft.environment.model_dump(exclude_defaults=True), ()):
            if arn.split(":")[1] != here:
                rule = f"is of another partition of AWS than {region}, which nothing there can use"
                yield Problem(".".join(place), arn, rule, f"its ARNs begin with arn:{here}:")
    if not draft.any_unknown(("network",), "availability_zones"):
        letters = draft.environment.network.availability_zones
        yield from known_zones("network.availability_zones", letters, region)


def _arns(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ARNs in a file, each with its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in _FREE_TEXT:
                yield from _arns(item, (*place, str(key)))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _arns(item, place)
    elif isinstance(value, str) and _ARN.match(value):
        yield place, value


def region_warnings(environment: Environment) -> Iterator[Problem]:
    """Letters that the region is not known to have; an account may see others, and AWS adds zones."""
    here = zone_letters().get(environment.region)
    for letter in environment.network.availability_zones:
        if here and letter not in here:
            rule = f"{environment.region} is not known to have this zone"
            way_out = f"it is known to have {listed(here)}; `aws ec2 describe-availability-zones` shows yours"
            yield Problem("network.availability_zones", letter, rule, way_out)
