from pathlib import Path

import pytest

from constructs_lib.environment.policy_files import statements_of
from constructs_lib.errors import ConfigError


def test_a_file_that_is_gone_is_a_problem_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        statements_of("gone.json", field="policies", project_root=tmp_path)


def test_a_table_is_its_own_statement(tmp_path: Path) -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    assert statements_of(statement, field="policies", project_root=tmp_path) == [statement]
