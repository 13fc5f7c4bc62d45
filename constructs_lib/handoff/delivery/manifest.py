"""``bundle.json``: what a bundle is, and a digest of each resource in it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.handoff import terraform_files
from constructs_lib.handoff.identity import Identity
from constructs_lib.terraform_json import Document
from constructs_lib.version import VERSION

FILE = "bundle.json"
FORMAT = 1
# The root module once more, as JSON, where terraform/ is HCL.
CONFIGURATION = "configuration.tf.json"


def manifest(
    identity: Identity, document: Document, *, content: Mapping[str, Any], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Return the manifest of a bundle.

    content: of the module, before variables take the place of values, so that a changed default counts as a
    change. files: the bundle's other files.
    """
    terraform = terraform_files.versions_file(document)["terraform"]
    provider = next(iter(document.provider_bodies("aws")), {})
    bodies = {
        f"{kind}.{label}": body
        for kind, labelled in content.get("resource", {}).items()
        for label, body in labelled.items()
    }
    return {
        "format": FORMAT,
        **_made_from(identity),
        "region": provider.get("region"),
        "account_id": identity.account_id,
        "versions": {
            "generator": VERSION,
            "cdktf": document.content.get("//", {}).get("metadata", {}).get("version", ""),
            "terraform": terraform.get("required_version"),
            "providers": terraform.get("required_providers", {}),
        },
        "resources": {address: digest(bodies[address]) for address in sorted(bodies)},
        "data_sources": sorted(address for address in document.declared if address.startswith("data.")),
        "outputs": sorted(document.outputs),
        "default_tags": digest(_default_tags(provider)),
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }


def _made_from(identity: Identity) -> dict[str, Any]:
    environment = identity.environment
    if environment is None:
        return {"stack": identity.name}
    return {"project": environment.project, "environment": environment.environment}


def _default_tags(provider: Mapping[str, Any]) -> dict[str, Any]:
    found = provider.get("default_tags", [])
    blocks = found if isinstance(found, list) else [found]
    return {key: value for block in blocks for key, value in block.get("tags", {}).items()}


def strings(value: Any) -> list[str]:
    """Return every text in a tree of JSON values."""
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items for text in strings(item)]


def digest(value: Any) -> str:
    """Return a short digest of a JSON value that does not depend on the order of keys."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def read_manifest(path: Path, *, field: str) -> dict[str, Any]:
    """Read the manifest of a bundle, a folder or an archive; ``field`` is what the user calls it.

    Raises:
        ConfigError: there is no bundle at the path, or one of another format.
    """
    way_out = "name a folder or a .zip that `python main.py handoff` wrote"
    try:
        found = json.loads(bundled_texts(path, [FILE])[FILE])
    except (OSError, ValueError, LookupError, zipfile.BadZipFile):
        raise ConfigError([Problem(field, str(path), f"is no bundle: it has no {FILE}", way_out)]) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        rule = f"is no bundle of format {FORMAT}, the one that this version compares"
        raise ConfigError([Problem(field, str(path), rule, "make both bundles with this version")])
    return found


def bundled_texts(path: Path, names: Iterable[str]) -> dict[str, str]:
    """Return files of a bundle, a folder or an archive, by their names in it.

    Raises OSError, LookupError, ValueError or BadZipFile: one is not there, or cannot be read.
    """
    if path.is_dir():
        return {name: (path / name).read_text("utf-8") for name in names}
    with zipfile.ZipFile(path) as archive:
        [top] = {name.partition("/")[0] for name in archive.namelist()}
        return {name: archive.read(f"{top}/{name}").decode("utf-8") for name in names}
