"""Invents computed values: ids, ARNs and names of the form that AWS gives them, the same on every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.figures.computed import Meanings
from constructs_lib.figures.vpc import UNIQUE_SUFFIX_LENGTH
from constructs_lib.testing.terraform.schema import Block, NestedBlock
from constructs_lib.testing.terraform.stand_in.values import UNKNOWN, is_known

CREATION_DATE = "2025-01-01T00:00:00Z"


@dataclass
class Inventor:
    """Completes the unknown values of one resource or data source.

    ``recipes`` maps an attribute to a text with placeholders, to a value, or to a function of the inventor.
    The placeholders are those of `Meanings`, and ``{resource}``, the type without ``aws_``. ``prior`` is what
    was there before an update.
    """

    type_name: str
    seed: str
    account: str
    region: str
    recipes: Mapping[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    prior: Mapping[str, Any] = field(default_factory=dict)

    def complete(self, block: Block) -> dict[str, Any]:
        """The values with nothing unknown left in them."""
        for name in block.attributes:
            self.value(block, name)
        for name, nested in block.blocks.items():
            self.values[name] = self._nested(nested, self.values[name], name)
        return self.values

    def value(self, block: Block, name: str) -> Any:
        """One attribute, invented if it is unknown."""
        found = self.values.get(name)
        if found is UNKNOWN or (name in self.recipes and not is_known(found)):
            self.values[name] = None  # an attribute that refers to itself ends here
            found = self._invent(block, name)
        else:
            found = self._fill(block.attributes[name].type, found, name)
        self.values[name] = found
        return found

    def hex(self, length: int, salt: str = "") -> str:
        """Hexadecimal digits that depend on the resource's seed and on the salt alone."""
        return hashlib.sha256(f"{self.seed}/{salt}".encode()).hexdigest()[:length]

    def digits(self, length: int, salt: str = "") -> str:
        """Decimal digits that depend on the resource's seed and on the salt alone."""
        return str(int(self.hex(40, salt), 16))[-length:]

    def _invent(self, block: Block, name: str) -> Any:
        kind = block.attributes[name].type
        prefix = self.values.get(f"{name}_prefix")
        if isinstance(prefix, str) and prefix:
            return prefix + self.digits(UNIQUE_SUFFIX_LENGTH, name)
        if name not in self.recipes:
            return self._fill(kind, UNKNOWN, name, block)
        recipe = self.recipes[name]
        if callable(recipe):
            recipe = recipe(self)
        return self._format(recipe, block, name)

    def _format(self, recipe: Any, block: Block, salt: str) -> Any:
        def attribute(name: str) -> str | None:
            is_there = name in block.attributes and self.values.get(name) is not None
            return _text(self.value(block, name)) if is_there else None

        resource = self.type_name.removeprefix("aws_")
        return Meanings(
            self.account, self.region, attribute, self._random, facts={"resource": resource}
        ).fill(recipe, salt)

    def _random(self, kind: str, length: int, salt: str) -> str:
        return self.hex(length, salt) if kind == "hex" else self.digits(length, salt)

    def _fill(self, kind: Any, value: Any, name: str, block: Block | None = None) -> Any:
        """The value of a type with every unknown in it replaced."""
        if isinstance(kind, str):
            return self._scalar(kind, name, block) if value is UNKNOWN else value
        container, inner = kind
        if value is UNKNOWN:
            value = (
                {} if container == "map" else dict.fromkeys(inner, UNKNOWN) if container == "object" else []
            )
        if value is None:
            return None
        if container == "object":
            return {key: self._fill(inner[key], value[key], f"{name}.{key}") for key in inner}
        if container == "map":
            return {key: self._fill(inner, item, f"{name}.{key}") for key, item in value.items()}
        return [self._fill(inner, item, f"{name}.{index}") for index, item in enumerate(value)]

    def _scalar(self, kind: str, path: str, block: Block | None) -> Any:
        if kind in ("number", "bool"):
            return 0 if kind == "number" else False
        name = path.rpartition(".")[2]
        if block and block.attributes[name].optional and name not in _ALWAYS_SET:
            return ""
        for pattern, recipe in _BY_NAME:
            if re.fullmatch(pattern, name):
                return self._format(recipe, block or Block(), path)
        return f"{name}-{self.hex(8, path)}"

    def _nested(self, nested: NestedBlock, value: Any, path: str) -> Any:
        if value is UNKNOWN:
            return [] if nested.nesting in ("list", "set") else {} if nested.nesting == "map" else None
        if value is None or nested.nesting == "single":
            return value and self._inner(nested, value, path)
        if nested.nesting == "map":
            return {key: self._inner(nested, item, f"{path}.{key}") for key, item in value.items()}
        return [self._inner(nested, item, f"{path}.{index}") for index, item in enumerate(value)]

    def _inner(self, nested: NestedBlock, value: Any, path: str) -> Any:
        inner = Inventor(self.type_name, f"{self.seed}/{path}", self.account, self.region, values=dict(value))
        return inner.complete(nested.block)


Recipe = str | int | bool | None | list[Any] | dict[str, Any] | Callable[[Inventor], Any]

_ALWAYS_SET = ("id", "arn", "name", "region")
"""Of the arguments that may be left out, those that AWS then chooses; others are read back empty."""

_BY_NAME: list[tuple[str, str]] = [
    ("id", "{resource}-0{hex16}"),
    ("arn", "arn:{partition}:{resource}:{region}:{account}:{id}"),
    (r"\w+_arn", "arn:{partition}:{resource}:{region}:{account}:{hex16}"),
    ("owner_id|account_id|owner|aws_account_id", "{account}"),
    ("region", "{region}"),
    ("name", f"terraform-{{digits{UNIQUE_SUFFIX_LENGTH}}}"),
    ("name_prefix", ""),
    (r"vpc_id", "vpc-0{hex16}"),
    (r"subnet_id", "subnet-0{hex16}"),
    (r"security_group_id", "sg-0{hex16}"),
    (r"\w*network_interface_id|eni_id", "eni-0{hex16}"),
    (r"hosted_zone_id|zone_id", "Z{digits12}"),
    (r"dns_name|domain_name|endpoint", "{hex12}.{region}.{dns_suffix}"),
    (r"\w*(cidr_block|cidr)", "10.0.0.0/16"),
    (r"private_ip|private_ip_address", "10.0.0.{byte}"),
    (r"public_ip|public_ip_address", "203.0.113.{byte}"),
    (r"\w*(_date|_at|_time)|last_modified|created", CREATION_DATE),
]
"""What an attribute without a recipe gets, by its name; the first that fits."""


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
