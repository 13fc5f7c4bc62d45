"""Schemas of the pinned AWS bindings, read from the installed wheel without importing it.

Importing the provider's package costs seconds and a gigabyte, so it is only located; its jsii tarball is read
in one sequential pass for the types that are asked for, and each parsed schema is kept in the user's cache
directory.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from constructs_lib.bindings.flavour import flavour
from constructs_lib.testing.terraform import binding_source

PROVIDER_MODULE = "provider"
_FUNCTIONS_MODULE = "provider-functions"  # holds no type
_SOURCE_MAP = b"sourceMappingURL=data:application/json;base64,"


@dataclass(frozen=True)
class Attribute:
    """An argument or a computed value; ``type`` is Terraform's JSON form, such as ``["set", "string"]``."""

    type: Any
    required: bool = False
    optional: bool = False
    computed: bool = False


@dataclass(frozen=True)
class NestedBlock:
    """A nested block; ``nesting`` is list, set, map or single, and 0 as ``max_items`` means no limit."""

    nesting: str
    min_items: int
    max_items: int
    block: Block


@dataclass(frozen=True)
class Block:
    """Arguments and nested blocks of a resource, a data source, the provider or a nested block."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    blocks: Mapping[str, NestedBlock] = field(default_factory=dict)

    @cached_property
    def type(self) -> Any:
        """The object type that Terraform gives to a value of this block."""
        kinds = {name: attribute.type for name, attribute in self.attributes.items()}
        for name, nested in self.blocks.items():
            inner = nested.block.type
            kinds[name] = inner if nested.nesting == "single" else [nested.nesting, inner]
        return ["object", kinds]

    def flat(self) -> dict[str, str]:
        """Everything in it by path, as ``figures.changes.provider_schema`` keeps it."""
        found: dict[str, str] = {}
        for name, one in sorted(self.attributes.items()):
            flags = zip("roc", (one.required, one.optional, one.computed), strict=True)
            kind = one.type if isinstance(one.type, str) else json.dumps(one.type, separators=(",", ":"))
            found[name] = f"{kind} {''.join(flag for flag, on in flags if on)}"
        for name, nested in sorted(self.blocks.items()):
            found[name] = f"{nested.nesting} {nested.min_items} {nested.max_items}"
            found |= {f"{name}.{path}": kind for path, kind in nested.block.flat().items()}
        return found


def block_from_json(document: binding_source.JsonBlock) -> Block:
    """The typed form of what ``binding_source`` reads."""
    return Block(
        {
            name: Attribute(kind, "r" in flags, "o" in flags, "c" in flags)
            for name, (kind, flags) in document["attributes"].items()
        },
        {
            name: NestedBlock(nesting, least, most, block_from_json(inner))
            for name, (nesting, least, most, inner) in document["blocks"].items()
        },
    )


def module_name(type_name: str, *, data_source: bool) -> str:
    """The folder of a type in the bindings: ``aws_vpc`` is ``vpc``, its data source ``data-aws-vpc``."""
    dashed = type_name.replace("_", "-")
    return f"data-{dashed}" if data_source else dashed.removeprefix("aws-")


def module_of(address_type: str) -> str:
    """``module_name`` of a type as addresses have it: ``data.aws_vpc`` for a data source."""
    bare = address_type.removeprefix("data.")
    return module_name(bare, data_source=bare != address_type)


def default_cache_directory() -> Path:
    """``$XDG_CACHE_HOME/constructs-lib``, by default ``~/.cache/constructs-lib``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "constructs-lib"


class BindingSchemas:
    """Schemas by module name (see ``module_name``), each parsed once and then served from the cache.

    ``cache=None`` keeps nothing on disk. A cache that can't be read or written is done without.
    Raises ``ModuleNotFoundError`` where the bindings are not installed.
    """

    def __init__(self, *, archive: Path | None = None, cache: Path | None = None) -> None:
        self.archive = archive or flavour().archive()
        self._folder = cache / "aws-schema" / _cache_key(self.archive) if cache else None
        self._known: dict[str, Block | None] = {}

    def find(self, modules: Iterable[str]) -> dict[str, Block]:
        """The schemas of those modules that the bindings have; unknown names are left out."""
        wanted = set(modules)
        missing = {name for name in wanted if name not in self._known and not self._recall(name)}
        if missing:
            self._known.update(dict.fromkeys(missing))
            for name, text in read_modules(self.archive, missing):
                self._learn(name, text)
        return {name: block for name in sorted(wanted) if (block := self._known[name]) is not None}

    def provider(self) -> Block:
        """The schema of ``provider "aws"``."""
        return self.find([PROVIDER_MODULE])[PROVIDER_MODULE]

    def _recall(self, name: str) -> bool:
        if self._folder is None:
            return False
        try:
            document = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
            self._known[name] = block_from_json(document)
        except (OSError, ValueError, KeyError):
            return False
        return True

    def _learn(self, name: str, text: str) -> None:
        source = binding_source.BindingSource(text)
        document = source.provider_block() if name == PROVIDER_MODULE else source.block()
        self._known[name] = block_from_json(document)
        if self._folder is not None:
            _write_atomically(self._folder / f"{name}.json", json.dumps(document, separators=(",", ":")))


def read_modules(archive: Path, modules: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """The TypeScript of each module (of all with ``None``), in one pass over the archive."""
    wanted = None if modules is None else set(modules)
    texts: dict[str, list[str]] = defaultdict(list)
    with tarfile.open(archive, "r|gz") as members:
        for member in members:
            parts = Path(member.name).parts
            if len(parts) < 4 or parts[1] != "lib" or parts[2] == _FUNCTIONS_MODULE:
                continue
            if member.name.endswith("index-structs/index.js"):
                continue
            if member.name.endswith(".js") and (wanted is None or parts[2] in wanted):
                texts[parts[2]].append(_source_text(members.extractfile(member)))
    for name, pieces in texts.items():
        yield name, "\n".join(pieces)


def _source_text(file: IO[bytes] | None) -> str:
    content = file.read() if file else b""
    _, found, encoded = content.rpartition(_SOURCE_MAP)
    if not found:
        raise ValueError("the bindings carry no source map")
    sources: list[str] = json.loads(base64.b64decode(encoded))["sourcesContent"]
    return "\n".join(sources)


def _cache_key(archive: Path) -> str:
    parser = hashlib.sha256(Path(binding_source.__file__).read_bytes()).hexdigest()[:12]
    return f"{archive.parents[1].name}-{archive.name.removesuffix('.jsii.tgz')}-{parser}"


def _write_atomically(path: Path, text: str) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            file.write(text)
        Path(file.name).replace(path)
