"""Where Terraform JSON comes from: a mapping, a text, a file or a folder; each becomes parts with a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.strict_json import WAY_OUT, parse

Source = Mapping[str, Any] | str | Path
"""A parsed document, a JSON text, or the path of a file or of a folder with ``*.tf.json`` files."""

PLAN = "terraform plan -out=plan && terraform show -json plan > plan.json"
"""How Terraform itself says everything that a folder means."""


_ARCHIVE = b"PK\x03\x04"
_LOG = '"@level"'


@dataclass(frozen=True)
class Part:
    """One file of a module, or what stands for one. ``name``: what messages call it."""

    name: str
    content: Any


def parts_of(source: Source) -> Iterator[Part]:
    """Give the files of a source, in Terraform's order.

    Raises:
        ConfigError: there is nothing to read, it is no JSON, or Terraform would read more than this reader.
    """
    if isinstance(source, Mapping):
        yield Part("the document", source)
    elif isinstance(source, str):
        yield Part("the text", parse(source, "the text"))
    elif source.is_dir():
        yield from map(_part, _files(source))
    else:
        yield _part(source)


def files_beside(source: Source) -> Iterator[str]:
    """Give the names of the files that Terraform would read with a file that is one of a module."""
    if isinstance(source, Path) and source.name.endswith(".tf.json") and source.is_file():
        for file in sorted((*source.parent.glob("*.tf.json"), *source.parent.glob("*.tf"))):
            if file.name != source.name:
                yield file.name


def read_text(file: Path) -> str:
    """Give the text of a file.

    Raises:
        ConfigError: it cannot be read, or is no UTF-8.
    """
    try:
        content = file.read_bytes()
        if content.startswith(_ARCHIVE):
            rule = "is a plan as terraform plan -out writes it, which Terraform alone reads"
            raise _error(file, rule, f"terraform show -json {file.name} > plan.json")
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is no UTF-8 text"
        raise _error(file, f"cannot be read: {why}", WAY_OUT) from None


def _part(file: Path) -> Part:
    text = read_text(file)
    if _LOG in text.partition("\n")[0]:
        raise _error(
            file, "is the log of a run with -json, a line for each event", f"hand over a plan: {PLAN}"
        )
    return Part(str(file), parse(text, str(file)))


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.tf.json"))
    language = ", ".join(file.name for file in sorted(folder.glob("*.tf")))
    if language:
        rule = f"holds {language}, which Terraform reads and this project does not"
        raise _error(folder, rule, f"hand over a plan: {PLAN}")
    overriding = ", ".join(file.name for file in files if _overrides(file))
    if overriding:
        rule = f"holds {overriding}, which Terraform lays over the other files and this project does not"
        raise _error(folder, rule, "write what they override into the other files")
    if not files:
        raise _error(folder, "there is no *.tf.json in this folder", _stacks(folder))
    return files


def _overrides(file: Path) -> bool:
    return file.name == "override.tf.json" or file.name.endswith("_override.tf.json")


def _stacks(folder: Path) -> str:
    stacks = ", ".join(str(file.parent) for file in sorted(folder.glob("stacks/*/*.tf.json")))
    return f"name one stack: {stacks}" if stacks else WAY_OUT


def _error(path: Path, rule: str, way_out: str) -> ConfigError:
    return ConfigError([Problem("path", str(path), rule, way_out)])
