"""Writes figures/regions.json: AWS's partitions and regions as botocore has them, zones as moto has them.

Run as ``python -m tools.region_table`` after a change of either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import botocore
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

TABLE = Path(__file__).parent.parent / "constructs_lib" / "figures" / "regions.json"
# Zones that moto does not list and accounts have: those of us-west-1 and ap-northeast-1 differ between
# accounts, and cn-north-1 has got a third one.
# https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
# https://github.com/jsonmaur/aws-regions
MORE_LETTERS = {"ap-northeast-1": "abcd", "cn-north-1": "abd", "us-west-1": "abc"}


def table() -> dict[str, Any]:
    """Return the table, by partition; a region without known zones has no letters."""
    zones = {
        region: {zone.name.removeprefix(region) for zone in found}
        for region, found in RegionsAndZonesBackend.zones.items()
    }
    return {
        "about": "Partitions of AWS: what hosts end with, the form of regions, and the letters of the zones "
        "that an account may see in each region. Written by `python -m tools.region_table`; do not edit.",
        "sources": {
            "partitions": f"botocore {version('botocore')}: data/partitions.json",
            "zones": f"moto {version('moto')}: ec2/models/availability_zones_and_regions.py, and the letters "
            "of tools/region_table.py",
        },
        "partitions": {found["id"]: _partition(found, zones) for found in _partitions()},
    }


def _partitions() -> list[dict[str, Any]]:
    file = Path(botocore.__file__).parent / "data" / "partitions.json"
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["partitions"]
    return found


def _partition(found: Mapping[str, Any], zones: Mapping[str, set[str]]) -> dict[str, Any]:
    """Return one partition without what botocore calls regions for services without any."""
    pattern = found["regionRegex"].removeprefix("^").removesuffix("$").replace("\\-", "-")
    regions = (region for region in found["regions"] if re.fullmatch(pattern, region))
    letters = {
        region: "".join(sorted(zones.get(region, set()) | set(MORE_LETTERS.get(region, ""))))
        for region in sorted(regions)
    }
    return {"dns_suffix": found["outputs"]["dnsSuffix"], "region": pattern, "zones": letters}


def text() -> str:
    """Return the table as it lies in the file."""
    return json.dumps(table(), indent=2) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8", newline="\n")
