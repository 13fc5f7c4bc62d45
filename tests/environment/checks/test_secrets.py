"""A secret in a variable is refused where it is written, without being shown, and waived with a reason."""

from pathlib import Path

from tests.support.environment_files import load, only_problem

TOKEN = "k3J9xQ2mPz7LwV5b" + "Tn8RyA4c"
AT = "aws_lambda_function.inventory.environment.SESSION"


def waiver(address: str) -> str:
    return f'[{{rule = "secret-variable", address = "{address}", reason = "a public id"}}]'


def test_a_secret_is_named_by_its_field_and_not_shown(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"functions.inventory.environment": f'{{SESSION = "{TOKEN}"}}'})
    assert problem.field == "functions.inventory.environment.SESSION"
    assert TOKEN not in str(problem)
    assert "functions.inventory.secrets" in problem.way_out
    assert AT in problem.way_out


def test_a_tag_is_no_place_for_one_either(tmp_path: Path) -> None:
    assert only_problem(tmp_path, {"tags.owner": f'"{TOKEN}"'}).field == "tags.owner"


def test_a_false_alarm_is_waived_at_its_variable_alone(tmp_path: Path) -> None:
    variables = {"functions.inventory.environment": f'{{SESSION = "{TOKEN}"}}'}
    assert load(tmp_path, {**variables, "waivers": waiver(AT)})
    other = AT.replace("SESSION", "OTHER")
    assert only_problem(tmp_path, {**variables, "waivers": waiver(other)}).field.endswith("SESSION")
