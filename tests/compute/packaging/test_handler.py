import sys
from pathlib import Path

import pytest

from constructs_lib.errors import ConfigError
from tests.support.environment_files import load, only_problem

HANDLER = "functions.inventory.handler"


def write(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "lambda_src" / "inventory"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "app.py").write_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "def main(event, context): ...",
        "async def main(event, context): ...",
        "from shop import main",
        "from shop import answer as main",
        "main = print",
        "try:\n    from fast import main\nexcept ImportError:\n    def main(event, context): ...",
        "if True:\n    def main(event, context): ...",
        "class main: ...",
        "from shop import *",
        "globals()['main'] = print",
    ],
)
def test_a_function_that_the_file_has_or_may_have_is_in_order(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    assert load(tmp_path, {HANDLER: '"app.main"'})


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("def mian(event, context): ...", 'did you mean "mian"? name a function of that file'),
        ("def x(): ...\ndef y(): ...", "it has x and y; name a function of that file"),
        ("def outer():\n    def main(event, context): ...", "it has outer; name a function of that file"),
        ("", "name a function of that file"),
    ],
)
def test_a_function_that_the_file_has_not_is_said_with_those_it_has(
    tmp_path: Path, text: str, way_out: str
) -> None:
    write(tmp_path, text)
    problem = only_problem(tmp_path, {HANDLER: '"app.main"'})
    assert (problem.field, problem.value) == (HANDLER, "app.main")
    assert problem.rule == "there is no main in lambda_src/inventory/app.py"
    assert problem.way_out == way_out


def test_a_file_that_is_no_python_is_said_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "\ndef main(event, context)\n    return {}\n")
    problem = only_problem(tmp_path, {HANDLER: '"app.main"'})
    assert problem.rule == "lambda_src/inventory/app.py is no Python in line 2: expected ':'"


def test_syntax_that_this_python_may_be_too_old_for_is_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = {HANDLER: '"app.main"', "functions.inventory.runtime": '"python3.14"'}
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    for text in ("def main[T](event: T) - {}", "type X = [", "f'{' if }'", "t'{", "except A, B -"):
        write(tmp_path, text)
        assert load(tmp_path, newer), text
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    with pytest.raises(ConfigError, match="is no Python"):
        load(tmp_path, newer)
