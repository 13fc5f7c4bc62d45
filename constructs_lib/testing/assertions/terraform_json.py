"""Reads Terraform's JSON syntax into one document: sections, labels, bodies (pure).

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_LABELS = {"resource": 2, "data": 2, "output": 1, "variable": 1, "module": 1}
"""How many labels a block of this section has; with them, a second block of the same name is an error."""


def read_text(text: str) -> dict[str, Any]:
    """The document that one JSON text holds; ValueError when it is no Terraform JSON."""
    return _document([("the text", text)])


def read_directory(path: Path) -> dict[str, Any]:
    """The document that the ``*.tf.json`` files of a folder make together, as Terraform merges them.

    Raises FileNotFoundError when there is none, ValueError when two blocks have the same name, when a file is
    no JSON, and when the folder also holds what is not read here: HCL (``*.tf``) or override files.
    """
    files = sorted(path.glob("*.tf.json"))
    unread = [file.name for file in sorted(path.glob("*.tf"))] + [f.name for f in files if _overrides(f)]
    if unread:
        raise ValueError(
            f"{path} also holds {', '.join(unread)}, which is not read: only plain *.tf.json files are"
        )
    if not files:
        stacks = ", ".join(str(file.parent) for file in sorted(path.glob("stacks/*/*.tf.json")))
        raise FileNotFoundError(
            f"no *.tf.json in {path}" + (f"; the stacks are in {stacks}" if stacks else "")
        )
    return _document((str(file), file.read_text(encoding="utf-8")) for file in files)


def _overrides(file: Path) -> bool:
    return file.name == "override.tf.json" or file.name.endswith("_override.tf.json")


def _document(sources: Iterable[tuple[str, str]]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for source, text in sources:
        for content in _objects(_parsed(source, text), source):
            for section, value in _without_metadata(content).items():
                _add(document, section, value, source)
    return document


def _parsed(source: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{source} is no JSON: {error}") from error


def _add(document: dict[str, Any], section: str, value: Any, source: str) -> None:
    if section in _LABELS:
        _add_blocks(document.setdefault(section, {}), value, _LABELS[section], f"{source}: {section}")
    elif section == "provider":
        _add_providers(document.setdefault(section, {}), value, source)
    else:
        for content in _objects(value, f"{source}: {section}"):
            _merge(document.setdefault(section, {}), content)


def _add_blocks(into: dict[str, Any], value: Any, labels: int, where: str) -> None:
    for content in _objects(value, where):
        for label, inner in content.items():
            if labels > 1:
                _add_blocks(into.setdefault(label, {}), inner, labels - 1, f"{where}.{label}")
                continue
            for body in _objects(inner, f"{where}.{label}"):
                if label in into:
                    raise ValueError(f"{where}.{label} is there twice, which Terraform refuses")
                into[label] = body


def _add_providers(into: dict[str, Any], value: Any, source: str) -> None:
    for content in _objects(value, f"{source}: provider"):
        for name, bodies in content.items():
            into.setdefault(name, []).extend(_objects(bodies, f"{source}: provider.{name}"))


def _merge(into: dict[str, Any], content: Mapping[str, Any]) -> None:
    for key, value in content.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _objects(value: Any, where: str) -> list[dict[str, Any]]:
    """Terraform JSON writes a block as an object, or several as a list of objects."""
    objects = value if isinstance(value, list) else [value]
    for item in objects:
        if not isinstance(item, dict):
            raise ValueError(f"{where}: expected an object, got {item!r}")
    return objects


def _without_metadata(value: Any) -> Any:
    """The value without its comments: the keys ``//``, where cdktf keeps its metadata."""
    if isinstance(value, dict):
        return {key: _without_metadata(item) for key, item in value.items() if key != "//"}
    if isinstance(value, list):
        return [_without_metadata(item) for item in value]
    return value
