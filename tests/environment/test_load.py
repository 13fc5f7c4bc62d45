from pathlib import Path

import pytest

from constructs_lib.environment import load_environment
from constructs_lib.errors import ConfigError
from tests.support.environment_files import CERTIFICATE, fields, load, only_problem, problems, text_of


def test_a_file_becomes_an_environment(tmp_path: Path) -> None:
    environment = load(tmp_path)
    assert environment.region == "us-east-1"
    assert list(environment.functions) == ["inventory", "storefront"]
    assert environment.functions["inventory"].port == 8080
    assert environment.functions["storefront"].calls == ["inventory"]


def test_the_file_names_the_environment_unless_it_says_so(tmp_path: Path) -> None:
    assert load(tmp_path, name="prod.toml").environment == "prod"
    assert load(tmp_path, {"environment": '"staging"'}, name="prod.toml").environment == "staging"


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("Dev.toml", "dev"),
        ("my env.toml", "my-env"),
        ("my.env.toml", "my-env"),
        ("My_Env_2.toml", "my-env-2"),
        ("5.toml", "dev"),
        ("a-.toml", "a"),
        ("über.toml", "ber"),
    ],
)
def test_a_file_whose_name_is_no_environment_is_told_a_legal_one(
    tmp_path: Path, name: str, legal: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, name=name)
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == ("environment", name.removesuffix(".toml"))
    assert problem.way_out == f'rename the file to {legal}.toml, or write environment = "{legal}" into it'


def test_everything_that_is_left_out_is_the_safe_choice(tmp_path: Path) -> None:
    functions = '{only = {source = "lambda_src/inventory"}}'
    environment = load(tmp_path, {"network": "{}", "load_balancers": "{}", "functions": functions})
    assert environment.project == "app"
    assert environment.state.backend == "local"
    assert environment.network.nat == "none"
    assert environment.network.endpoints.interface == ["logs"]
    assert environment.network.endpoints.gateway == ["s3", "dynamodb"]
    assert environment.functions["only"].exposure == "none"
    assert not environment.functions["only"].internet


def test_an_empty_file_is_told_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "dev.toml"
    file.touch()
    with pytest.raises(ConfigError) as caught:
        load_environment(file, project_root=tmp_path)
    (problem,) = caught.value.problems
    assert (problem.field, repr(problem.value)) == ("region", "(missing)")
    assert "region = " in problem.way_out


def test_everything_wrong_is_said_at_once_and_in_the_order_of_the_file(tmp_path: Path) -> None:
    changes = {
        "region": '"virginia"',
        "network.nat": '"double"',
        "functions.inventory.memory_mb": "64",
        "functions.storefront.source": '"lambda_src/nothing"',
        "functions.storefront.calls": '["inventori"]',
        "functions.storefront.internt": "true",
    }
    assert fields(tmp_path, changes) == [
        "region",
        "network.nat",
        "functions.inventory.memory_mb",
        "functions.storefront.source",
        "functions.storefront.calls[0]",
        "functions.storefront.internt",
    ]


def test_loading_twice_says_the_same(tmp_path: Path) -> None:
    changes = {f"functions.{name}": "{source = 5, calls = ['nobody']}" for name in "dcba"}
    assert problems(tmp_path, changes) == problems(tmp_path, changes)


def test_an_error_of_type_does_not_hide_what_is_wrong_elsewhere(tmp_path: Path) -> None:
    changes = {
        "functions.inventory.memory_mb": '"256"',
        "functions.storefront.calls": '["inventory", "stock"]',
    }
    assert fields(tmp_path, changes) == ["functions.inventory.memory_mb", "functions.storefront.calls[1]"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("functions.inventory.exposure", '"intern"'),
        ("functions.inventory.port", '"8080"'),
        ("functions.inventory", "5"),
        ("network.nat", '"one"'),
        ("network", "5"),
        ("load_balancers.public.insecure_http", '"yes"'),
        ("load_balancers", "true"),
        ("functions.storefront.paths", '"/*"'),
        ("functions.storefront.calls", '"inventory"'),
    ],
)
def test_what_only_follows_from_another_error_is_not_said(tmp_path: Path, key: str, value: str) -> None:
    assert fields(tmp_path, {key: value}) == [key]


KEY = '"arn:aws:kms:eu-west-1:123456789012:key/1234abcd"'
EXPOSED = '{source = "lambda_src/inventory", exposure = "internal", paths = ["/x"]}'


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state.backend": '"s4"', "state.bucket": '"acme-state"'}, ["state.backend"]),
        ({"state.backend": '"s3"', "state.bucket": "5"}, ["state.bucket"]),
        (
            {"region": '"virginia"', "state": f'{{backend = "s3", bucket = "abc", kms_key_arn = {KEY}}}'},
            ["region"],
        ),
        ({"state": f'{{backend = "s3", bucket = "abc", region = 5, kms_key_arn = {KEY}}}'}, ["state.region"]),
        ({"account_id": "5", "assume_role_arn": '"arn:aws:iam::123456789012:role/x"'}, ["account_id"]),
        ({"region": '"x"', "load_balancers.public": f"{{certificate_arn = {CERTIFICATE}}}"}, ["region"]),
        (
            {"account_id": "5", "load_balancers.public": f"{{certificate_arn = {CERTIFICATE}}}"},
            ["account_id"],
        ),
        (
            {"network.availability_zones": '["b", 5]', "network.nat_zone": '"c"'},
            ["network.availability_zones[1]"],
        ),
        (
            {"network.nat": '"per_az"', "network.nat_eip_ids": '{ a = "eipalloc-01234567", b = 5 }'},
            ["network.nat_eip_ids.b"],
        ),
        ({"network.block": '"192.168.0.0/20"', "network.private_prefix": '"24"'}, ["network.private_prefix"]),
        (
            {"network.endpoints.gateway": "5", "network.endpoints.interface": '["s3"]'},
            ["network.endpoints.gateway"],
        ),
        (
            {
                "functions.a": EXPOSED,
                "functions.b": EXPOSED.replace("/x", "/y"),
                "functions.storefront.calls": "5",
            },
            ["functions.storefront.calls"],
        ),
        (
            {"functions.a": EXPOSED, "functions.storefront.calls": '["a", "b"]', "functions.b": "5"},
            ["functions.b"],
        ),
        ({"functions.inventory.egress.db": "{cidr = 5, port = 80}"}, ["functions.inventory.egress.db.cidr"]),
        (
            {"functions.inventory.source": "5", "functions.inventory.handler": '"app.x"'},
            ["functions.inventory.source"],
        ),
        (
            {"functions.inventory.runtime": '"python2"', "functions.inventory.handler": '"x"'},
            ["functions.inventory.runtime"],
        ),
        (
            {"functions.inventory.timeout_s": "901", "load_balancers.internal.idle_timeout_s": "5"},
            ["functions.inventory.timeout_s"],
        ),
        ({"load_balancers.internal.shared_listener": "5"}, ["load_balancers.internal.shared_listener"]),
    ],
)
def test_a_check_that_needs_a_wrong_value_is_left_out(
    tmp_path: Path, changes: dict[str, str], expected: list[str]
) -> None:
    secure = {"load_balancers.public.insecure_http": "true"} if "load_balancers.public" not in changes else {}
    assert fields(tmp_path, {**secure, **changes}) == expected


def test_placeholders_for_what_is_missing_are_not_compared(tmp_path: Path) -> None:
    callers = {"callers.one.calls": '["inventory"]', "callers.two.calls": '["inventory"]'}
    assert fields(tmp_path, callers) == ["callers.one.security_group_id", "callers.two.security_group_id"]


def test_a_slip_in_a_key_is_one_problem(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"region": None, "regoin": '"us-east-1"'})
    assert problem.field == "regoin"
    assert 'did you mean "region"?' in problem.way_out


def test_sources_belong_to_the_project_wherever_the_file_and_the_user_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "dev.toml").write_text(text_of({}), encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    assert load_environment(Path("dev.toml"), project_root=tmp_path).environment == "dev"


def test_a_problem_is_never_longer_than_a_few_lines(tmp_path: Path) -> None:
    long = "x" * 100_000
    changes = {
        "region": f'"{long}"',
        f"tags.{long}": f'"{long}"',
        f"functions.{long}": f'{{source = "{long}", calls = ["{long}"], handler = "{long}"}}',
        "network.cidr": f'"{long}"',
        "load_balancers.public.allowed_cidrs": f'["{long}"]',
    }
    assert max(len(str(problem)) for problem in problems(tmp_path, changes)) < 2_000
