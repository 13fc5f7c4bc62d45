import os
from pathlib import Path

import pytest

from tests.support.environment_files import fields, load, only_problem, problems

SOURCE = "functions.inventory.source"
HANDLER = "functions.inventory.handler"


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("lambda_src/nothing", "there is no such folder"),
        ("lambda_src/inventory/handler.py", "is a file"),
        ("/etc", "relative to the folder of main.py"),
        ("~/code", "relative to the folder of main.py"),
        ("C:\\\\code", "relative to the folder of main.py"),
        ("lambda_src\\\\inventory", "backslashes"),
        ("../elsewhere", "without .."),
        ("lambda_src/../lambda_src/inventory", "without .."),
        (".", "is the whole project"),
        ("./", "is the whole project"),
        (" lambda_src/inventory", "blanks around it"),
        ("   ", "blanks around it"),
        ("a\\u0000b", "is no usable path"),
        ("x" * 5000, "is no usable path"),
        ("${path.module}/x", "there is no such folder"),
    ],
)
def test_a_source_is_a_folder_inside_the_project(tmp_path: Path, source: str, rule: str) -> None:
    problem = only_problem(tmp_path, {SOURCE: f'"{source}"'})
    assert problem.field == SOURCE
    assert rule in problem.rule


def test_a_slip_in_a_folder_is_repaired(tmp_path: Path) -> None:
    assert 'did you mean "inventory"?' in only_problem(tmp_path, {SOURCE: '"lambda_src/inventroy"'}).way_out


def test_a_folder_with_nothing_that_can_be_packaged_is_refused(tmp_path: Path) -> None:
    for left in ("__pycache__/handler.pyc", ".git/HEAD", "requirements.txt"):
        folder = tmp_path / "lambda_src" / left.replace("/", "-")
        (folder / left).parent.mkdir(parents=True)
        (folder / left).touch()
        problem = only_problem(tmp_path, {SOURCE: f'"lambda_src/{folder.name}"'})
        assert (problem.value, problem.rule) == (
            f"lambda_src/{folder.name}",
            "nothing in this folder can be packaged",
        )


def test_everything_that_a_package_cannot_hold_is_said_of_every_file_at_once(tmp_path: Path) -> None:
    load(tmp_path)
    folder = tmp_path / "lambda_src" / "inventory"
    os.mkfifo(folder / "fifo")
    (folder / "nowhere").symlink_to("missing")
    (folder / "out").symlink_to(tmp_path)
    (folder / "device").symlink_to("/dev/zero")
    (folder / "folder").mkdir()
    (folder / "inside").symlink_to("folder")
    (folder / "requirements.txt").write_text("requests==2.32.0\nurllib3\n")
    with (folder / "large.bin").open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    found = problems(tmp_path, {})
    assert {str(problem.value) for problem in found} == {
        *("fifo", "nowhere", "out", "device", "inside", "requests==2.32.0", "urllib3")
    }
    assert {problem.field.partition(" ")[0] for problem in found} == {SOURCE}


def test_a_package_is_not_larger_than_lambda_takes(tmp_path: Path) -> None:
    load(tmp_path)
    with (tmp_path / "lambda_src" / "inventory" / "large.bin").open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    problem = only_problem(tmp_path, {})
    assert (problem.field, problem.value) == (SOURCE, "lambda_src/inventory")
    assert "at most 50 MB, and this folder 51.0 MB" in problem.rule


def test_requirements_that_are_no_file_are_not_waited_for(tmp_path: Path) -> None:
    load(tmp_path)
    os.mkfifo(tmp_path / "lambda_src" / "inventory" / "requirements.txt")
    assert "is no file" in only_problem(tmp_path, {}).rule


def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path)
    folder = tmp_path / "lambda_src" / "inventory"
    (folder / "closed").mkdir()
    (folder / "secret.txt").touch()
    readable, listed = os.access, Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path).name != "secret.txt" and readable(path, mode)
    )
    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = [(problem.value, problem.rule) for problem in problems(tmp_path, {})]
    assert found == [("closed", "the folder cannot be read"), ("secret.txt", "the file cannot be read")]


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    load(project)
    outside.mkdir()
    (outside / "handler.py").touch()
    (project / "linked").symlink_to(outside, target_is_directory=True)
    problem = only_problem(project, {SOURCE: '"linked"'})
    assert "leads out of the project" in problem.rule


def test_a_link_inside_the_project_is_fine(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "linked").symlink_to(tmp_path / "lambda_src" / "inventory", target_is_directory=True)
    assert load(tmp_path, {SOURCE: '"linked"'})


def test_a_link_that_leads_nowhere_or_round_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("missing")
    (tmp_path / "round").symlink_to("round")
    for name in ("nowhere", "round"):
        assert fields(tmp_path, {SOURCE: f'"{name}"'}) == [SOURCE]


@pytest.mark.parametrize(
    "source", ["lambda_src/inventory", "./lambda_src/inventory", "lambda_src/inventory/"]
)
def test_a_folder_may_be_written_in_any_usual_way(tmp_path: Path, source: str) -> None:
    assert load(tmp_path, {SOURCE: f'"{source}"'})


def test_functions_may_share_a_source(tmp_path: Path) -> None:
    assert load(tmp_path, {SOURCE: '"lambda_src/storefront"'})


@pytest.mark.parametrize(
    ("handler", "rule"),
    [
        ("", "is not empty"),
        ("handler handler", "no blanks"),
        ("handler", 'is "<module>.<function>"'),
        ("handler.", 'is "<module>.<function>"'),
        (".handler", 'is "<module>.<function>"'),
        ("handler.py:handler", 'is "<module>.<function>"'),
        ("handler.5x", 'is "<module>.<function>"'),
        ("../x.handler", 'is "<module>.<function>"'),
        ("app.handler", "there is no app.py in lambda_src/inventory"),
        ("src.app.handler", "there is no src/app.py in lambda_src/inventory"),
    ],
)
def test_a_python_handler_is_a_function_in_a_module_of_the_source(
    tmp_path: Path, handler: str, rule: str
) -> None:
    problem = only_problem(tmp_path, {HANDLER: f'"{handler}"'})
    assert problem.field == HANDLER
    assert rule in problem.rule


@pytest.mark.parametrize(
    "handler", ["handler.handler", "package.handler", "package.inner.main", "package/inner.main"]
)
def test_a_handler_may_lie_in_a_package(tmp_path: Path, handler: str) -> None:
    package = tmp_path / "lambda_src" / "inventory" / "package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from package.inner import main as handler")
    (package / "inner.py").write_text("def main(event, context): ...")
    assert load(tmp_path, {HANDLER: f'"{handler}"'})


@pytest.mark.parametrize(
    ("runtime", "handler"),
    [("java21", "shop.Handler::handle"), ("provided.al2023", "bootstrap"), ("nodejs24.x", "index.handler")],
)
def test_other_runtimes_have_handlers_of_their_own_form(tmp_path: Path, runtime: str, handler: str) -> None:
    changes = {"functions.inventory.runtime": f'"{runtime}"', HANDLER: f'"{handler}"'}
    assert load(tmp_path, changes).functions["inventory"].handler == handler
