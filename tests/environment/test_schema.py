import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from constructs_lib.environment.schema import environment_json_schema, main, schema_text
from tests.support.environment_files import text_of

PROJECT = Path(__file__).resolve().parents[2]
SCHEMA = PROJECT / "environments" / "schema.json"


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    tables = {"": schema, **schema["$defs"]}
    for table, node in tables.items():
        for key, value in node["properties"].items():
            yield f"{table}.{key}", value | tables.get(value.get("$ref", "").removeprefix("#/$defs/"), {})


def test_the_schema_in_the_repository_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), (
        "make it: python -m constructs_lib.environment.schema"
    )


def test_the_schema_is_written_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "schema.json"
    monkeypatch.setattr("sys.argv", ["schema", str(file)])
    main()
    assert file.read_bytes() == SCHEMA.read_bytes()


def test_every_key_says_what_it_means() -> None:
    schema = environment_json_schema()
    assert [key for key, value in properties(schema) if len(value.get("description", "")) < 20] == []


def test_there_is_no_null_and_no_title_in_it() -> None:
    assert '"null"' not in schema_text()
    assert '"title"' not in schema_text()
    assert "null" not in schema_text()


def test_limits_are_in_the_schema() -> None:
    function = environment_json_schema()["$defs"]["Function"]["properties"]
    assert (function["memory_mb"]["minimum"], function["memory_mb"]["maximum"]) == (128, 10240)
    assert (function["port"]["minimum"], function["port"]["maximum"]) == (1, 65535)
    assert function["paths"]["maxItems"] == 5
    assert 30 in function["log_retention_days"]["enum"]
    assert function["exposure"]["enum"] == ["internal", "public", "none"]
    assert environment_json_schema()["required"] == ["region"]


@pytest.fixture
def validator() -> jsonschema.Draft7Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def test_a_valid_file_is_valid_in_an_editor_too(validator: jsonschema.Draft7Validator) -> None:
    validator.validate(tomllib.loads(text_of({})))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("regoin", '"us-east-1"'),
        ("region", '"us-east-1a"'),
        ("functions.inventory.memory_mb", "64"),
        ("functions.inventory.port", '"8080"'),
        ("functions.Inventory", '{source = "lambda_src/inventory"}'),
        ("network.availability_zones", '["us-east-1a", "b"]'),
        ("network.private_prefix", "29"),
        ("functions.inventory.egress.db", '{cidr = "10.0.0.0/8"}'),
    ],
)
def test_an_editor_sees_what_is_wrong(validator: jsonschema.Draft7Validator, key: str, value: str) -> None:
    assert not validator.is_valid(tomllib.loads(text_of({key: value})))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("functions.inventory.policies", '["read.json", {Effect = "Allow"}]'),
        ("services.other", '{image = "nginx", container_port = 80}'),
        ("services.web.autoscaling", "{min_count = 1, max_count = 2}"),
        ("repositories.web", "{}"),
        ("load_balancers.internal.domain", '"api.example.com"'),
    ],
)
def test_an_editor_takes_what_a_file_may_say(
    validator: jsonschema.Draft7Validator, key: str, value: str
) -> None:
    service = {"services.web.image": '"nginx"', "services.web.container_port": "80"}
    validator.validate(tomllib.loads(text_of({**service, key: value})))
    assert not validator.is_valid(tomllib.loads(text_of({**service, key: "[5]"})))
