"""What ``check`` finds in order, a synth makes, and proves; the order of keys changes no byte."""

from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from constructs_lib import load_environment
from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import Environment
from constructs_lib.errors import ConfigError
from tests.support.command_line import contents
from tests.support.environment_files import CERTIFICATE
from tests.support.random.environments import environments, toml_text

# Without shrinking, which takes minutes: the file is in the report.
SETTINGS: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.generate],
}
FUNCTION = {"source": "lambda_src/inventory", "exposure": "public"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("project")
    for function in ("inventory", "storefront"):
        folder = made / "lambda_src" / function
        folder.mkdir(parents=True)
        (folder / "handler.py").write_text("def handler(event, context): ...\n", encoding="utf-8")
    return made


def checked(root: Path, content: dict[str, Any]) -> Environment | None:
    """The environment, where ``check`` finds the file in order."""
    file = root / "dev.toml"
    file.write_text(toml_text(content), encoding="utf-8")
    try:
        return load_environment(file, project_root=root)
    except ConfigError:
        return None


def written(root: Path, environment: Environment) -> dict[str, bytes]:
    """What a synth writes, proven."""
    with TemporaryDirectory() as output:
        [stack] = synthesize({"dev": environment}, project_root=root, output=Path(output)).values()
        assert [f"{one.sentence}: {one.why}" for one in stack.proof.broken] == []
        assert [str(one) for one in stack.ruling.broken] == []
        return contents(Path(output))


def shuffled(value: Any, order: random.Random) -> Any:
    """The same with the keys of every table in another order."""
    if isinstance(value, list):
        return [shuffled(item, order) for item in value]
    if not isinstance(value, dict):
        return value
    keys = order.sample([*value], len(value))
    return {key: shuffled(value[key], order) for key in keys}


@settings(max_examples=40, derandomize=True, **SETTINGS)
@given(content=environments(), seed=st.integers())
def test_what_is_in_order_is_made_and_the_order_of_keys_changes_nothing(
    root: Path, content: dict[str, Any], seed: int
) -> None:
    environment = checked(root, content)
    if environment is not None:
        found = written(root, environment)
        other = checked(root, shuffled(content, random.Random(seed)))
        assert other is not None
        assert written(root, other) == found


@pytest.mark.slow
@settings(max_examples=1500, **SETTINGS)
@given(content=environments(), seed=st.integers())
def test_the_same_of_many_files(root: Path, content: dict[str, Any], seed: int) -> None:
    environment = checked(root, content)
    if environment is not None:
        found = written(root, environment)
        other = checked(root, shuffled(content, random.Random(seed)))
        assert other is not None
        assert written(root, other) == found


def test_files_on_which_both_have_disagreed(root: Path) -> None:
    plain, secure = {"insecure_http": True}, {"certificate_arn": json.loads(CERTIFICATE)}
    for public, way_in in (
        (plain, {"port": 443}),
        (secure, {"port": 8443}),
        (secure, {"paths": ["/*"]}),
    ):
        content = {
            "region": "us-east-1",
            "load_balancers": {"public": public},
            "functions": {"web": {**FUNCTION, **way_in}},
        }
        environment = checked(root, content)
        assert environment is not None
        assert written(root, environment)


def test_seventy_declared_endpoints_are_more_than_a_security_group_has_rules_for(root: Path) -> None:
    def content(count: int) -> dict[str, Any]:
        endpoints = {f"service{n}": {"security_group_id": f"sg-0123456789abcde{n:02x}"} for n in range(count)}
        existing = {"vpc_id": "vpc-0123456789abcdef0", "endpoints": endpoints}
        network = {"cidr": "10.0.0.0/16", "existing": existing, "endpoints": {"interface": [], "gateway": []}}
        return {
            "region": "us-east-1",
            "network": network,
            "functions": {"web": {**FUNCTION, "exposure": "none"}},
        }

    environment = checked(root, content(60))
    assert environment is not None
    assert written(root, environment)
    for too_many in (61, 70):
        assert checked(root, content(too_many)) is None
    assert checked(root, content(70) | {"quotas": {"security_group_rules": 70}})
