"""A synthesized document as the files of a Terraform root module that people read and keep.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

# Relative to the folder of main.tf.json.
LOCAL_STATE = "terraform.tfstate"
PACKAGES = "packages"
# cdktf abbreviates the official providers' sources.
OFFICIAL = "hashicorp"


@dataclass(frozen=True)
class Resource:
    """A block of the document. address: ``aws_vpc.network``, or ``data.aws_vpc.network`` of a data source."""

    address: str
    type: str
    label: str
    body: Mapping[str, Any]


def resources(document: Mapping[str, Any]) -> Iterator[Resource]:
    """Yield the managed resources in the document's order."""
    yield from _blocks(document.get("resource", {}), "")


def data_sources(document: Mapping[str, Any]) -> Iterator[Resource]:
    """Yield the data sources in the document's order."""
    yield from _blocks(document.get("data", {}), "data.")


def _blocks(section: Mapping[str, Any], prefix: str) -> Iterator[Resource]:
    for type_name, labelled in section.items():
        for label, body in labelled.items():
            yield Resource(f"{prefix}{type_name}.{label}", type_name, label, body)


def resource(document: Mapping[str, Any], type_name: str) -> dict[str, Any]:
    """Return the bodies of one resource type by label; empty where there is none."""
    return dict(document.get("resource", {}).get(type_name, {}))


def provider(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the first ``provider "aws"`` block says."""
    found = document.get("provider", {}).get("aws", [{}])
    return dict(found[0] if isinstance(found, list) else found)


def default_tags(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tags that the provider gives to every resource."""
    found = provider(document).get("default_tags", [])
    blocks = found if isinstance(found, list) else [found]
    return {key: value for block in blocks for key, value in block.get("tags", {}).items()}


def without_metadata(value: Any) -> Any:
    """Return a copy without the comments that cdktf adds under ``//``."""
    if isinstance(value, dict):
        return {
            key: without_metadata(item)
            for key, item in value.items()
            if not (key == "//" and isinstance(item, dict) and "metadata" in item)
        }
    return [without_metadata(item) for item in value] if isinstance(value, list) else value


def with_packages(document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the document with ``packages/<label>.zip`` in the place of cdktf's asset paths, and the moves.

    The moves are new paths by old ones. A label of several types gets its type in front.
    """
    moved = deepcopy(dict(document))
    moves: dict[str, str] = {}
    for block in [*resources(moved)]:
        for argument, value in block.body.items():
            if not isinstance(value, str) or not value.startswith("assets/"):
                continue
            if value not in moves:
                name = f"{PACKAGES}/{block.label}{PurePosixPath(value).suffix}"
                longer = f"{PACKAGES}/{block.type}.{block.label}.{argument}{PurePosixPath(value).suffix}"
                moves[value] = longer if name in moves.values() else name
            moved["resource"][block.type][block.label][argument] = moves[value]
    return moved, moves


def main_file(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything but the ``terraform`` block."""
    return {key: value for key, value in document.items() if key != "terraform"}


def versions_file(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``terraform`` block without the state, the providers by their full source."""
    settings = {
        key: deepcopy(value)
        for key, value in document.get("terraform", {}).items()
        if key not in ("backend", "cloud")
    }
    for entry in settings.get("required_providers", {}).values():
        if "/" not in entry["source"]:
            entry["source"] = f"{OFFICIAL}/{entry['source']}"
    return {"terraform": settings}


def backend_file(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return where the state is kept; a local file lies beside main.tf.json."""
    settings = document.get("terraform", {})
    kept = {key: deepcopy(settings[key]) for key in ("backend", "cloud") if key in settings}
    local = kept.get("backend", {}).get("local")
    if local is not None:
        local["path"] = LOCAL_STATE
    return {"terraform": kept}


def formatted(value: Any) -> str:
    """Return JSON as it stands in files: two spaces, a newline at the end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
