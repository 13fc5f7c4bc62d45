"""Reads a root module from wherever it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.configuration import document_of
from constructs_lib.terraform_json.document import Document
from constructs_lib.terraform_json.module_trees import module_tree
from constructs_lib.terraform_json.shown import is_shown, shown_document
from constructs_lib.terraform_json.sources import Part, Source, files_beside, parts_of
from constructs_lib.terraform_json.strict_json import WAY_OUT
from constructs_lib.terraform_json.variables import variables_of


def read_document(
    *sources: Source,
    variables: Mapping[str, Any] | None = None,
    variable_files: Iterable[Path] = (),
    may_be_empty: bool = False,
) -> Document:
    """Read one root module from mappings, JSON texts, files or folders (their ``*.tf.json``), merged.

    What ``terraform show -json`` gives of a plan or of a state is read, too, by itself.

    Modules that are called by a path and are Terraform JSON are read with it.

    variables: values of input variables, over those of files and the defaults of the document.
    variable_files: files as ``-var-file`` names them, the last one wins; those that Terraform finds by itself
        beside the document are read as well.
    may_be_empty: whether a document without a resource, a data source and a module call is one.

    Raises:
        ConfigError: a source cannot be read, is no Terraform JSON, declares a name twice, refers in a
            circle, or all of them hold nothing that could be judged.
    """
    parts = [part for source in sources for part in parts_of(source)]
    beside = tuple(files_beside(sources[0])) if len(sources) == 1 else ()
    shown = [part for part in parts if is_shown(part.content)]
    if shown:
        document = _shown(shown, parts, [*variable_files])
    else:
        given = variables_of(sources[0], variable_files) if sources else {}
        document = document_of(module_tree(parts), {**given, **(variables or {})}, beside)
    if not document.size and not may_be_empty:
        names = ", ".join(part.name for part in parts)
        rule = "holds no resource, no data source and no module call, so there is nothing to judge"
        raise ConfigError([Problem("path", names, rule, WAY_OUT)])
    return document


def _shown(shown: list[Part], parts: list[Part], variable_files: list[Path]) -> Document:
    if variable_files:
        rule = "a plan or a state has the values of its variables in it"
        raise ConfigError([Problem("--var-file", str(variable_files[0]), rule, "leave the file out")])
    if len(parts) > 1:
        names, rule = ", ".join(part.name for part in parts), "a plan or a state is read by itself"
        raise ConfigError([Problem("path", names, rule, f"name {shown[0].name} alone")])
    return shown_document(shown[0])
