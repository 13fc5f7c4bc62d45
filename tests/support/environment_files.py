"""Environment files for tests: a valid one, and what changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from constructs_lib.environment import Environment, load_environment
from constructs_lib.errors import ConfigError, Problem

Changes = Mapping[str, str | None]

SINGLE = '"single"'
# Each key as a dotted path, each value as TOML.
VALID = {
    "region": '"us-east-1"',
    "network.nat": SINGLE,
    "network.nat_zone": '"a"',
    "load_balancers.public.insecure_http": "true",
    "functions.inventory.source": '"lambda_src/inventory"',
    "functions.inventory.exposure": '"internal"',
    "functions.inventory.port": "8080",
    "functions.storefront.source": '"lambda_src/storefront"',
    "functions.storefront.exposure": '"public"',
    "functions.storefront.paths": '["/*"]',
    "functions.storefront.calls": '["inventory"]',
    "functions.storefront.internet": "true",
    "functions.storefront.timeout_s": "20",
}

CERTIFICATE = '"arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"'
GROUP = '"sg-0123456789abcdef0"'

DIGEST = "@sha256:" + "0" * 64
PUBLIC_IMAGE = f'"public.ecr.aws/nginx/nginx{DIGEST}"'
ECR_IMAGE = f'"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web{DIGEST}"'
SECRET = '"arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/session-AbCdEf"'
PARAMETER = '"arn:aws:ssm:us-east-1:123456789012:parameter/shop/session"'
WEB: dict[str, str | None] = {
    "services.web.image": PUBLIC_IMAGE,
    "services.web.container_port": "8000",
    "services.web.exposure": '"public"',
    "services.web.paths": '["/web/*"]',
}
JOB = WEB | {"services.web.exposure": None, "services.web.paths": None}
NO_NAT: dict[str, str | None] = {
    "network.nat": '"none"',
    "functions.storefront.internet": None,
}


def web(changes: Changes) -> dict[str, str | None]:
    """The changes that add a public service, with these keys of it instead."""
    return WEB | {f"services.web.{key}": value for key, value in changes.items()}


def text_of(changes: Changes) -> str:
    """The valid file with these values instead; None takes a key out, a table replaces its keys.

    The zone of the single NAT gateway goes with it.
    """
    values: dict[str, str | None] = {
        key: value
        for key, value in VALID.items()
        if not any(key.startswith(f"{table}.") for table in changes)
    }
    if changes.get("network.nat", SINGLE) != SINGLE:
        values.pop("network.nat_zone", None)
    return "".join(
        f"{key} = {value}\n" for key, value in (values | dict(changes)).items() if value is not None
    )


def load(root: Path, changes: Changes | None = None, *, name: str = "dev.toml") -> Environment:
    """The environment of the changed file in a project with two functions."""
    for function in ("inventory", "storefront"):
        folder = root / "lambda_src" / function
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "handler.py").write_text("def handler(event, context): ...\n", encoding="utf-8")
    file = root / name
    file.write_text(text_of(changes or {}), encoding="utf-8")
    return load_environment(file, project_root=root)


def problems(root: Path, changes: Changes) -> tuple[Problem, ...]:
    """What is wrong with the changed file."""
    with pytest.raises(ConfigError) as caught:
        load(root, changes)
    return caught.value.problems


def fields(root: Path, changes: Changes) -> list[str]:
    """The fields that are wrong, in their order."""
    return [problem.field for problem in problems(root, changes)]


def only_problem(root: Path, changes: Changes) -> Problem:
    """The one thing that is wrong with the changed file."""
    (problem,) = problems(root, changes)
    return problem
