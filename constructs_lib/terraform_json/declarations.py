"""The blocks that the files of one Terraform module declare, each once, as Terraform merges them.

https://developer.hashicorp.com/terraform/language/syntax/json
https://developer.hashicorp.com/terraform/language/files
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.comments import COMMENT
from constructs_lib.terraform_json.sources import Part

LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "output": 1, "variable": 1, "check": 1}
"""How many labels a block has whose labels name it within the module."""

UNNAMED = ("moved", "import", "removed")
"""Blocks without labels, of which a module may have any number."""

SECTIONS = ("terraform", "provider", "locals", *LABELS, *UNNAMED)


@dataclass(frozen=True)
class Declaration:
    """One block as it is written.

    address: ``aws_vpc.network``, ``data.aws_vpc.network``, ``module.network``, ``output.url``, ``var.port``.
    labels: ``("aws_vpc", "network")``.
    file: what declares it: a path, ``the text`` or ``the document``.
    """

    address: str
    labels: tuple[str, ...]
    body: Mapping[str, Any]
    file: str

    @property
    def type(self) -> str:
        """The type as Terraform writes it; with ``data.`` in front for a data source."""
        return type_of(self.address)

    @property
    def label(self) -> str:
        """The name within the module."""
        return self.labels[-1]


@dataclass
class Declarations:
    """Everything that the parts of one module declare.

    content: the sections in the one shape that cdktf writes, comments included.
    named: the blocks with labels by section, then by address.
    """

    content: dict[str, Any] = field(default_factory=dict)
    named: dict[str, dict[str, Declaration]] = field(default_factory=lambda: {name: {} for name in LABELS})
    _files: dict[str, str] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Declarations:
        """Read the parts.

        Raises:
            ConfigError: with everything that Terraform would refuse about their shape and their names.
        """
        found = cls()
        for part in parts:
            for content in found._objects(part.content, part.name, ""):
                found._read(content, part.name)
        if found._problems:
            raise ConfigError(found._problems)
        return found

    def _read(self, content: Mapping[str, Any], file: str) -> None:
        for section, value in content.items():
            if section == COMMENT:
                self.content.setdefault(COMMENT, value)
            elif section in LABELS:
                self._read_named(section, value, file)
            elif section == "provider":
                self._read_providers(value, file)
            elif section == "locals":
                self._read_locals(value, file)
            elif section == "terraform":
                self._read_settings(value, file)
            elif section in UNNAMED:
                self.content.setdefault(section, []).extend(self._objects(value, file, section))
            else:
                self._problems.append(_unknown_section(section, file))

    def _read_named(self, section: str, value: Any, file: str) -> None:
        into = self.content.setdefault(section, {})
        for labels, body in self._labelled(value, file, (section,), LABELS[section]):
            address = _address(section, labels)
            place = ".".join((section, *labels))
            if self._is_new(address, file) and self._is_well_formed(body, file, place):
                self.named[section][address] = Declaration(address, labels, body, file)
                parent = into.setdefault(labels[0], {}) if len(labels) > 1 else into
                parent[labels[-1]] = body

    def _read_providers(self, value: Any, file: str) -> None:
        into = self.content.setdefault("provider", {})
        for (name,), body in self._labelled(value, file, ("provider",), 1):
            alias = body.get("alias")
            if self._is_new(f"provider.{name}" + (f".{alias}" if alias else ""), file):
                into.setdefault(name, []).append(body)

    def _read_locals(self, value: Any, file: str) -> None:
        into = self.content.setdefault("locals", {})
        for body in self._objects(value, file, "locals"):
            for name, expression in body.items():
                if name == COMMENT or self._is_new(f"local.{name}", file):
                    into[name] = expression

    def _read_settings(self, value: Any, file: str) -> None:
        into = self.content.setdefault("terraform", {})
        for body in self._objects(value, file, "terraform"):
            for name, setting in body.items():
                if name == "backend":
                    self._read_backend(into, setting, file)
                elif name in ("cloud", "required_providers"):
                    self._read_once(into, name, setting, file)
                elif name == "required_version" and name in into:
                    into[name] = f"{into[name]}, {setting}"
                else:
                    into[name] = setting

    def _read_backend(self, into: dict[str, Any], value: Any, file: str) -> None:
        for (kind,), body in self._labelled(value, file, ("terraform.backend",), 1):
            if self._is_new("terraform.backend", file):
                into["backend"] = {kind: body}

    def _read_once(self, into: dict[str, Any], name: str, value: Any, file: str) -> None:
        for body in self._objects(value, file, f"terraform.{name}"):
            if self._is_new(f"terraform.{name}", file):
                into[name] = body

    def _labelled(
        self, value: Any, file: str, place: tuple[str, ...], depth: int
    ) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
        """Walk blocks with ``depth`` labels; at every level one object or a list of objects is allowed."""
        for found in self._objects(value, file, ".".join(place)):
            if depth == 0:
                yield place[1:], found
                continue
            for label, inner in found.items():
                if label != COMMENT:
                    yield from self._labelled(inner, file, (*place, label), depth - 1)

    def _objects(self, value: Any, file: str, place: str) -> list[Mapping[str, Any]]:
        """Terraform JSON writes a block as an object, several as a list of objects, none as null."""
        items = value if isinstance(value, list) else [] if value is None else [value]
        for item in items:
            if not isinstance(item, Mapping):
                rule = "is no Terraform JSON: an object, or a list of objects, belongs here"
                self._wrong(file, place, item, rule, "write the block as an object: {...}")
        return [item for item in items if isinstance(item, Mapping)]

    def _is_new(self, address: str, file: str) -> bool:
        if address not in self._files:
            self._files[address] = file
            return True
        rule = f"Terraform refuses a second declaration; the first is in {self._files[address]}"
        self._wrong(file, address, address, rule, "rename or remove one of the two")
        return False

    def _is_well_formed(self, body: Mapping[str, Any], file: str, place: str) -> bool:
        """Check what Terraform itself reads of a resource, a data source or a module call."""
        before = len(self._problems)
        needs = body.get("depends_on") or []
        if not isinstance(needs, list) or not all(isinstance(need, str) for need in needs):
            rule, way_out = "a list of addresses belongs here", 'write ["aws_vpc.network"]'
            self._wrong(file, f"{place}.depends_on", needs, rule, way_out)
        for name in ("lifecycle", "dynamic"):
            self._objects(body.get(name), file, f"{place}.{name}")
        return len(self._problems) == before

    def _wrong(self, file: str, place: str, value: Any, rule: str, way_out: str) -> None:
        where = f"{file}: {place}" if place else file
        self._problems.append(Problem(where, _short(value), rule, way_out))


def _address(section: str, labels: tuple[str, ...]) -> str:
    prefix = {"resource": "", "variable": "var."}.get(section, f"{section}.")
    return prefix + ".".join(labels)


def _short(value: Any) -> Any:
    text = repr(value)
    return value if len(text) <= 60 else f"{text[:60]}..."


def _unknown_section(section: str, file: str) -> Problem:
    from difflib import get_close_matches

    close = get_close_matches(section, SECTIONS, n=1, cutoff=0.5)
    way_out = f"write {close[0]}" if close else f"the blocks are {', '.join(SECTIONS)}"
    return Problem(f"{file}: {section}", section, "Terraform knows no such block at the top", way_out)
