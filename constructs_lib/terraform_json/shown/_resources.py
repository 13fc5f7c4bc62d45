"""The instances that a plan or a state lists, modules and all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json.addresses import module_of, within_module, without_last_key

WAY_OUT = "hand over what terraform show -json prints, unchanged"


@dataclass(frozen=True)
class Shown:
    """One instance. ``key``: of ``count`` (a number) or ``for_each`` (a text); None for the only one."""

    address: str
    type: str
    name: str
    is_data: bool
    key: int | str | None
    values: Mapping[str, Any]
    depends_on: tuple[str, ...] = field(default=())

    @property
    def module(self) -> str:
        """The path of its module, with the last dot."""
        return module_of(self.address)

    @property
    def local_address(self) -> str:
        """Its block's address as it is written inside the module."""
        return without_last_key(within_module(self.address))


def shown_resources(root: Any, file: str, place: str) -> list[Shown]:
    """Give what a ``root_module`` lists.

    Raises:
        ConfigError: it has another shape than Terraform gives it.
    """
    return [*_of_module(mapping(root, file, place), file, place)]


def _of_module(module: Mapping[str, Any], file: str, place: str) -> Iterator[Shown]:
    for index, one in enumerate(listed(module.get("resources"), file, f"{place}.resources")):
        where = f"{place}.resources[{index}]"
        body = mapping(one, file, where)
        if not body.get("deposed_key"):
            yield _resource(body, file, where)
    for index, child in enumerate(listed(module.get("child_modules"), file, f"{place}.child_modules")):
        where = f"{place}.child_modules[{index}]"
        yield from _of_module(mapping(child, file, where), file, where)


def _resource(one: Mapping[str, Any], file: str, place: str) -> Shown:
    words = {name: one.get(name) for name in ("address", "type", "name", "mode")}
    for name, word in words.items():
        if not isinstance(word, str):
            raise malformed(file, f"{place}.{name}", word, "a text belongs here")
    key = one.get("index")
    if not (key is None or isinstance(key, int | str)):
        raise malformed(file, f"{place}.index", key, "a number or a text belongs here")
    return Shown(
        address=str(words["address"]),
        type=str(words["type"]),
        name=str(words["name"]),
        is_data=words["mode"] == "data",
        key=key,
        values=mapping(one.get("values"), file, f"{place}.values"),
        depends_on=tuple(str(need) for need in listed(one.get("depends_on"), file, f"{place}.depends_on")),
    )


def mapping(value: Any, file: str, place: str) -> Mapping[str, Any]:
    """Give an object, an empty one for null; anything else is a ConfigError."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise malformed(file, place, value, "an object belongs here")
    return value


def listed(value: Any, file: str, place: str) -> list[Any]:
    """Give a list, an empty one for null; anything else is a ConfigError."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise malformed(file, place, value, "a list belongs here")
    return value


def malformed(file: str, place: str, value: Any, rule: str) -> ConfigError:
    """Say what has another shape than Terraform gives it."""
    text = repr(value)
    short = value if len(text) <= 60 else f"{text[:60]}..."
    return ConfigError([Problem(f"{file}: {place}", short, rule, WAY_OUT)])
