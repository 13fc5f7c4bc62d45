import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.handoff.guards.secrets import check_packages, check_secrets, entropy, masked

# None of these was ever valid anywhere.
KEY_ID = "AKIA" + "IOSFODNN7ABCDEFG"
SECRET_KEY = "wJalrXUtnFEMI" + "/K7MDENG/bPxRfiCYz1A2b3C4d5"
PRIVATE_KEY = (
    "-----BEGIN RSA PRIVATE"
    + " KEY-----\n"
    + "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZh"
    + "\n"
)
HEX = "9f86d081884c7d659a2feaa0c55ad015"
TOKEN = "k3J9xQ2mPz7LwV5bTn8RyA4c"


def problems(*parts):
    with pytest.raises(ConfigError) as error:
        check_secrets(*parts)
    return [(problem.field, problem.rule) for problem in error.value.problems]


def variables(**found):
    return "", {"functions": {"inventory": {"environment": found}}}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (KEY_ID, "an AWS access key id"),
        (SECRET_KEY, "an AWS secret access key"),
        (PRIVATE_KEY, "a private key"),
        (PRIVATE_KEY.replace("\n", "\\n"), "a private key"),
        (HEX, "a random token"),
        (TOKEN, "a random token"),
        (f'{{"key": "{TOKEN}"}}', "a random token"),
        ("ghp_" + "a1B2" * 9, "a token of GitHub"),
        ("glpat-" + "a1B2" * 5, "a token of GitLab"),
        ("xoxb-" + "1234567890-" * 2, "a token of Slack"),
        ("sk_live_" + "a1B2" * 6, "a key of Stripe"),
        ("AIza" + "a1B2c3D" * 5, "a key of Google"),
        ("eyJhbGciOiJIUzI1" + ".eyJzdWIiOiIxMjM0" + ".SflKxwRJSMeKKF2QT4", "a JSON Web Token"),
        ("postgres://shop:hunter2@db.internal/shop", "a URL with a password"),
    ],
)
def test_a_secret_in_an_environment_variable_is_named_by_its_field(value, kind):
    assert problems(variables(SETTING=value)) == [
        ("functions.inventory.environment.SETTING", f"looks like {kind}")
    ]


@pytest.mark.parametrize(
    "name", ["API_TOKEN", "DB_PASSWORD", "client-secret", "ApiKey", "SIGNING_PRIVATE_KEY"]
)
def test_the_value_of_what_is_called_a_secret_need_not_be_long(name):
    assert problems(variables(**{name: "hunter2hunter2"})) == [
        (f"functions.inventory.environment.{name}", "looks like a password or token")
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TABLE_URL", "https://api.example.com/v1/items?page=1&size=20"),
        ("TABLE_URL", "http://${aws_lb.internal.dns_name}:8080"),
        ("SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf"),
        ("IMAGE", f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:{HEX}{HEX}"),
        ("DIGEST", f"sha256:{HEX}{HEX}"),
        ("GIT_COMMIT", "9fceb02d0ae598e95dc970b74767f19372d61af8"),
        ("SOURCE_CODE_HASH", "/Kt/zCtM/9m7RQA7/C5GigTvb3fKggCnNB8CdjFYTSU="),
        ("GROUP", "sg-0123456789abcdef0"),
        ("ENDPOINT", "vpce-0a1b2c3d4e5f67890-abcdefgh.logs.eu-west-1.vpce.amazonaws.com"),
        ("CLIENT", "0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"),
        ("QUEUE", "shop-dev-inventory-production-queue-2024-eu-central-1"),
        ("PATH_TO", "/aws/lambda/Shop-Dev-Inventory2/with/some/Long4Path5"),
        ("LOGGER", "com.example.Application2Configuration3Loader"),
        ("SINCE", "2024-11-23T01:02:03Z"),
        ("API_TOKEN_NAME", "shop/prod/token-1"),
        ("DB_PASSWORD", "/shop/prod/db"),
        ("SESSION_TOKEN", "disabled"),
        ("NEXT_TOKEN", "shop-dev-2"),
        ("API_KEY", "12345678"),
        ("EXAMPLE", "AKIA" + "IOSFODNN7EXAMPLE"),
        ("LOG_LEVEL", "INFO"),
    ],
)
def test_what_opens_no_door_is_no_secret(name, value):
    check_secrets(variables(**{name: value}))


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
    assert masked("hunter2hunter2") == "(14 characters)"


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


def test_entropy_is_in_bits_for_each_character():
    assert (entropy("aaaa"), entropy("abab"), entropy("abcd")) == (0, 1, 2)
