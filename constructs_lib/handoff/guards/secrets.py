"""Values that look like secrets: they stop a hand-off, since a bundle is mailed, copied and committed.

Known shapes count everywhere, what a name says and randomness only in variables and tags. What is found is
never shown whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.secrets import masked, secret_in, shape_in
from constructs_lib.secrets.packages import secret_in_file

_WAY_OUT = "keep it in Secrets Manager or Parameter Store, and hand over its name or ARN"
_VARIABLES = {"environment", "variables", "tags"}


def check_secrets(*parts: tuple[str, Any], accepted: Collection[str] = ()) -> None:
    """Look through parts, each a dotted name (or none) and a tree of JSON values.

    accepted: values that are said to be no secrets.

    Raises:
        ConfigError: values look like secrets; each with its field, and only its beginning.
    """
    problems: dict[str, Problem] = {}
    for name, tree in parts:
        for field, text in _texts(tree, name):
            if text not in problems and text not in accepted and (kind := _kind(field, text)):
                problems[text] = Problem(field, masked(text), f"looks like {kind}", _WAY_OUT)
    if problems:
        raise ConfigError(problems.values())


def check_packages(packages: Iterable[tuple[str, str, bytes]]) -> None:
    """Look through files of packages, each with its field, its name and its content, for shapes of secrets.

    Raises:
        ConfigError: a file holds a key; named with the field.
    """
    way_out = f"take it out of the folder; {_WAY_OUT}"
    problems = [
        Problem(field, name, f"this file of the package holds what looks like {kind}", way_out)
        for field, name, content in packages
        if (kind := secret_in_file(content))
    ]
    if problems:
        raise ConfigError(problems)


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{name}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{name}[{index}]")
    elif isinstance(value, str):
        yield name, value


def _kind(field: str, text: str) -> str | None:
    path = field.split(".")
    return secret_in(path[-1], text) if _VARIABLES & set(path[:-1]) else shape_in(text)
