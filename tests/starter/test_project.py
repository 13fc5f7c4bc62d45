from __future__ import annotations

import tomllib

import pytest

from constructs_lib.cli import project_around
from constructs_lib.environment import load_environment
from constructs_lib.errors import ConfigError
from constructs_lib.starter.project import NewProject
from tests.support.command_line import contents
from tests.support.paths import ROOT
from tests.support.projects import Project

OF_BOTH = {
    ".gitignore",
    ".github/workflows/architecture.yml",
    "Makefile",
    "Pipfile",
    "README.md",
    "cdktf-app.cjs",
    "cdktf.json",
    "main.py",
    "pyproject.toml",
    "tests/test_architecture.py",
}


def test_a_project_has_an_environment_two_functions_tests_and_commands(tmp_path):
    written = NewProject("bakery", "eu-central-1").write(tmp_path / "new" / "bakery")
    made = contents(tmp_path / "new" / "bakery")
    assert written == sorted(made)
    assert set(made) - {name for name in made if name.startswith("lambda_src/")} == OF_BOTH | {
        "environments/dev.toml",
        "environments/schema.json",
    }
    environment = load_environment(
        tmp_path / "new" / "bakery" / "environments" / "dev.toml", project_root=tmp_path / "new" / "bakery"
    )
    assert (environment.project, environment.region) == ("bakery", "eu-central-1")


def test_a_composed_project_has_no_environment_files(tmp_path):
    NewProject("bakery", "eu-west-1", composed=True).write(tmp_path / "bakery")
    made = contents(tmp_path / "bakery")
    assert {name for name in made if not name.startswith("lambda_src/")} == OF_BOTH
    assert b'"bakery", "eu-west-1"' in made["main.py"]


@pytest.mark.parametrize(("given", "extra"), [({}, "cdktf"), ({"flavour": "cdktn"}, "cdktn")])
def test_a_project_asks_for_the_extra_that_writes_terraform(given, extra):
    made = NewProject("bakery", "eu-west-1", engine=False, **given)
    pipfile = tomllib.loads(made.files()["Pipfile"].decode())
    assert [pipfile[part]["constructs-lib"]["extras"] for part in ("packages", "dev-packages")] == [
        [extra],
        [extra, "run", "testing"],
    ]


@pytest.mark.parametrize("composed", [False, True])
def test_the_functions_are_those_that_this_repository_tests(tmp_path, composed):
    NewProject("bakery", "eu-west-1", composed=composed).write(tmp_path / "bakery")
    there = contents(tmp_path / "bakery" / "lambda_src")
    here = contents(ROOT / "lambda_src")
    assert there == {name: content for name, content in here.items() if "__pycache__" not in name}


@pytest.mark.parametrize("composed", [False, True])
def test_no_placeholder_is_left(composed):
    for path, content in NewProject("bakery", "eu-west-1", composed=composed).files().items():
        assert b"{{" not in content or path.startswith((".github/", "lambda_src/")), path


@pytest.mark.parametrize("engine", [True, False])
def test_its_tests_bring_an_engine_along_where_one_fits_this_machine(engine):
    pipfile = NewProject("bakery", "eu-west-1", engine=engine).files()["Pipfile"].decode()
    extras = ["cdktf", "run", "testing", *(["engine"] if engine else [])]
    assert tomllib.loads(pipfile)["dev-packages"]["constructs-lib"]["extras"] == extras


def test_an_empty_folder_may_be_there(tmp_path):
    NewProject("bakery", "eu-west-1").write(tmp_path)
    assert (tmp_path / "main.py").is_file()


def test_nothing_is_written_beside_what_is_there(tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(ConfigError, match="empty or not there yet"):
        NewProject("bakery", "eu-west-1").write(tmp_path)
    assert contents(tmp_path) == {"mine": b"mine"}


@pytest.mark.parametrize("composed", [False, True])
def test_a_wrong_name_and_region_are_said_at_once_and_nothing_is_written(tmp_path, composed):
    with pytest.raises(ConfigError) as wrong:
        NewProject("My Shop", "nowhere", composed=composed).write(tmp_path / "shop")
    assert [problem.field for problem in wrong.value.problems] == ["project", "region"]
    assert contents(tmp_path) == {}


def test_a_folder_that_can_not_be_made_is_wrong_input(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="can't be written: File exists"):
        NewProject("bakery", "eu-west-1").write(tmp_path / "file" / "bakery")


def test_the_project_is_found_from_the_folders_below(tmp_path):
    made = Project(tmp_path)
    made.write("")
    below = tmp_path / "lambda_src" / "inventory"
    below.mkdir(parents=True)
    assert project_around(below) == tmp_path
    assert project_around(tmp_path.parent) == tmp_path.parent
