"""The order of keys in an environment file is no part of what it says: sorted, they give the same bytes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.terraform.stacks import written

GATEWAYS = 'nat_gateway_ids = { b = "nat-0123456789abcdef0", a = "nat-0123456789abcdef1" }'


def toml(value: Any) -> str:
    """A value of TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value)


def arranged(value: Any, *, backwards: bool) -> Any:
    if isinstance(value, dict):
        return {key: arranged(value[key], backwards=backwards) for key in sorted(value, reverse=backwards)}
    return [arranged(item, backwards=backwards) for item in value] if isinstance(value, list) else value


def with_existing_gateways(text: str) -> str:
    single, table = 'nat = "single"\nnat_zone = "a"\n', "[network.existing]\n"
    assert single in text
    return text.replace(single, "").replace(table, f"{table}{GATEWAYS}\n")


@pytest.mark.parametrize(
    "name", ["everything", "own-ports", "existing-callers", "existing-vpc", "nat-per-az"]
)
def test_the_order_of_keys_changes_no_byte(tmp_path: Path, name: str) -> None:
    text = (ROOT / "examples" / f"{name}.toml").read_text("utf-8")
    said = tomllib.loads(with_existing_gateways(text) if name == "existing-vpc" else text)
    results = []
    for backwards in (False, True):
        folder = tmp_path / str(backwards)
        folder.mkdir()
        file = folder / f"{name}.toml"
        keys = arranged(said, backwards=backwards).items()
        file.write_text("".join(f"{key} = {toml(item)}\n" for key, item in keys), encoding="utf-8")
        results.append((written(file, folder / "out") / "cdk.tf.json").read_bytes())
    assert results[0] == results[1]
