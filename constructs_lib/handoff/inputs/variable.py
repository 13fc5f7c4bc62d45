"""An input of the bundle, and where in the configuration it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.figures import ids
from constructs_lib.figures.regions import partition_of


@dataclass(frozen=True)
class Place:
    """Where a variable stands.

    address: of a resource, ``output.<name>``, or ``PROVIDER``. edit: what becomes of the argument's value.
    asserted: the condition by which a plan shows that the value arrives, if one can.
    """

    address: str
    argument: str
    edit: Callable[[Any], Any]
    asserted: str = ""


PROVIDER = "provider.aws"
_TEMPLATE = re.compile(r"(?<!\$)\$\{|(?<!%)%\{")


@dataclass
class Variable:
    """An input of the bundle. type: ``number``, ``string``, ``bool`` or ``map(string)``.

    condition: the validation, as Terraform's expression over ``var.<name>``; empty where the type is enough.
    places: everything that it configures.
    wrong: a value that the validation refuses, other: one that it takes, for the bundle's own tests. No
    ``wrong`` where the validation looks at another variable: Terraform leaves it out while that one is wrong.
    """

    name: str
    type: str
    description: str
    default: Any
    condition: str
    error: str
    wrong: Any
    other: Any
    places: list[Place] = field(default_factory=list)

    def block(self) -> dict[str, Any]:
        """Return the body of the ``variable`` block. Defaults are literals there, never templates."""
        body = {
            "type": self.type,
            "description": self.description,
            "default": self.default,
            "nullable": False,
        }
        if self.condition:
            body["validation"] = [{"condition": f"${{{self.condition}}}", "error_message": self.error}]
        return body

    def take(self, address: str, argument: str) -> None:
        """Stand for the whole of an argument."""
        asserted = f"{address}.{argument} == var.{self.name}"
        self.places.append(Place(address, argument, lambda _: f"${{var.{self.name}}}", asserted))

    def must(self, condition: str, error: str) -> None:
        """Add to the validation something that looks at other variables, too."""
        self.condition = f"{self.condition} && {condition}" if self.condition else condition
        self.error, self.wrong = f"{self.error.removesuffix('.')}; {error}.", None


@dataclass(frozen=True)
class Subject:
    """What may be set.

    name: the address' label. value: as synthesized. region: the provider's. body: the resource's.
    """

    name: str
    value: Any
    region: str
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name in the characters that a shell takes in ``TF_VAR_<name>``."""
        return self.name.replace("-", "_")


def matches(name: str, pattern: str) -> str:
    """Return the condition that a variable's text has the form of a pattern, from begin to end."""
    escaped = pattern.replace("\\", "\\\\")
    return f'can(regex("^{escaped}$", var.{name}))'


def is_literal(value: Any) -> bool:
    """Whether a value of the configuration is a text without references."""
    return isinstance(value, str) and not _TEMPLATE.search(value)


def plain(text: str) -> str:
    """Undo the escapes that keep Terraform from reading a text as a template."""
    return text.replace("$${", "${").replace("%%{", "%{")


def begin_of_arn(value: Any, service: str, region: str) -> str:
    """Return with what ARNs of a service in a region begin; where ours does not, any partition is taken."""
    ours = partition_of(region)
    partition = ours if str(value).startswith(f"arn:{ours}:") else ids.PARTITION
    return f"arn:{partition}:{service}:{region}"
