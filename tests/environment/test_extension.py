from __future__ import annotations

import sys

import pytest

from constructs_lib.environment.extension import check_extension, extend, extension_beside
from constructs_lib.errors import ConfigError, Problem


@pytest.fixture
def file(tmp_path):
    """``environments/dev.py`` of a project with this text; None: there is none."""

    def written(text):
        made = tmp_path / "environments" / "dev.py"
        made.parent.mkdir(exist_ok=True)
        made.write_bytes(text.encode())
        return made

    return written


def rules(file):
    return [problem.rule for problem in check_extension(file)]


def test_it_is_the_python_file_of_the_same_name(file, tmp_path):
    made = file("")
    assert extension_beside(made.with_suffix(".toml")) == made
    assert extension_beside(tmp_path / "environments" / "prod.toml") is None


@pytest.mark.parametrize(
    "text",
    [
        "def extend(stack): ...",
        "def extend(stack, *, times=1): ...",
        "def extend(*stacks): ...",
        "from shared import extend",
        "from shared import queues as extend",
        "extend = lambda stack: None",
        "def extend(): ...\ndef extend(stack): ...",
        "if True:\n    def extend(stack): ...\n" and "extend: object = print",
    ],
)
def test_anything_that_takes_the_stack_is_in_order(file, text):
    assert rules(file(text)) == []


@pytest.mark.parametrize("text", ["", "def extended(stack): ...", "extend", "class Extend: ..."])
def test_without_the_function_it_says_what_to_write(file, text):
    assert rules(file(text)) == ["has no function extend"]


@pytest.mark.parametrize(
    "text",
    [
        "def extend(): ...",
        "def extend(a, b): ...",
        "def extend(stack, *, x): ...",
        "async def extend(stack): ...",
    ],
)
def test_a_function_that_does_not_take_the_stack_alone_is_refused(file, text):
    assert rules(file(text)) == ["extend takes one argument, the stack, and isn't async"]


def test_what_is_no_python_is_said_with_its_line(file):
    assert rules(file("x = 1\ndef extend(stack:\n")) == ["is no Python in line 2: '(' was never closed"]
    assert rules(file("\0")) == ["is no Python: source code string cannot contain null bytes"]


def test_it_gets_the_stack_and_may_import_what_lies_in_the_project(file, tmp_path):
    (tmp_path / "shared_queues.py").write_text("def add(stack):\n    stack.append('queue')\n")
    stack = []
    before = [*sys.path]
    extend(
        stack,
        file("import shared_queues\ndef extend(stack):\n    shared_queues.add(stack)"),
        project_root=tmp_path,
    )
    assert (stack, sys.path) == (["queue"], before)
    assert not list(tmp_path.rglob("__pycache__"))


def test_what_it_raises_is_named_by_the_users_own_lines(file, tmp_path):
    made = file("import json\n\ndef extend(stack):\n    inner()\n\ndef inner():\n    json.loads('{')\n")
    with pytest.raises(ConfigError) as wrong:
        extend([], made, project_root=tmp_path)
    [problem] = wrong.value.problems
    assert problem.field == "environments/dev.py:4 -> environments/dev.py:7"
    assert problem.value.startswith("JSONDecodeError: Expecting property name")


def test_what_our_constructs_refuse_keeps_its_words_and_gets_the_line(file, tmp_path):
    text = "from constructs_lib import ConfigError, Problem\ndef extend(stack):\n"
    text += "    raise ConfigError([Problem('memory_mb', 64, 'is too little', 'write 128')])\n"
    with pytest.raises(ConfigError) as wrong:
        extend([], file(text), project_root=tmp_path)
    assert wrong.value.problems == (
        Problem("environments/dev.py:3: memory_mb", 64, "is too little", "write 128"),
    )


def test_an_error_while_it_is_imported_is_the_files(file, tmp_path):
    with pytest.raises(ConfigError, match=r"environments/dev\.py:1: \"ModuleNotFoundError"):
        extend([], file("import nowhere_to_be_found\ndef extend(stack): ..."), project_root=tmp_path)
