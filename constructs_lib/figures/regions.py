"""AWS's regions, their partitions and the letters of their availability zones (``regions.json``).

``python -m tools.region_table`` writes the table; it says where everything in it is from.
https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_DEFAULT = "aws"


def partition_of(region: str) -> str:
    """The partition of a region, also of one that is newer than the table: ``aws``, ``aws-cn``, ...

    Whatever has not the form of another partition's regions is in ``aws``.
    https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
    """
    found = (
        name
        for name, partition in region_table()["partitions"].items()
        if region in partition["zones"] or re.fullmatch(partition["region"], region)
    )
    return next(found, _DEFAULT)


def dns_suffix_of(region: str) -> str:
    """What the names of the region's hosts end with: ``amazonaws.com``, in China ``amazonaws.com.cn``."""
    suffix: str = region_table()["partitions"][partition_of(region)]["dns_suffix"]
    return suffix


@cache
def zone_letters() -> Mapping[str, str]:
    """The letters of the availability zones that an account may see, by region: ``{"us-east-1": "abcdef"}``.

    Every known region is there; the letters are empty where they are not known. Accounts differ: one may see
    fewer, and AWS adds zones.
    """
    partitions = region_table()["partitions"].values()
    return {region: letters for partition in partitions for region, letters in partition["zones"].items()}


@cache
def region_table() -> Mapping[str, Any]:
    """Return the table: ``partitions`` by name, with ``dns_suffix``, ``region`` (a pattern) and ``zones``."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return table
