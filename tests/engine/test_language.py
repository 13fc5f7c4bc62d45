"""Terraform's language by the real engine: what it makes of an expression, the reader makes of it, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from constructs_lib.terraform_json import read_document
from constructs_lib.testing.terraform import offline_terraform
from tests.support.terraform.language import EXPRESSIONS

NAMES = {
    "variable": {
        "on": {"default": True},
        "number": {"default": 41},
        "text": {"default": "txt"},
    },
    "locals": {
        "zones": {"a1": "us-east-1a", "a2": "us-east-1b", "b1": "x"},
        "objects": [{"name": "one"}, {"name": "two"}],
        "nested": [{"list": ["a", "b"]}, {"list": ["c"]}],
    },
}


def test_the_reader_evaluates_what_terraform_evaluates(tmp_path: Path) -> None:
    asked = EXPRESSIONS.strip().splitlines()
    outputs = {f"e{i}": {"value": f"${{{text}}}"} for i, text in enumerate(asked)}
    for name in outputs:
        if asked[int(name[1:])].startswith(("sensitive", "nonsensitive")):
            outputs[name]["sensitive"] = True
    document: dict[str, Any] = {**NAMES, "output": outputs}
    (tmp_path / "main.tf.json").write_text(json.dumps(document))
    with offline_terraform(tmp_path) as terraform:
        terraform.apply()
        said = terraform.outputs()
    read = read_document(document, may_be_empty=True)
    pairs = [(text, read.evaluate(f"${{{text}}}"), said.get(f"e{i}")) for i, text in enumerate(asked)]
    wrong = [pair for pair in pairs if not same(*pair[1:])]
    assert not wrong, "\n".join(f"{text}: read {one!r}, Terraform says {it!r}" for text, one, it in wrong)


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: ``true`` is not 1, and 1.0 is."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return isinstance(one, bool) == isinstance(other, bool) and one == other
