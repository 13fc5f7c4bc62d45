from pathlib import Path

import pytest

from tests.support.environment_files import fields, load, only_problem

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


def test_a_folder_with_nothing_but_bytecode_is_empty(tmp_path: Path) -> None:
    (tmp_path / "lambda_src" / "empty" / "__pycache__").mkdir(parents=True)
    (tmp_path / "lambda_src" / "empty" / "__pycache__" / "handler.pyc").touch()
    assert only_problem(tmp_path, {SOURCE: '"lambda_src/empty"'}).rule == "is an empty folder"


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
    "handler", ["handler.main", "package.handler", "package.inner.main", "package/inner.main"]
)
def test_a_handler_may_lie_in_a_package(tmp_path: Path, handler: str) -> None:
    package = tmp_path / "lambda_src" / "inventory" / "package"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "inner.py").touch()
    assert load(tmp_path, {HANDLER: f'"{handler}"'})


@pytest.mark.parametrize(
    ("runtime", "handler"),
    [("java21", "shop.Handler::handle"), ("provided.al2023", "bootstrap"), ("nodejs24.x", "index.handler")],
)
def test_other_runtimes_have_handlers_of_their_own_form(tmp_path: Path, runtime: str, handler: str) -> None:
    changes = {"functions.inventory.runtime": f'"{runtime}"', HANDLER: f'"{handler}"'}
    assert load(tmp_path, changes).functions["inventory"].handler == handler
