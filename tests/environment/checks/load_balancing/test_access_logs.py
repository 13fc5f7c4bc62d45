from pathlib import Path

import pytest

from tests.support.environment_files import fields, load, only_problem

PUBLIC = "load_balancers.public"
ON = {f"{PUBLIC}.access_logs": "true"}


def test_access_logs_have_a_bucket_with_an_expiry_that_is_not_emptied_unasked(tmp_path: Path) -> None:
    settings = load(tmp_path, ON).load_balancers.public
    assert (settings.access_logs_days, settings.access_logs_when_removed) == (90, "refuse")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({**ON, f"{PUBLIC}.access_logs_bucket": '"logs"'}, "access_logs", "names one that exists"),
        ({**ON, f"{PUBLIC}.access_logs_days": "0"}, "access_logs_days", "must be 1 to"),
        (
            {**ON, f"{PUBLIC}.access_logs_when_removed": '"keep"'},
            "access_logs_when_removed",
            '"refuse" or "delete"',
        ),
        ({f"{PUBLIC}.access_logs_days": "30"}, "access_logs_days", "of the bucket that access_logs = true"),
        ({**ON, "project": '"sthree-shop"'}, "access_logs", "S3 reserves names"),
        ({**ON, "region": '"cn-north-1"'}, "access_logs", "partition aws-cn is not known"),
    ],
)
def test_what_is_wrong_with_access_logs_is_said(
    tmp_path: Path, changes: dict[str, str], field: str, said: str
) -> None:
    problem = only_problem(tmp_path, changes)
    assert problem.field == f"{PUBLIC}.{field}"
    assert said in problem.rule


def test_a_value_of_another_type_is_said_once(tmp_path: Path) -> None:
    wrong = {f"{PUBLIC}.access_logs": '"logs"', f"{PUBLIC}.access_logs_days": "30"}
    assert fields(tmp_path, wrong) == [f"{PUBLIC}.access_logs"]
