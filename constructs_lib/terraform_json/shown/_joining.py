"""Which instance an id means, where a plan or a state knows the id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from constructs_lib.terraform_json.block import CHILDREN
from constructs_lib.terraform_json.shown._resources import Shown
from constructs_lib.terraform_json.values import Reference, escaped

_ID = re.compile(r"(?:[a-z]+-)+[0-9a-f]{8,17}|arn:[\w-]+:.+")
_IDENTIFYING = ("id", "arn")
_CHILDREN = {"aws_vpc": tuple(CHILDREN), "aws_vpc_endpoint": ("prefix_list_id",)}
_BY_CHILD = ("default_route_table_id", "default_network_acl_id")
"""Arguments that mean what AWS made with the VPC, also where a resource has taken it over."""

_ROLE = ("role", "roles")
_PLAIN = ("//", "tags", "tags_all", "depends_on", "provisioner")


class Joins:
    """The ids of one plan or state."""

    def __init__(self, resources: Iterable[Shown]) -> None:
        self._own: dict[str, Reference] = {}
        self._made_along: dict[str, Reference] = {}
        self._roles: dict[str, Reference] = {}
        for one in resources:
            if not one.is_data:
                self._register(one)

    def _register(self, one: Shown) -> None:
        for name in _IDENTIFYING:
            if isinstance(value := one.values.get(name), str) and _ID.fullmatch(value):
                self._own.setdefault(value, Reference(one.address, "arn" if name == "arn" else "id"))
        for name in _CHILDREN.get(one.type, ()):
            if isinstance(value := one.values.get(name), str) and value:
                self._made_along.setdefault(value, Reference(one.address, name))
        if one.type == "aws_iam_role" and isinstance(role := one.values.get("name"), str):
            self._roles[role] = Reference(one.address, "name")

    def body(self, one: Shown) -> dict[str, Any]:
        """Give the values of an instance as a block's body.

        Ids of others become references, texts are escaped, and what is null or an empty text counts as not
        given.
        """
        own = frozenset((*_IDENTIFYING, *_CHILDREN.get(one.type, ())))
        kept = {name: value for name, value in one.values.items() if value is not None and value != ""}
        return {
            name: escaped(value) if name in own or name in _PLAIN else self._value(name, value, one.address)
            for name, value in kept.items()
            if name not in _CHILDREN.get(one.type, ())
        }

    def _value(self, name: str, value: Any, owner: str) -> Any:
        if isinstance(value, str):
            return self._meant(name, value, owner)
        if isinstance(value, list):
            return [self._item(name, item, owner) for item in value]
        if isinstance(value, Mapping):
            return {key: self._value(key, item, owner) for key, item in value.items()}
        return value

    def _item(self, name: str, item: Any, owner: str) -> Any:
        """An object in a list is a nested block, where an empty text counts as not given."""
        if isinstance(item, Mapping):
            given = {key: one for key, one in item.items() if one is not None and one != ""}
            return {key: self._value(key, one, owner) for key, one in given.items()}
        return self._value(name, item, owner)

    def _meant(self, name: str, value: str, owner: str) -> Any:
        order = (self._made_along, self._own) if name in _BY_CHILD else (self._own, self._made_along)
        for found in order:
            if value in found and found[value].address != owner:
                return found[value]
        if name in _ROLE and value in self._roles:
            return self._roles[value]
        return escaped(value)
