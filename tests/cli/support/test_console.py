import pytest

from constructs_lib.cli.support import console
from constructs_lib.errors import Problem

PROBLEM = Problem("functions.a:x:b", "[bold]", "is no :smile:", "rename it")


@pytest.fixture(params=["", "1"])
def colour(request, monkeypatch):
    """Whether the output is a terminal's."""
    monkeypatch.setenv("FORCE_COLOR", request.param)
    monkeypatch.setenv("TERM", "xterm")
    return bool(request.param)


def test_what_users_wrote_is_never_markup(colour, capsys):
    console.say("[red]a[/red] :warning:")
    console.complain("dev.toml", [PROBLEM])
    out, err = capsys.readouterr()
    assert out == "[red]a[/red] :warning:\n"
    for text in ("functions.a:x:b", "'[bold]'", "is no :smile:"):
        assert text in err
    assert ("\x1b[1;31merror" in err) is colour


def test_a_table_is_a_line_for_each_row_where_there_is_no_terminal(colour, capsys):
    console.table("two", ("name", "where"), [("a", "x\ny"), ("b :x:", "")], is_result=True)
    out = capsys.readouterr().out
    assert "b :x:" in out
    assert (out == "two\nname   where\na      x; y\nb :x:\n") is not colour


def test_a_long_cell_moves_its_own_line_alone(monkeypatch, capsys):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    console.table("", ("a", "b", "c"), [("x" * 70, "1", "2"), ("y", "3", "4")], is_result=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:] == [f"{'x' * 70}  1  2", f"{'y'.ljust(60)}  3  4"]


@pytest.mark.usefixtures("colour")
def test_lines_are_not_wrapped(capsys):
    console.warn("", [Problem("a", "b", "long " * 60, "shorten it")])
    assert capsys.readouterr().err.count("\n") == 1
