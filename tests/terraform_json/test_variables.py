"""Values of variables: where Terraform takes them from, and what a declared type makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json import Unknown, read_document


def module(folder: Path, **more: Any) -> Path:
    document = {
        "variable": {"who": {"default": "default"}, "open": {}},
        "resource": {"aws_x": {"y": {"who": "${var.who}", "open": "${var.open}"}}},
        **more,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf.json").write_text(json.dumps(document))
    return folder


def who(folder: Path, *named: Path) -> Any:
    return read_document(folder, variable_files=named).blocks["aws_x.y"].get("who")


def test_the_last_file_wins_in_the_order_of_terraform(tmp_path: Path) -> None:
    folder = module(tmp_path / "stack")
    assert who(folder) == "default"
    for name, text in (
        ("terraform.tfvars", 'who = "tfvars"'),
        ("terraform.tfvars.json", '{"who": "tfvars.json"}'),
        ("a.auto.tfvars", 'who = "a.auto"'),
        ("b.auto.tfvars.json", '{"who": "b.auto"}'),
        ("c.auto.tfvars", '# the last one\nwho = "c.auto" // wins\n'),
    ):
        (folder / name).write_text(text)
        assert who(folder) == json.loads(text)["who"] if text[0] == "{" else text.split('"')[1]
    first, second = tmp_path / "first.tfvars", tmp_path / "second.tfvars.json"
    first.write_text('who = "first"')
    second.write_text('{"who": "second"}')
    assert who(folder, first, second) == "second"
    assert who(folder, second, first) == "first"
    assert who(folder / "main.tf.json") == "c.auto"


def test_a_file_of_variables_holds_every_plain_value(tmp_path: Path) -> None:
    folder = module(tmp_path)
    (folder / "terraform.tfvars").write_text(
        'open = {\n  a = [1, true, null]\n  "b c" : "x\\ty"\n  nested = { port = 80, deep = [] }\n}\n'
        "who = <<-EOT\n    one\n      two\n  EOT\nunused = -1.5\n"
    )
    block = read_document(folder).blocks["aws_x.y"]
    nested = {"port": 80, "deep": []}
    assert block.get("open") == {"a": [1, True, None], "b c": "x\ty", "nested": nested}
    assert block.get("who") == "one\n  two\n"


def test_what_is_no_plain_value_is_refused_with_the_file(tmp_path: Path) -> None:
    folder = module(tmp_path)
    for name, text in (
        ("a.auto.tfvars", "who = var.other"),
        ("a.auto.tfvars", "who"),
        ("a.auto.tfvars", 'who = "a'),
        ("a.auto.tfvars", 'who = "a"\nwho = "b"'),
        ("a.auto.tfvars", "who = " + "[" * 3000),
        ("a.auto.tfvars.json", "[]"),
        ("a.auto.tfvars.json", '{"who": 1, "who": 2}'),
    ):
        file = folder / name
        file.write_text(text)
        with pytest.raises(ConfigError, match=r"a\.auto\.tfvars"):
            read_document(folder)
        file.unlink()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_document(folder, variable_files=[tmp_path / "none.tfvars"])


def test_a_declared_type_makes_of_a_value_what_terraform_does() -> None:
    kind = "object({port = optional(number, 80), names = set(string), tags = map(string), on = bool})"
    given = {"names": ["b", "a", "b"], "tags": {"n": 1}, "on": "true", "more": "left out"}
    document = {
        "variable": {
            "it": {"type": f"${{{kind}}}", "default": given},
            "text": {"type": "string", "default": 8080},
            "wrong": {"type": "number", "default": "x"},
        },
        "resource": {
            "aws_x": {"y": {"it": "${var.it}", "same": '${var.text == "8080"}', "wrong": "${var.wrong}"}}
        },
    }
    block = read_document(document).blocks["aws_x.y"]
    assert block.get("it") == {"port": 80, "names": ["a", "b"], "tags": {"n": "1"}, "on": True}
    assert (block.get("same"), block.get("wrong")) == (True, "x")


def test_what_nothing_says_stays_open_and_what_defaults_to_itself_is_refused(tmp_path: Path) -> None:
    assert read_document(module(tmp_path)).blocks["aws_x.y"].get("open") == Unknown("var.open")
    with pytest.raises(ConfigError, match=r"variable\.a\.default.*defaults to itself"):
        read_document({"variable": {"a": {"default": "${var.a}"}}, "resource": {"aws_x": {"y": {}}}})


def test_a_default_is_a_text_whatever_stands_in_it() -> None:
    document = {
        "variable": {"policy": {"default": "${aws:username}"}},
        "resource": {"aws_x": {"y": {"it": "${var.policy}"}}},
    }
    assert read_document(document).blocks["aws_x.y"].get("it") == "${aws:username}"
