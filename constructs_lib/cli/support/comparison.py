"""The two sides of a comparison, wherever they are written, and what it says."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.cli.support.console import say
from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from constructs_lib.handoff.readme.since import Since
    from constructs_lib.terraform_json import Document
    from constructs_lib.views.changes.comparison import Comparison
    from constructs_lib.views.written_stack import WrittenStack

_MODULE_FILE = re.compile(r"terraform/[^/]+\.tf\.json")


def _is_module_file(name: str) -> bool:
    return _MODULE_FILE.fullmatch(name.partition("/")[2]) is not None


def compared(old: Path, new: Path, *, project_root: Path) -> Comparison:
    """Compare two stacks, each anything that ``document_at`` reads.

    Raises:
        ConfigError: one of them can't be read.
    """
    from constructs_lib.views.changes.comparison import compare, made_first

    documents = [document_at(path, project_root=project_root) for path in (old, new)]
    said: tuple[str, ...] = ()
    if moved := documents[1].content.get("moved"):
        said = _moved(moved, documents[0])
        documents[0] = _after(moved, documents[0], old)
    plan = json.loads(new.read_text("utf-8-sig")) if documents[1].kind == "plan" else None
    found = compare(*documents, made_first=None if plan is None else made_first(plan))
    return replace(found, other=(*said, *found.other))


def since_bundle(path: Path, stack: WrittenStack) -> Since:
    """Compare what an earlier bundle was made with, without what was added to it, and a new stack.

    Raises:
        ConfigError: there is no bundle, or it is of something else.
    """
    from constructs_lib.handoff.delivery.manifest import CONFIGURATION, FILE, bundled_texts, read_manifest
    from constructs_lib.handoff.identity import identity_of
    from constructs_lib.handoff.readme.since import Since
    from constructs_lib.terraform_json import read_document
    from constructs_lib.views.changes.comparison import compare

    known = read_manifest(path, field="--since")
    new, ours = stack.document, identity_of(stack).name
    whose = known.get("stack") or f"{known.get('project')}-{known.get('environment')}"
    if whose != ours:
        rule = f"is a bundle of {whose}, and this one is of {ours}"
        raise ConfigError([Problem("--since", str(path), rule, "name an earlier bundle of the same")])
    names = [name for name in known.get("files", {}) if _MODULE_FILE.fullmatch(name)]
    names = [CONFIGURATION] if CONFIGURATION in known.get("files", {}) else names
    try:
        texts = bundled_texts(path, [FILE, *names])
    except (OSError, ValueError, LookupError, zipfile.BadZipFile) as error:
        raise ConfigError(
            [Problem("--since", str(path), f"has not all of its files: {error}", "name a whole bundle")]
        ) from None
    digest = _sha256(texts.pop(FILE))
    if edited := sorted(name for name, text in texts.items() if _sha256(text) != known["files"][name]):
        rule = f"was edited after it was made: {', '.join(edited)}"
        raise ConfigError(
            [Problem("--since", str(path), rule, "name it as it was made, such as its archive")]
        )
    with tempfile.TemporaryDirectory(prefix="bundle-") as scratch:
        for name, text in texts.items():
            (Path(scratch) / Path(name).name).write_text(text, encoding="utf-8")
        old = read_document(Path(scratch))
    said: tuple[str, ...] = ()
    if moved := new.content.get("moved"):
        said = _moved(moved, old)
        old = _after(moved, old, path)
    found = compare(old, new)
    generator = str(known.get("versions", {}).get("generator"))
    return Since(digest, generator, replace(found, other=(*said, *found.other)))


def _moved(blocks: Any, old: Document) -> tuple[str, ...]:
    """What of there is gets another address, a line each."""
    from constructs_lib.views.changes.comparison import managed

    has = managed(old)
    return tuple(f"moved: {one['from']} is now {one['to']}" for one in blocks if one["from"] in has)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _after(moved: Any, document: Document, path: Path) -> Document:
    """What there is, under the addresses that it will have."""
    from constructs_lib.figures.changes.moved import renamed
    from constructs_lib.terraform_json import read_document

    is_written = document.kind == "configuration"
    text = json.dumps(document.content) if is_written else path.read_text("utf-8-sig")
    return read_document(json.dumps(renamed(json.loads(text), moved)))


def document_at(path: Path, *, project_root: Path) -> Document:
    """Read a bundle, Terraform JSON (a folder or file), a plan, a state, or an environment file's stack.

    Raises:
        ConfigError: it is none of these.
    """
    from constructs_lib.cli.support.stacks import stack_of
    from constructs_lib.handoff.delivery.manifest import CONFIGURATION, FILE, read_manifest
    from constructs_lib.terraform_json import read_document

    if path.is_dir():
        if not (path / FILE).is_file():
            return read_document(path)
        whole = path / CONFIGURATION
        return read_document(whole if whole.is_file() else path / "terraform")
    if path.suffix == ".zip":
        read_manifest(path, field="bundle")
        with tempfile.TemporaryDirectory(prefix="bundle-") as scratch, zipfile.ZipFile(path) as archive:
            inside = [name for name in archive.namelist() if name.endswith(f"/{CONFIGURATION}")]
            inside = inside or [name for name in archive.namelist() if _is_module_file(name)]
            for name in inside:
                (Path(scratch) / Path(name).name).write_bytes(archive.read(name))
            return read_document(Path(scratch))
    if path.suffix == ".toml":
        return stack_of(path, project_root=project_root).document
    return read_document(path)


def print_effects(comparison: Comparison) -> None:
    """Say what a comparison interrupts and meets; nothing where nothing is interrupted."""
    from constructs_lib.views.changes.effects import findings, lines

    for line in lines(findings(comparison)):
        say(line)
