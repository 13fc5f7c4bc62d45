import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.handoff.guards.secrets import check_packages, check_secrets

# None of these was ever valid anywhere.
KEY_ID = "AKIA" + "IOSFODNN7ABCDEFG"
PRIVATE_KEY = (
    "-----BEGIN RSA PRIVATE"
    + " KEY-----\n"
    + "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZh"
    + "\n"
)
HEX = "9f86d081884c7d659a2feaa0c55ad0159f86"
TOKEN = "k3J9xQ2mPz7LwV5bTn8RyA4c"


def problems(*parts):
    with pytest.raises(ConfigError) as error:
        check_secrets(*parts)
    return [(problem.field, problem.rule) for problem in error.value.problems]


def variables(**found):
    return "", {"functions": {"inventory": {"environment": found}}}


def test_randomness_counts_in_variables_and_tags_only_and_shapes_everywhere():
    check_secrets(("", {"functions": {"a": {"handler": TOKEN}}}))
    assert problems(("", {"tags": {"owner": TOKEN}, "functions": {"a": {"handler": KEY_ID}}})) == [
        ("tags.owner", "looks like a random token"),
        ("functions.a.handler", "looks like an AWS access key id"),
    ]


def test_all_are_reported_at_once_and_each_value_where_it_was_written_first():
    document = {
        "resource": {"aws_lambda_function": {"inventory": {"environment": {"variables": {"A": HEX}}}}}
    }
    assert problems(variables(A=HEX, B=TOKEN), ("", document)) == [
        ("functions.inventory.environment.A", "looks like a random token"),
        ("functions.inventory.environment.B", "looks like a random token"),
    ]


def test_secrets_in_lists_are_named_by_their_position():
    assert problems(("", {"environment": {"list": ["x", HEX]}})) == [
        ("environment.list[1]", "looks like a random token")
    ]


def test_the_message_shows_the_beginning_only():
    with pytest.raises(ConfigError) as error:
        check_secrets(variables(API_TOKEN=TOKEN))
    assert TOKEN not in str(error.value)
    assert "'k3J9... (24 characters)'" in str(error.value)


def test_keys_inside_packages_are_found_and_markers_without_a_key_are_not():
    files = [
        ("functions.a.source", "deploy.pem", PRIVATE_KEY.encode()),
        ("functions.a.source", "jwt.py", b'if text.startswith("-----BEGIN PRIVATE KEY-----"):\n    pass\n'),
        ("functions.b.source", "settings.py", f"KEY = '{KEY_ID}'".encode()),
        ("functions.b.source", "data.bin", bytes(range(256))),
    ]
    with pytest.raises(ConfigError) as error:
        check_packages(files)
    assert [(problem.field, problem.value) for problem in error.value.problems] == [
        ("functions.a.source", "deploy.pem"),
        ("functions.b.source", "settings.py"),
    ]


def test_what_is_accepted_is_no_secret():
    check_secrets(variables(API_TOKEN=TOKEN), accepted={TOKEN})
