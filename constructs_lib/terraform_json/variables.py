"""Values of input variables from files, as Terraform finds them.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.language import TooMuchError, definitions, value_of
from constructs_lib.terraform_json.sources import Source, read_text
from constructs_lib.terraform_json.strict_json import parse

_WAY_OUT = "write name = value, a line for each variable, or name a .tfvars.json"


def variables_of(source: Source, named: Iterable[Path]) -> dict[str, Any]:
    """Give the values that Terraform takes for the root module of a file or a folder.

    named: files of ``-var-file``, the last one wins; over ``*.auto.tfvars`` and ``*.auto.tfvars.json`` by
    name, over ``terraform.tfvars.json``, over ``terraform.tfvars``.

    Raises:
        ConfigError: a file cannot be read, or holds anything but plain values.
    """
    found: dict[str, Any] = {}
    for file in (*_beside(source), *named):
        found.update(_values(file))
    return found


def _beside(source: Source) -> list[Path]:
    if not isinstance(source, Path):
        return []
    folder = source if source.is_dir() else source.parent
    if not (source.is_dir() or source.name.endswith(".tf.json")):
        return []
    first = [folder / "terraform.tfvars", folder / "terraform.tfvars.json"]
    more = sorted((*folder.glob("*.auto.tfvars"), *folder.glob("*.auto.tfvars.json")), key=lambda f: f.name)
    return [file for file in (*first, *more) if file.is_file()]


def _values(file: Path) -> Mapping[str, Any]:
    text = read_text(file)
    if file.suffix == ".json":
        found = parse(text, str(file))
        if not isinstance(found, Mapping):
            rule = "an object with a value for each variable belongs here"
            raise ConfigError([Problem(str(file), json.dumps(found)[:60], rule, 'write {"name": value}')])
        return found
    try:
        return {name: value_of(node) for name, node in definitions(text).items()}
    except (ValueError, TooMuchError) as fault:
        rule = "holds something else than plain values"
        raise ConfigError([Problem(str(file), str(fault)[:60], rule, _WAY_OUT)]) from None
