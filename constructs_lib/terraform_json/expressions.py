"""Terraform's template and expression language, as far as it can be read without an apply.

Strings of Terraform JSON are templates (https://developer.hashicorp.com/terraform/language/syntax/json).
What is not understood (``for`` expressions, directives, provider functions) becomes ``Unknown``, never
a guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from constructs_lib.terraform_json.module_instances import ModuleInstance
from constructs_lib.terraform_json.operators import LEVELS, combined
from constructs_lib.terraform_json.templates import SIMPLE, closing_quote, split
from constructs_lib.terraform_json.terraform_functions import FUNCTIONS
from constructs_lib.terraform_json.values import Reference, Template, Unknown, text_of

Head = Callable[[tuple[str, ...]], Any]
"""Gives the value of the first names of a traversal, such as ``("var", "port")`` or ``("aws_vpc",
"network")``.
"""

Settle = Callable[[Any], Any]
"""Replaces a reference to an attribute that the document writes out by that value."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][\w-]*)"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||=>|\.\.\.|[][(){},.:?=<>!+*/%-])"
    r'|(?P<quote>"))'
)
_NAMED = {"true": True, "false": False, "null": None}


class UnreadableError(Exception):
    """The expression uses something that this reader does not know."""


def evaluate(text: str, head: Head, settle: Settle) -> Any:
    """Give the value of one string of Terraform JSON."""
    if "${" not in text and "%{" not in text:
        return text
    simple = SIMPLE.fullmatch(text)
    if simple and simple[1] not in ("local", "var", "each", "count", "module", "path", "terraform", "self"):
        return attribute(head((*simple[1].split("."), simple[2])), simple[3])
    parts = [_part(part, is_expression, head, settle) for part, is_expression in split(text)]
    if len(parts) == 1:
        return parts[0]
    settled = [settle(part) for part in parts]
    if all(isinstance(part, str | int | float) for part in settled):
        return "".join(_spell(part) for part in settled)
    return Template(tuple(parts))


def _part(part: str, is_expression: bool, head: Head, settle: Settle) -> Any:
    if not is_expression:
        return part
    try:
        return _Expression(part, head, settle).whole()
    except UnreadableError:
        return Unknown(" ".join(part.split()))


def _spell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def attribute(value: Any, name: str | int) -> Any:
    """Give one step of a traversal: ``value.name`` or ``value[name]``."""
    if isinstance(value, Reference):
        step = f"[{name}]" if isinstance(name, int) else f".{name}" if value.attribute else name
        return Reference(value.address, value.attribute + step)
    if isinstance(value, ModuleInstance):
        return value.output(str(name))
    if isinstance(value, dict) and name in value:
        return value[str(name)]
    if isinstance(value, list) and str(name).isdigit() and int(name) < len(value):
        return value[int(name)]
    return Unknown(text_of(value) + (f"[{name}]" if isinstance(name, int) else f".{name}"))


class _Expression:
    """A recursive-descent reader that gives values at once; there is no syntax tree."""

    def __init__(self, text: str, head: Head, settle: Settle) -> None:
        self.text, self.at, self.head, self.settle = text, 0, head, settle

    def whole(self) -> Any:
        value = self.condition()
        if self.text[self.at :].strip():
            raise UnreadableError(self.text)
        return value

    def peek(self) -> str:
        token = _TOKEN.match(self.text, self.at)
        return token[0].strip() if token else ""

    def take(self, *wanted: str) -> bool:
        token = _TOKEN.match(self.text, self.at)
        if token is None or token[0].strip() not in wanted:
            return False
        self.at = token.end()
        return True

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise UnreadableError(self.text)

    def condition(self) -> Any:
        test = self.binary()
        if not self.take("?"):
            return test
        test = self.settle(test)
        yes = self.condition()
        self.need(":")
        no = self.condition()
        if not isinstance(test, bool):
            return yes if yes == no else Unknown(f"{text_of(test)} ? {text_of(yes)} : {text_of(no)}")
        return yes if test else no

    def binary(self, level: int = 0) -> Any:
        if level == len(LEVELS):
            return self.operand()
        left = self.binary(level + 1)
        while (sign := self.peek()) in LEVELS[level]:
            self.take(sign)
            left = combined(sign, self.settle(left), self.settle(self.binary(level + 1)))
        return left

    def operand(self) -> Any:
        value = self.primary()
        while True:
            if self.take("."):
                value = self.step(value)
            elif self.take("["):
                value = self.index(value)
            else:
                return value

    def step(self, value: Any) -> Any:
        token = _TOKEN.match(self.text, self.at)
        if self.take("*"):
            return self.splat(value)
        if token is None or not (token["name"] or token["number"]):
            raise UnreadableError(self.text)
        self.at = token.end()
        return attribute(value, int(token["number"]) if token["number"] else token["name"])

    def index(self, value: Any) -> Any:
        if self.take("*"):
            self.need("]")
            return self.splat(value)
        key = self.condition()
        self.need("]")
        if isinstance(key, int | str):
            return attribute(value, key)
        return Unknown(f"{text_of(value)}[{text_of(key)}]")

    def splat(self, value: Any) -> Any:
        """``value[*].name`` is the list of every item's name; one object counts as a list of one."""
        items = (
            value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
        )
        start, results = self.at, []
        for item in items:
            self.at = start
            results.append(self.rest(item))
        if not items:
            self.rest(Unknown("nothing"))
        return results

    def rest(self, value: Any) -> Any:
        while self.peek() in (".", "["):
            value = self.step(value) if self.take(".") else self.index(value) if self.take("[") else value
        return value

    def primary(self) -> Any:
        token = _TOKEN.match(self.text, self.at)
        if token is None:
            raise UnreadableError(self.text)
        self.at = token.end()
        if token["quote"]:
            return self.string()
        if token["number"]:
            return float(token["number"]) if "." in token["number"] else int(token["number"])
        if token["name"]:
            return self.named(token["name"])
        return self.bracket(token["sign"])

    def string(self) -> Any:
        end = closing_quote(self.text, self.at)
        inside, self.at = self.text[self.at : end], end + 1
        if "${" in inside:
            return evaluate(inside, self.head, self.settle)
        try:
            return json.loads(f'"{inside}"')
        except ValueError as fault:
            raise UnreadableError(self.text) from fault

    def bracket(self, sign: str) -> Any:
        if sign == "(":
            value = self.condition()
            self.need(")")
            return value
        if sign == "[":
            return self.items("]")
        if sign == "{":
            return self.mapping()
        if sign == "-" and isinstance(value := self.primary(), int | float):
            return -value
        if sign == "!" and isinstance(value := self.operand(), bool):
            return not value
        raise UnreadableError(self.text)

    def items(self, end: str) -> list[Any]:
        values: list[Any] = []
        while not self.take(end):
            values.append(self.condition())
            if not self.take(",") and self.peek() != end:
                raise UnreadableError(self.text)
        return values

    def mapping(self) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not self.take("}"):
            token = _TOKEN.match(self.text, self.at)
            bare = token is not None and bool(token["name"])
            key = token["name"] if token is not None and bare else None
            self.at = token.end() if token is not None and bare else self.at
            key = key if bare else self.primary()
            if not isinstance(key, str) or not self.take("=", ":"):
                raise UnreadableError(self.text)
            pairs[key] = self.condition()
            self.take(",")
        return pairs

    def named(self, name: str) -> Any:
        if name in _NAMED:
            return _NAMED[name]
        if name == "for":
            raise UnreadableError(self.text)
        if self.take("("):
            return self.call(name, self.items(")"))
        names = [name]
        for _ in range(2 if name == "data" else 1):
            self.need(".")
            token = _TOKEN.match(self.text, self.at)
            if token is None or not token["name"]:
                raise UnreadableError(self.text)
            self.at = token.end()
            names.append(token["name"])
        return self.head(tuple(names))

    def call(self, name: str, arguments: list[Any]) -> Any:
        function = FUNCTIONS.get(name)
        result = function(arguments) if function else None
        if function and result is None:
            result = function([self.settle(argument) for argument in arguments])
        return Unknown(f"{name}({', '.join(map(text_of, arguments))})") if result is None else result
