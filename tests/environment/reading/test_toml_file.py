import os
from pathlib import Path

import pytest

from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.errors import ConfigError, Problem


def problem_of(path: Path, content: bytes | None = None) -> Problem:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read_toml(path)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    "content",
    [
        b'a = "b"\n',
        b'\xef\xbb\xbfa = "b"\n',
        b'a = "b"\r\n',
        b'\xef\xbb\xbf# note\r\n\r\na = "b"',
        b"a = 'b'",
    ],
)
def test_byte_order_marks_and_windows_line_ends_are_fine(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dev.toml").write_bytes(content)
    assert read_toml(tmp_path / "dev.toml") == {"a": "b"}


@pytest.mark.parametrize(
    ("content", "place", "word"),
    [
        (b"a = 1\na = 2\n", "line 2, column 6", "written twice"),
        (b"[a]\nx = 1\n[a]\ny = 2\n", "line 3, column 3", "written twice"),
        (b"a = {x = 1}\na.y = 2\n", "line 2, column 8", "cannot be added to"),
        (b"a = [1]\n[[a]]\n", "line 2, column 4", "cannot be added to"),
        (b"region = us-east-1\n", "line 1, column 10", "not a TOML value"),
        (b"a = None\n", "line 1, column 5", "not a TOML value"),
        (b"a = True\n", "line 1, column 5", "not a TOML value"),
        (b"a =\n", "line 1, column 4", "not a TOML value"),
        (b"region: us-east-1\n", "line 1, column 7", "needs an ="),
        (b"just words\n", "line 1, column 6", "needs an ="),
        (b'a = "open\n', "line 1, column 10", "does not allow here"),
        (b"a = [1, 2\n\n", "line 1, column 10", "not closed"),
        (b'a = "x" b = "y"\n', "line 1, column 9", "something behind the value"),
        (b"[a\n", "line 1, column 3", "not TOML"),
        (b'a = "C:\\source"\n', "line 1, column 10", "not TOML"),
        (b"a = 1979-13-01\n", "line 1, column 9", "something behind the value"),
        (b"a = 01\n", "line 1, column 6", "something behind the value"),
        (b"a = 1\x00\n", "line 1, column 6", "something behind the value"),
        (b"{}\n", "line 1, column 1", "not TOML"),
    ],
)
def test_a_slip_in_the_syntax_is_said_with_its_place(
    tmp_path: Path, content: bytes, place: str, word: str
) -> None:
    problem = problem_of(tmp_path / "dev.toml", content)
    assert problem.field == place
    assert word in problem.rule
    assert problem.way_out


def test_the_line_itself_is_shown_but_not_a_screen_full_of_it(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "dev.toml", b"x = 1\n  region = us\n").value == "region = us"
    assert len(repr(problem_of(tmp_path / "dev.toml", b"x = " + b"y" * 10_000).value)) < 200


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"a = True", "true or false in small letters"),
        (b"a = null", "leave out a key that has no value"),
        (b"region = us-east-1", "in quotes"),
        (b"region: us-east-1", "not YAML"),
        (b'source = "lambda_src\\inventory"', "paths with /"),
    ],
)
def test_the_way_out_fits_the_slip(tmp_path: Path, content: bytes, hint: str) -> None:
    assert hint in problem_of(tmp_path / "dev.toml", content).way_out


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\xff\xfea\x00 \x00=\x00 \x001\x00", "is not UTF-8 text (byte 0xff in line 1)"),
        (b'a = 1\nb = "\xe9"\n', "is not UTF-8 text (byte 0xe9 in line 2)"),
        (b"a = " + b"9" * 5_000, "has a number of more than 4300 digits"),
        (b"a = " + b"[" * 100_000 + b"]" * 100_000, "is nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_understood_says_why(tmp_path: Path, content: bytes, rule: str) -> None:
    problem = problem_of(tmp_path / "dev.toml", content)
    assert (problem.field, problem.rule) == ("file", rule)


def test_numbers_have_64_bits(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "dev.toml", b"a = {b = [1, 0x" + b"f" * 9000 + b"]}").field == "a.b[1]"


def test_a_file_that_is_not_there_names_the_ones_that_are(tmp_path: Path) -> None:
    (tmp_path / "prod.toml").touch()
    problem = problem_of(tmp_path / "prd.toml")
    assert problem.rule == "does not exist"
    assert problem.way_out.endswith("prod.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "dev.toml").touch()
    problem = problem_of(tmp_path)
    assert problem.rule == "is a folder"
    assert problem.way_out.endswith("dev.toml")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dev.toml")
    assert problem_of(tmp_path / "dev.toml").rule == "is not a regular file"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problem = problem_of(tmp_path / "dev.toml", b"")
    assert problem.rule == "cannot be read (Permission denied)"


@pytest.mark.parametrize("name", ["a\0b.toml", "x" * 5_000 + ".toml"])
def test_a_path_that_no_file_system_takes_is_a_problem_too(tmp_path: Path, name: str) -> None:
    problem = problem_of(tmp_path / name)
    assert problem.field == "file"
    assert len(str(problem)) < 500
