"""Wrong types and forms at every level: what is said, and about what."""

import itertools
import json
import re
from pathlib import Path

import pytest

from constructs_lib.environment.schema import schema_text
from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.errors import ConfigError, Problem
from tests.support.environment_files import Changes, fields, load, only_problem

NOT_A_TEXT = [
    "5",
    "5.5",
    "true",
    "nan",
    "inf",
    "-inf",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "07:30:00",
    "[]",
    "{}",
]
NOT_A_NUMBER = ['"5"', '""', "5.0", "nan", "inf", "true", "[]", "{}", "1979-05-27"]
NOT_A_TRUTH = ['"true"', "1", "0", '"yes"', "[]", "{}"]
NOT_A_LIST = ['"a"', "5", "true", "{}", "1979-05-27"]
NOT_A_TABLE = ['"a"', "5", "true", "[]", "[{}]", "1979-05-27"]
TEXTS = [
    "project",
    "environment",
    "region",
    "account_id",
    "assume_role_arn",
    "state.bucket",
    "state.region",
    "state.kms_key_arn",
    "tags.owner",
    "network.cidr",
    "network.block",
    "network.private_block",
    "network.nat_zone",
    "load_balancers.internal.access_logs_bucket",
    "load_balancers.public.certificate_arn",
    "functions.inventory.source",
    "functions.inventory.handler",
    "functions.inventory.environment.LEVEL",
]
NUMBERS = [
    "network.zone_slots",
    "network.public_prefix",
    "network.private_prefix",
    "network.internal_load_balancer_prefix",
    "load_balancers.internal.port",
    "load_balancers.internal.idle_timeout_s",
    "functions.inventory.port",
    "functions.inventory.priority",
    "functions.inventory.memory_mb",
    "functions.inventory.timeout_s",
]
TRUTHS = [
    "network.flow_logs",
    "load_balancers.internal.shared_listener",
    "load_balancers.internal.deletion_protection",
    "load_balancers.public.insecure_http",
    "functions.storefront.internet",
]
LISTS = [
    "network.occupied",
    "network.availability_zones",
    "network.endpoints.interface",
    "network.endpoints.gateway",
    "load_balancers.public.allowed_cidrs",
    "functions.storefront.paths",
    "functions.storefront.calls",
]
TABLES = [
    "state",
    "tags",
    "network",
    "network.endpoints",
    "load_balancers",
    "load_balancers.internal",
    "load_balancers.public",
    "functions",
    "functions.inventory",
    "functions.inventory.environment",
    "functions.inventory.egress",
    "functions.inventory.egress.database",
    "callers",
    "callers.old",
]
WRONG_FORMS = [
    ("project", '""'),
    ("project", '"Shop"'),
    ("project", '"5shop"'),
    ("project", '"shop-"'),
    ("project", '"my--shop"'),
    ("project", '"my_shop"'),
    ("project", '"shop\\n"'),
    ("project", '"späti"'),
    ("project", '"abcdefghijklmnopqrstu"'),
    ("environment", '"a.b"'),
    ("region", '""'),
    ("region", '"us-east-1a"'),
    ("region", '"us_east_1"'),
    ("region", '"US-EAST-1"'),
    ("region", '"us-east-1\\u0000"'),
    ("account_id", '"12345678901"'),
    ("account_id", '"1234-5678-9012"'),
    (
        "account_id",
        '"\\uff11\\uff12\\uff13\\uff14\\uff15\\uff16\\uff17\\uff18\\uff19\\uff10\\uff11\\uff12"',
    ),
    ("assume_role_arn", '"arn:aws:iam::123456789012:user/me"'),
    ("assume_role_arn", '"deploy"'),
    ("state.backend", '"gcs"'),
    ("state.backend", '""'),
    ("network.nat", "true"),
    ("network.nat_eip_ids.a", '"54.1.2.3"'),
    ("load_balancers.public.certificate_arn", '"arn:aws:iam::123456789012:server-certificate/x"'),
    ("load_balancers.public.allowed_cidrs", "[]"),
    ("functions.inventory.source", '""'),
    ("functions.inventory.exposure", '"private"'),
    ("functions.inventory.architecture", '"x86"'),
    ("functions.inventory.runtime", '"python2.7"'),
    ("functions.inventory.log_retention_days", "0"),
    ("functions.inventory.log_retention_days", "true"),
    ("functions.inventory.log_retention_days", "30.0"),
    ("functions.inventory.handler", f'"{"x" * 129}"'),
]


def otherwise(root: Path, keys: list[str], values: list[str], rule: str) -> list[tuple[str, str, list[str]]]:
    """What is said of each key with each value, where it is not one problem of that key with that rule."""
    found = []
    for key, value in itertools.product(keys, values):
        told = problems_of(root, {key: value})
        if [(problem.field, problem.rule.startswith(rule)) for problem in told] != [(key, True)]:
            found.append((key, value, [str(problem) for problem in told]))
    return found


def problems_of(root: Path, changes: Changes) -> tuple[Problem, ...]:
    try:
        load(root, changes)
    except ConfigError as error:
        return error.problems
    return ()


def test_a_text_is_written_in_quotes(tmp_path: Path) -> None:
    assert otherwise(tmp_path, TEXTS, NOT_A_TEXT, "must be a text in quotes") == []


def test_a_number_is_whole_and_without_quotes(tmp_path: Path) -> None:
    assert otherwise(tmp_path, NUMBERS, NOT_A_NUMBER, "must be a whole number") == []


def test_a_choice_of_two_is_true_or_false(tmp_path: Path) -> None:
    assert otherwise(tmp_path, TRUTHS, NOT_A_TRUTH, "must be true or false") == []


def test_a_list_is_in_square_brackets(tmp_path: Path) -> None:
    assert otherwise(tmp_path, LISTS, NOT_A_LIST, "must be a list in square brackets") == []
    for value in NOT_A_LIST:
        caller = {"callers.old.security_group_id": '"sg-01234567"', "callers.old.calls": value}
        problem = only_problem(tmp_path, caller)
        assert (problem.field, problem.rule) == ("callers.old.calls", "must be a list in square brackets")


def test_a_table_has_a_line_of_its_own(tmp_path: Path) -> None:
    assert otherwise(tmp_path, TABLES, NOT_A_TABLE, "must be a table") == []
    for key, value in itertools.product(TABLES, NOT_A_TABLE):
        assert f"[{key}]" in only_problem(tmp_path, {key: value}).way_out


def test_what_is_in_a_list_has_a_type_too(tmp_path: Path) -> None:
    keys = ["network.occupied", "network.endpoints.interface", "functions.storefront.calls"]
    for key, value in itertools.product(keys, ["5", "true", "nan", "{}", "[]", "1979-05-27"]):
        assert fields(tmp_path, {key: f"[{value}, {value}]"}) == [f"{key}[0]", f"{key}[1]"], value


@pytest.mark.parametrize(
    ("key", "value", "way_out"),
    [
        ("account_id", "123456789012", 'write "123456789012"'),
        ("functions.inventory.port", '"8080"', "write 8080"),
        ("functions.inventory.timeout_s", "30.0", "write 30"),
        ("functions.storefront.internet", '"true"', "write true"),
        ("functions.inventory.environment.DEBUG", "true", 'write "true"'),
        ("functions.storefront.calls", '"inventory"', 'write ["inventory"]'),
        ("region", '["us-east-1"]', 'write "us-east-1" without brackets'),
        ("region", '" us-east-1 "', 'write "us-east-1"'),
        ("network.nat", '"Single"', 'did you mean "single"?'),
        ("functions.inventory.log_retention_days", "31", "the nearest is 30"),
        ("functions.inventory.log_retention_days", '"30"', "write 30"),
        ("functions.inventory.runtime", '"python313"', 'did you mean "python3.13"?'),
        ("functions.inventory.architecture", '"arm"', 'did you mean "arm64"?'),
        ("functions.source", '"lambda_src/inventory"', "write [functions.<name>] above `source`"),
        ("callers", '[{security_group_id = "sg-01234567"}]', "write [callers] in single brackets"),
    ],
)
def test_the_way_out_is_what_to_write(tmp_path: Path, key: str, value: str, way_out: str) -> None:
    problem = only_problem(tmp_path, {key: value})
    assert (problem.field, problem.way_out) == (key, way_out)


@pytest.mark.parametrize(
    ("key", "value", "figures"),
    [
        ("functions.inventory.memory_mb", "127", "128 to 10240"),
        ("functions.inventory.memory_mb", "10241", "128 to 10240"),
        ("functions.inventory.timeout_s", "0", "1 to 900"),
        ("functions.inventory.timeout_s", "901", "1 to 900"),
        ("functions.inventory.port", "0", "1 to 65535"),
        ("functions.inventory.port", "-80", "1 to 65535"),
        ("functions.inventory.port", "65536", "1 to 65535"),
        ("functions.inventory.port", str(2**62), "1 to 65535"),
        ("load_balancers.internal.port", "0", "1 to 65535"),
        ("load_balancers.internal.idle_timeout_s", "4001", "1 to 4000"),
        ("load_balancers.public.idle_timeout_s", "0", "1 to 4000"),
    ],
)
def test_a_figure_has_its_limits(tmp_path: Path, key: str, value: str, figures: str) -> None:
    problem = only_problem(tmp_path, {key: value})
    assert (problem.field, problem.rule) == (key, f"must be {figures}")


def test_no_number_is_too_strange(tmp_path: Path) -> None:
    keys = [*(f"network.{key}" for key in ("zone_slots", "public_prefix", "private_prefix"))]
    keys.append("functions.storefront.priority")
    values = ["0", "-1", str(10**4000), f"0x{'f' * 9000}", f"-{10**4000}"]
    for key, value in itertools.product(keys, values):
        assert fields(tmp_path, {key: value}) == [key], value[:10]


def test_a_text_of_the_wrong_form_is_one_problem_with_a_rule_and_a_way_out(tmp_path: Path) -> None:
    for key, value in WRONG_FORMS:
        problem = only_problem(tmp_path, {key: value})
        assert problem.field.removesuffix("[0]") == key
        assert problem.rule, (key, value)
        assert problem.way_out, (key, value)


def test_pydantic_never_speaks_itself(tmp_path: Path) -> None:
    values = ["5", '""', "true", "nan", "[]", "[[]]", "{}", "{x = 1}", "1979-05-27", '["x", 5]', f"{10**30}"]
    tables = [
        "",
        "state.",
        "network.",
        "network.endpoints.",
        "load_balancers.internal.",
        "functions.inventory.",
    ]
    keys = ["region", "backend", "cidr", "interface", "port", "source", "calls", "egress", "environment", "x"]
    said = [
        str(problem)
        for table, key, value in itertools.product(tables, keys, values)
        for problem in problems_of(tmp_path, {f"{table}{key}": value})
    ]
    assert len(said) > 500
    assert not [text for text in said if "Input should" in text or "pydantic" in text or "Error" in text]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("functions.inventory.memory", 'did you mean "memory_mb"?'),
        ("functions.inventory.timeout", 'did you mean "timeout_s"?'),
        ("functions.inventory.Port", 'did you mean "port", or "priority"?'),
        ("functions.inventory.log-retention-days", 'did you mean "log_retention_days"?'),
        ("network.availabilityZones", 'did you mean "availability_zones"?'),
        ("load_balancers.public.certificate", 'did you mean "certificate_arn", or "certificate_arns"?'),
        ("load_balancer", 'did you mean "load_balancers"?'),
        (
            "certificate_arn",
            "`certificate_arn` belongs to [load_balancers.internal] or [load_balancers.public]",
        ),
        ("network.memory_mb", "`memory_mb` belongs to [functions.<name>]"),
        ("functions.inventory.region", "`region` belongs to the file's top level"),
    ],
)
def test_an_unknown_key_is_told_what_it_may_have_meant(tmp_path: Path, key: str, hint: str) -> None:
    problem = only_problem(tmp_path, {key: "5"})
    assert problem.field == key
    assert problem.way_out.startswith(hint)


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("functions.inventory.reserved_concurrency", "-1", "must be 0 or more"),
        ("functions.inventory.provisioned_concurrency", "0", "must be 1 or more"),
        ("functions.inventory.ephemeral_storage_mb", "511", "must be 512 to 10240"),
        ("functions.inventory.policies", "[5]", "must be a text in quotes or a table"),
        ("functions.inventory.policies", '"read.json"', "must be a list in square brackets"),
    ],
)
def test_limits_and_choices_of_forms_are_said(tmp_path: Path, key: str, value: str, rule: str) -> None:
    assert only_problem(tmp_path, {key: value}).rule == rule


def test_every_pattern_of_the_model_has_words() -> None:
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schema_text())
    zone_letters, names = {"^[a-z]$"}, {forms.NAME.pattern}
    assert {json.loads(pattern) for pattern in patterns} - zone_letters - names <= forms.FORMS.keys()


def test_a_key_that_needs_quotes_is_shown_with_them(tmp_path: Path) -> None:
    assert fields(tmp_path, {'"a.b c"': "1"}) == ['"a.b c"']
    assert fields(tmp_path, {'network.""': "1"}) == ['network.""']


def test_a_tower_of_tables_is_one_unknown_key(tmp_path: Path) -> None:
    tower = ".".join(["a"] * 3000)
    assert fields(tmp_path, {tower: "1"}) == ["a"]


def test_an_unknown_key_is_said_with_its_line(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"functions.inventory.memroy_mb": "5"})
    assert f"functions.inventory.memroy_mb (line {problem.line}): 5: there is no such key" in str(problem)
    assert problem.line > 1


@pytest.mark.parametrize(
    ("key", "value", "way_out"),
    [
        ("function.jobs", '{source = "lambda_src/inventory"}', "write [functions.jobs]"),
        ("jobs", '{source = "lambda_src/inventory", exposure = "none"}', "write [functions.jobs]"),
        ("web", "{container_port = 80}", "write [services.web]"),
        ("old", '{security_group_id = "sg-1"}', "write [callers.old]"),
    ],
)
def test_a_table_at_the_top_level_is_told_where_it_belongs(
    tmp_path: Path, key: str, value: str, way_out: str
) -> None:
    assert only_problem(tmp_path, {key: value}).way_out == way_out


def test_a_runtime_that_is_a_slip_is_not_told_one_that_ends(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"functions.inventory.runtime": '"python3.99"'})
    assert problem.way_out == 'did you mean "python3.14"?'
