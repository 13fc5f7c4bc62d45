"""A stack as the files of a Terraform root module that people read and keep.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path, PurePosixPath
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json import Document, without_metadata
from constructs_lib.views.written_stack import WrittenStack

# Relative to the folder of main.tf.json.
LOCAL_STATE = "terraform.tfstate"
PACKAGES = "packages"
# cdktf abbreviates the official providers' sources.
OFFICIAL = "hashicorp"
# As cdktf lays them: a name, the hash of what is in it, and a file where it is no folder.
_ASSET = re.compile(r"assets/[^/]+/[0-9A-F]+(?:/[^/]+)?")
_MENTIONED = re.compile(r"(?:(?<=\./)|(?<![\w./]))assets/[\w./@+-]+")


def package_paths(document: Document) -> dict[str, str]:
    """Return where the bundle puts each package, by its path in the synthesized folder.

    It is named after what it is the code of, ``packages/<label>.zip``; a label of several types gets its type
    in front.
    """
    paths: dict[str, str] = {}
    for one in document.declared.values():
        for argument, value in one.body.items():
            if isinstance(value, str) and _ASSET.fullmatch(value) and value not in paths:
                suffix = PurePosixPath(value).suffix
                name = f"{PACKAGES}/{one.label}{suffix}"
                longer = f"{PACKAGES}/{one.address}.{argument}{suffix}"
                paths[value] = longer if name in paths.values() else name
    return paths


def packages(stack: WrittenStack) -> dict[str, bytes]:
    """Return the contents of packages, by their paths beside main.tf.json.

    What arguments name whole is named after its resource; what else of ``assets/`` the document mentions, as
    sources of modules do, keeps its place.

    Raises:
        ConfigError: one is not there.
    """
    if stack.folder is None:
        raise ValueError(f"{stack.name} has no folder, so its packages are not at hand")
    named = package_paths(stack.document)
    if missing := [old for old in named if not (stack.folder / old).exists()]:
        rule, way_out = "the stack names this asset, and it is not in its folder", "synthesize it again"
        raise ConfigError([Problem("--terraform", old, rule, way_out) for old in missing])
    mentioned = {found: found for found in _mentioned(stack.document) if found not in named}
    files: dict[str, bytes] = {}
    for old, new in {**mentioned, **named}.items():
        files |= _files(stack.folder / old, new)
    return files


def _mentioned(document: Document) -> list[str]:
    """The paths below assets/ that stand somewhere in the document."""
    text = json.dumps(without_metadata(document.content))
    return sorted({found.rstrip(".,;:") for found in _MENTIONED.findall(text)})


def _files(place: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield a file, or those of a folder, with their names in the bundle."""
    if place.is_file() and ".." not in place.parts:
        yield name, place.read_bytes()
    elif place.is_dir() and ".." not in place.parts:
        for file in sorted(one for one in place.rglob("*") if one.is_file()):
            yield f"{name}/{file.relative_to(place).as_posix()}", file.read_bytes()


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
