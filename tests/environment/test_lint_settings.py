"""What ``lint`` is told about a folder of anybody's Terraform JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.environment.lint_settings import LintSettings, load_lint_settings
from constructs_lib.errors import ConfigError, Problem

WAIVER = '[[waivers]]\nrule = "alb-name"\nreason = "older than the rule"\n'


def load(tmp_path: Path, text: str) -> LintSettings:
    file = tmp_path / "lint.toml"
    file.write_text(text, encoding="utf-8")
    return load_lint_settings(file)


def problems(tmp_path: Path, text: str) -> list[Problem]:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    return list(caught.value.problems)


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "") == LintSettings()


def test_waivers_are_those_of_an_environment_file(tmp_path: Path) -> None:
    [waiver] = load(tmp_path, WAIVER).waivers
    assert (waiver.rule, waiver.address, waiver.reason) == ("alb-name", None, "older than the rule")


def test_quotas_are_those_of_an_environment_file(tmp_path: Path) -> None:
    assert load(tmp_path, "[quotas]\nalb_listeners = 80").quotas.alb_listeners == 80
    [problem] = problems(tmp_path, "[quotas]\nsecurity_group_rules = 1000")
    assert problem.field == "quotas.security_group_rules"


def test_the_tables_of_an_environment_do_not_belong_here(tmp_path: Path) -> None:
    found = problems(tmp_path, f'project = "shop"\n{WAIVER.replace("reason", "because")}')
    assert [problem.field for problem in found] == ["project", "waivers[0].reason", "waivers[0].because"]


def test_what_is_no_toml_is_said(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "waivers: []")
    assert problem.field == "line 1, column 8"
