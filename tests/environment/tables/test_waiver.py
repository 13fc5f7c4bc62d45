"""Waivers in the environment file."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.environment import Waiver
from tests.support.environment_files import load, problems

RULE = 'rule = "security-group-rules"'
GROUP = "aws_security_group.inventory"


def waiver(text: str) -> dict[str, str]:
    return {"waivers": f"[{{ {text} }}]"}


def test_a_waiver_names_a_rule_a_place_and_a_reason(tmp_path: Path) -> None:
    environment = load(tmp_path, waiver(f'{RULE}, address = "{GROUP}", reason = "quota raised to 200"'))
    assert environment.waivers == [
        Waiver(rule="security-group-rules", address=GROUP, reason="quota raised to 200")
    ]


def test_without_an_address_a_waiver_is_for_the_whole_rule(tmp_path: Path) -> None:
    assert load(tmp_path, waiver(f'{RULE}, reason = "x"')).waivers[0].address is None


def test_everything_wrong_with_a_waiver_is_said_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, waiver("rule = 22"))
    assert {problem.field: problem.rule for problem in found} == {
        "waivers[0].rule": "there is no rule of this name",
        "waivers[0].reason": "is needed",
    }


def test_a_waiver_needs_a_rule_and_a_reason_that_is_not_empty(tmp_path: Path) -> None:
    found = problems(tmp_path, waiver('reason = ""'))
    assert {problem.field for problem in found} == {"waivers[0].rule", "waivers[0].reason"}


def test_a_name_that_is_nearly_a_rules_says_which_are_near(tmp_path: Path) -> None:
    for slip, near in (
        ("alb-subnets-size", "alb-subnet-size"),
        ("security_group_rules", "security-group-rules"),
        ("inline-rules", "security-group-inline-rules"),
    ):
        [found] = problems(tmp_path, waiver(f'rule = "{slip}", reason = "x"'))
        assert found.way_out.startswith(f'did you mean "{near}"')
    [found] = problems(tmp_path, waiver('rule = "everything", reason = "x"'))
    assert found.way_out == "docs/rules.md has the names, and `python main.py lint` shows them"
