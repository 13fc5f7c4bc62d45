"""A secret in a file that would be packaged is refused with its line, and waived at its file."""

from pathlib import Path

from tests.support.environment_files import load, only_problem

TEXT = 'API = 1\nDB_PASSWORD = "hunter2hunter2"\n'


def test_a_secret_in_the_source_is_named_by_its_file_and_line(tmp_path: Path) -> None:
    loaded = load(tmp_path, {})
    source = loaded.functions["inventory"].source
    file = tmp_path / str(source) / "settings.py"
    file.write_text(TEXT)
    problem = only_problem(tmp_path, {})
    assert problem.field == "functions.inventory.source"
    assert str(problem.value) == "settings.py, line 2"
    assert "hunter2" not in str(problem)
    at = f"{source}/settings.py"
    assert at in problem.way_out
    waiver = f'[{{rule = "secret-variable", address = "{at}", reason = "of the tests"}}]'
    assert load(tmp_path, {"waivers": waiver})
    file.rename(file.with_name(".env"))
    assert load(tmp_path, {})
