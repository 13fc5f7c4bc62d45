from __future__ import annotations

import contextlib
import sys

import pytest

from constructs_lib import cli
from constructs_lib.cli import commands
from constructs_lib.cli.support import interruption
from constructs_lib.environment import load_environment
from constructs_lib.version import VERSION
from tests.support.command_line import command, contents
from tests.support.projects import Project


@pytest.fixture
def here(tmp_path):
    return Project(tmp_path)


def test_the_folder_names_the_project(here):
    made = command(here, "init", "My Bakery 2", "--region", "eu-west-1")
    assert (made.returncode, made.stdout) == (0, "My Bakery 2: made; next: cd My Bakery 2 && make synth\n")
    root = here.root / "My Bakery 2"
    assert load_environment(root / "environments" / "dev.toml", project_root=root).project == "my-bakery-2"


def test_what_is_wrong_is_said_at_once_and_nothing_is_written(here):
    made = command(here, "init", "shop", "--name", "Shop!", "--region", "here")
    assert made.returncode == 2
    assert ("project: 'Shop!'" in made.stderr, "region: 'here'" in made.stderr) == (True, True)
    assert contents(here.root) == {}


def test_the_version_is_said(here):
    assert command(here, "--version").stdout == f"constructs-lib {VERSION}\n"


@pytest.fixture
def process_that_goes_on(monkeypatch):
    """The tests' own: ``main`` ends its process, and with it node."""
    monkeypatch.setattr(interruption, "interruptible", contextlib.nullcontext)


@pytest.mark.usefixtures("process_that_goes_on")
def test_a_python_without_the_packages_says_which_one_to_run(monkeypatch, capsys, tmp_path):
    def missing(**_):
        raise ModuleNotFoundError("No module named 'typer'", name="typer.core")

    monkeypatch.setattr(commands, "app", missing)
    monkeypatch.setattr(sys, "argv", ["main.py", "check"])
    with pytest.raises(SystemExit) as ended:
        cli.main(project_root=tmp_path)
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        f"{sys.executable} has no package typer: `make synth` installs what the Pipfile names into .venv\n"
    )


@pytest.mark.usefixtures("process_that_goes_on")
def test_a_module_of_ours_that_is_missing_is_a_fault_of_ours(monkeypatch, tmp_path):
    def missing(**_):
        raise ModuleNotFoundError("No module named 'constructs_lib.x'", name="constructs_lib.x")

    monkeypatch.setattr(commands, "app", missing)
    monkeypatch.setattr(sys, "argv", ["main.py", "check"])
    with pytest.raises(ModuleNotFoundError):
        cli.main(project_root=tmp_path)
