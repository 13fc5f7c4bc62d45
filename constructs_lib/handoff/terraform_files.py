"""A stack as the files of a Terraform root module that people read and keep.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any

from constructs_lib.terraform_json import Document, without_metadata

# Relative to the folder of main.tf.json.
LOCAL_STATE = "terraform.tfstate"
PACKAGES = "packages"
# cdktf abbreviates the official providers' sources.
OFFICIAL = "hashicorp"
_ASSETS = "assets/"


def package_paths(document: Document) -> dict[str, str]:
    """Return where the bundle puts each package, by its path in the synthesized folder.

    It is named after what it is the code of, ``packages/<label>.zip``; a label of several types gets its type
    in front.
    """
    paths: dict[str, str] = {}
    for one in document.declared.values():
        for argument, value in one.body.items():
            if isinstance(value, str) and value.startswith(_ASSETS) and value not in paths:
                suffix = PurePosixPath(value).suffix
                name = f"{PACKAGES}/{one.label}{suffix}"
                longer = f"{PACKAGES}/{one.address}.{argument}{suffix}"
                paths[value] = longer if name in paths.values() else name
    return paths


def module_content(document: Document) -> dict[str, Any]:
    """Return all that a document says, but what only cdktf reads, with the bundle's paths of packages."""
    paths = package_paths(document)
    content: dict[str, Any] = without_metadata(document.content)
    for labelled in content.get("resource", {}).values():
        for body in labelled.values():
            body.update({name: paths[value] for name, value in body.items() if _is_moved(value, paths)})
    return content


def _is_moved(value: Any, paths: Mapping[str, str]) -> bool:
    return isinstance(value, str) and value in paths


def main_file(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything but the ``terraform`` block."""
    return {key: value for key, value in content.items() if key != "terraform"}


def versions_file(document: Document) -> dict[str, Any]:
    """Return the ``terraform`` block without the state, the providers by their full source."""
    settings = {
        key: deepcopy(value) for key, value in document.settings.items() if key not in ("backend", "cloud")
    }
    for entry in settings.get("required_providers", {}).values():
        if "/" not in entry["source"]:
            entry["source"] = f"{OFFICIAL}/{entry['source']}"
    return {"terraform": settings}


def backend_file(document: Document) -> dict[str, Any]:
    """Return where the state is kept; a local file lies beside main.tf.json."""
    settings = document.settings
    kept = {key: deepcopy(settings[key]) for key in ("backend", "cloud") if key in settings}
    local = kept.get("backend", {}).get("local")
    if local is not None:
        local["path"] = LOCAL_STATE
    return {"terraform": kept}


def formatted(value: Any) -> str:
    """Return JSON as it stands in files: two spaces, a newline at the end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
