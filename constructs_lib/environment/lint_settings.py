"""``lint.toml``: what a folder of anybody's Terraform JSON accepts, in the words of an environment file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from constructs_lib.environment.checks.quotas import quota_problems
from constructs_lib.environment.reading.toml_file import read_toml
from constructs_lib.environment.reading.words_for_pydantic import problem_of
from constructs_lib.environment.tables.quotas import AWS_QUOTAS, Quotas
from constructs_lib.environment.tables.section import Section
from constructs_lib.environment.tables.waiver import Waiver
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import did_you_mean, listed, presentable

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "lint.toml"
"""The file that ``lint`` reads of itself where it stands beside the Terraform JSON."""


class LintSettings(Section):
    """What ``lint`` is told about a folder.

    waivers: rules that may be broken there, and why. quotas: what AWS has raised. Both as in an environment
    file.
    """

    waivers: list[Waiver] = Field(default=[])
    quotas: Quotas = Field(default=AWS_QUOTAS)


def load_lint_settings(path: Path) -> LintSettings:
    """Read the settings of a TOML file.

    Raises:
        ConfigError: with everything that is wrong with it.
    """
    content = read_toml(path)
    known = LintSettings.model_fields
    problems = [_unknown(key) for key in content if key not in known]
    try:
        settings = LintSettings.model_validate({key: content[key] for key in content if key in known})
    except ValidationError as error:
        problems += [problem_of(item) for item in error.errors(include_url=False)]
        raise ConfigError(presentable(problem) for problem in problems) from None
    problems += quota_problems(settings.quotas)
    if problems:
        raise ConfigError(presentable(problem) for problem in problems)
    return settings


def _unknown(key: str) -> Problem:
    keys = list(LintSettings.model_fields)
    way_out = f"{did_you_mean(key, keys)}the keys here are {listed(keys, most=40)}"
    return Problem(key, key, "there is no such key in the settings of lint", way_out)
