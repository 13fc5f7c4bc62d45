"""What the generator writes for every environment and example, and copies of it with one thing changed."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from constructs_lib import load_environment
from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.proof import Proof, prove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib import Environment

ROOT = Path(__file__).resolve().parents[2]
FILES = {file.stem: file for folder in ("environments", "examples") for file in ROOT.glob(f"{folder}/*.toml")}
NAMES = sorted(FILES)

Body = dict[str, Any]
Document = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """An environment with the Terraform JSON that was written for it."""

    name: str
    environment: Environment
    document: Document

    def prove(self, document: Document) -> Proof:
        """Prove the environment over a changed document."""
        return prove(self.environment, document)

    @cached_property
    def proof(self) -> Proof:
        """The proof of what was written."""
        return self.prove(self.document)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every resource, and every data source as ``data.aws_x.name``."""
        return tuple(f"{prefix}{kind}.{name}" for prefix, kind, name in self._places())

    def _places(self) -> Iterator[tuple[str, str, str]]:
        for section, prefix in (("resource", ""), ("data", "data.")):
            for kind, named in self.document.get(section, {}).items():
                yield from ((prefix, kind, name) for name in named)

    def of(self, kind: str) -> list[str]:
        """The names of the resources of a type."""
        return list(self.document["resource"].get(kind, {}))

    def body(self, address: str) -> Body:
        """A copy of what is written for a resource, to be changed."""
        section, kind, name = place(address)
        return copy.deepcopy(self.document[section][kind][name])

    def having(self, changes: dict[str, Body | None]) -> Document:
        """The document with these resources instead; None takes one out. Nothing else is copied."""
        document = dict(self.document)
        for address, body in changes.items():
            section, kind, name = place(address)
            document[section] = dict(document.get(section, {}))
            document[section][kind] = dict(document[section].get(kind, {}))
            if body is None:
                del document[section][kind][name]
            else:
                document[section][kind][name] = body
        return document


def place(address: str) -> tuple[str, str, str]:
    """Section, type and name of an address."""
    *data, kind, name = address.split(".")
    return ("data" if data else "resource"), kind, name


@cache
def written() -> dict[str, Written]:
    """Every environment and example, synthesized once."""
    environments = {name: load_environment(FILES[name], project_root=ROOT) for name in NAMES}
    with TemporaryDirectory() as folder:
        synthesize(environments, project_root=ROOT, output=Path(folder))
        return {name: Written(name, environments[name], _read(Path(folder), name)) for name in NAMES}


def _read(output: Path, name: str) -> Document:
    document: Document = json.loads((output / "stacks" / name / "cdk.tf.json").read_text(encoding="utf-8"))
    return document
