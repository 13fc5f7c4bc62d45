from pathlib import Path

import pytest

from constructs_lib.environment import environment_warnings
from tests.support.environment_files import fields, load, only_problem, web

TOPIC = '"arn:aws:sns:us-east-1:123456789012:on-call"'
KEY = '"arn:aws:kms:{}:123456789012:key/1234abcd"'
EMAIL = '"on-call@example.com"'


def test_a_topic_or_an_address_is_enough(tmp_path: Path) -> None:
    assert load(tmp_path, {"alarms.topic_arn": TOPIC})
    assert load(tmp_path, {"alarms.email": EMAIL, "alarms.kms_key_arn": KEY.format("us-east-1")})


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"alarms.notify": '"each"'}, "alarms.topic_arn", "reach nobody"),
        ({"alarms.topic_arn": TOPIC, "alarms.email": EMAIL}, "alarms.email", "one target"),
        ({"alarms.topic_arn": TOPIC.replace("us-east-1", "eu-west-1")}, "alarms.topic_arn", "us-east-1"),
        ({"alarms.topic_arn": '"on-call"'}, "alarms.topic_arn", "ARN"),
        ({"alarms.email": '"on-call"'}, "alarms.email", "email"),
        (
            {"alarms.email": EMAIL, "alarms.kms_key_arn": KEY.format("eu-west-1")},
            "alarms.kms_key_arn",
            "eu-west-1",
        ),
        (
            {"alarms.topic_arn": TOPIC, "alarms.kms_key_arn": KEY.format("us-east-1")},
            "alarms.kms_key_arn",
            "has its own",
        ),
        (
            {"alarms.email": EMAIL, "alarms.thresholds.cpu_percent": "0"},
            "alarms.thresholds.cpu_percent",
            "1",
        ),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    tmp_path: Path, changes: dict[str, str | None], field: str, said: str
) -> None:
    problem = only_problem(tmp_path, changes)
    assert problem.field == field
    assert said in f"{problem.rule} {problem.way_out}"


def test_a_goal_of_autoscaling_that_keeps_the_alarm_on_is_wrong(tmp_path: Path) -> None:
    scaled = web({"autoscaling": "{min_count = 1, max_count = 2, cpu_percent = 85}"})
    assert load(tmp_path, scaled)
    assert fields(tmp_path, scaled | {"alarms.email": EMAIL}) == ["alarms.thresholds.cpu_percent"]
    higher = {"alarms.email": EMAIL, "alarms.thresholds.cpu_percent": "86"}
    assert load(tmp_path, scaled | higher)


def test_an_environment_that_people_depend_on_is_said_to_be_watched_by_nobody(tmp_path: Path) -> None:
    def warned(name: str, **more: str) -> list[str]:
        changes = {"environment": f'"{name}"', **{f"alarms.{key}": value for key, value in more.items()}}
        return [one.field for one in environment_warnings(load(tmp_path, changes))]

    assert [warned(name) for name in ("prod", "eu-prod", "production", "live")] == [["alarms"]] * 4
    assert [warned(name) for name in ("dev", "product", "preprod")] == [[]] * 3
    assert warned("prod", email=EMAIL) == []


def test_there_has_to_be_something_to_watch(tmp_path: Path) -> None:
    nothing = {"functions.inventory": None, "functions.storefront": None, "network.nat": '"none"'}
    none = {**nothing, "load_balancers.public": None, "alarms.email": EMAIL}
    assert fields(tmp_path, none) == ["alarms"]


def test_a_threshold_in_seconds_may_be_whole_or_not(tmp_path: Path) -> None:
    for value in ("2", "0.5"):
        assert load(tmp_path, {"alarms.email": EMAIL, "alarms.thresholds.latency_p95_s": value})
