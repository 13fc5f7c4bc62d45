"""From the text of a template to its parts.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from functools import lru_cache

from constructs_lib.terraform_json.language.directives import Directives, Part
from constructs_lib.terraform_json.language.limits import DEEPEST, MOST_DIGITS, TooMuchError
from constructs_lib.terraform_json.language.nodes import (
    Attribute,
    Call,
    Chain,
    Condition,
    For,
    Index,
    Items,
    Literal,
    Name,
    Node,
    Pairs,
    Splat,
    Step,
    Text,
    Traversal,
    Unary,
    Unreadable,
)
from constructs_lib.terraform_json.language.operators import PRECEDENCE
from constructs_lib.terraform_json.language.tokens import Tokens, UnreadableError, unescaped
from constructs_lib.terraform_json.templates import closing_brace, closing_quote

_WORDS = {"true": True, "false": False, "null": None}
_LONGEST = 200_000


@lru_cache(maxsize=16384)
def parse(template: str, *, is_quoted: bool = False) -> Node:
    """Give the parts of a template; ``is_quoted`` for the inside of a string in an expression.

    Raises:
        TooMuchError: it nests too deep or is too long.
    """
    return _Template(template, is_quoted, 0).whole()


def parse_definitions(text: str) -> dict[str, Node]:
    """Give the expressions of ``name = expression`` lines, as files of variables hold them.

    Raises:
        ValueError: it is no such text.
        TooMuchError: it nests too deep.
    """
    reader, found = _Expression(text, 0), dict[str, Node]()
    try:
        while reader.peek():
            token = reader.primary()
            name = token.name if isinstance(token, Name) else None
            if name is None or name in found:
                raise ValueError(f"not once {token}")
            reader.need("=")
            found[name] = reader.expression()
    except UnreadableError:
        start = text[reader.at :].strip().partition("\n")[0]
        raise ValueError(start or "an end where something is missing") from None
    return found


class _Template:
    """Text with ``${...}`` and ``%{...}``."""

    def __init__(self, text: str, is_quoted: bool, depth: int) -> None:
        if len(text) > _LONGEST and ("${" in text or "%{" in text):
            raise TooMuchError(f"the template has more than {_LONGEST:,} characters")
        self.text, self.is_quoted, self.depth = text, is_quoted, depth

    def whole(self) -> Node:
        parts = self._parts()
        if any(isinstance(part, tuple) for part in parts):
            return self._with_directives(parts)
        nodes = [part for part in parts if not isinstance(part, tuple)]
        if len(nodes) == 1:
            return nodes[0]
        return Text(tuple(nodes)) if nodes else Literal("")

    def _parts(self) -> list[Part]:
        """Give literals and expressions; a directive is a tuple of its words."""
        parts: list[Part] = []
        text, at, start, strips = self.text, 0, 0, False
        literal: list[str] = []

        def close(strip_right: bool) -> None:
            nonlocal strips
            found = "".join(literal)
            found = found.lstrip() if strips else found
            found = found.rstrip() if strip_right else found
            strips = False
            literal.clear()
            if found:
                parts.append(Literal(self._unescaped(found)))

        while (place := self._next_sign(at)) >= 0:
            literal.append(text[start:place])
            if text.startswith(("$${", "%%{"), place):
                literal.append(text[place + 1 : place + 3])
                start = at = place + 3
                continue
            end = closing_brace(text, place + 2)
            inside = text[place + 2 : end]
            close(inside.startswith("~"))
            strips = inside.endswith("~")
            inside = inside.removeprefix("~").removesuffix("~")
            parts.append(self._expression(inside) if text[place] == "$" else tuple(inside.split(None, 1)))
            start = at = end + 1
        literal.append(text[start:])
        close(False)
        return parts

    def _next_sign(self, at: int) -> int:
        found = re.compile(r"[$%]{1,2}\{").search(self.text, at)
        return -1 if found is None else found.start()

    def _unescaped(self, text: str) -> str:
        return unescaped(text) if self.is_quoted else text

    def _expression(self, inside: str) -> Node:
        return _expression(inside, self.depth)

    def _with_directives(self, parts: list[Part]) -> Node:
        try:
            return Directives(parts, self.depth, _expression).whole()
        except UnreadableError:
            return Unreadable(self.text)


def _written(number: str) -> str:
    """A number's digits, no more than Python turns into one."""
    if len(number) > MOST_DIGITS:
        raise TooMuchError(f"a number has more than {MOST_DIGITS} digits")
    return number


def _expression(text: str, depth: int) -> Node:
    try:
        return _Expression(text, depth).whole()
    except UnreadableError:
        return Unreadable(" ".join(text.split()))


class _Expression(Tokens):
    """A recursive-descent reader."""

    def whole(self) -> Node:
        node = self.expression()
        token = self.token()
        if token is None or token.lastgroup != "end":
            raise UnreadableError(self.text)
        return node

    def expression(self) -> Node:
        """A condition, or what has no ``?``."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooMuchError(f"expressions nest deeper than {DEEPEST}")
        cases: list[tuple[Node, Node]] = []
        while True:
            node = self.binary(0)
            if not self.take("?"):
                break
            yes = self.expression()
            self.need(":")
            cases.append((node, yes))
        self.depth -= 1
        return Condition(tuple(cases), node) if cases else node

    def binary(self, least: int) -> Node:
        """Operators that bind at least so strongly."""
        left = self.unary()
        while (strength := self.strength()) >= least:
            rest: list[tuple[str, Node]] = []
            while self.strength() == strength and self.take(sign := self.peek()):
                rest.append((sign, self.binary(strength + 1)))
            left = Chain(left, tuple(rest))
        return left

    def strength(self) -> int:
        """How strongly the next operator binds; -1 where none follows."""
        return PRECEDENCE.get(self.peek(), -1)

    def unary(self) -> Node:
        for sign in ("-", "!"):
            if self.take(sign):
                self.depth += 1
                if self.depth > DEEPEST:
                    raise TooMuchError(f"expressions nest deeper than {DEEPEST}")
                operand = self.unary()
                self.depth -= 1
                return Unary(sign, operand)
        return self.operand()

    def operand(self) -> Node:
        base, steps = self.primary(), self.steps()
        return Traversal(base, steps) if steps else base

    def steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while True:
            if self.take("."):
                found.append(Splat(self.attributes()) if self.take("*") else self.attribute())
            elif self.take("["):
                if self.take("*"):
                    self.need("]")
                    found.append(Splat(self.steps()))
                else:
                    found.append(self.index())
            else:
                return tuple(found)

    def attributes(self) -> tuple[Attribute, ...]:
        """What ``.*`` takes of every item: attributes only."""
        found: list[Attribute] = []
        while True:
            before = self.at
            if not self.take("."):
                return tuple(found)
            if self.take("*"):
                self.at = before
                return tuple(found)
            found.append(self.attribute())

    def attribute(self) -> Attribute:
        token = self.token()
        if token is None or token.lastgroup not in ("name", "number"):
            raise UnreadableError(self.text)
        if token["number"]:
            digits = re.compile(r"\s*(\d+)").match(self.text, self.at)
            if digits is None:
                raise UnreadableError(self.text)
            self.at = digits.end()
            return Attribute(int(_written(digits[1])))
        self.at = token.end()
        return Attribute(token["name"])

    def index(self) -> Index:
        key = self.expression()
        self.need("]")
        return Index(key)

    def heredoc(self) -> Node | None:
        """``<<EOT``, or ``<<-EOT`` with the indentation that all lines share taken away."""
        lines = self.heredoc_lines()
        if lines is None:
            return None
        return _Template("".join(lines), False, self.depth).whole()

    def primary(self) -> Node:
        if (text := self.heredoc()) is not None:
            return text
        token = self.token()
        if token is None or token.lastgroup == "end":
            raise UnreadableError(self.text)
        self.at = token.end()
        if token["quote"]:
            end = closing_quote(self.text, self.at)
            if end >= len(self.text):
                raise UnreadableError(self.text)
            inside, self.at = self.text[self.at : end], end + 1
            return _Template(inside, True, self.depth).whole()
        if token["number"]:
            number = _written(token["number"])
            return Literal(int(number) if number.isdigit() else float(number))
        if token["name"]:
            return self.named(token["name"])
        if token["sign"] == "(":
            node = self.expression()
            self.need(")")
            return node
        if token["sign"] in ("[", "{"):
            is_list, place = token["sign"] == "[", token.start("sign")
            if self.peek() == "for":
                return self.loop(is_list, place)
            return self.items() if is_list else self.pairs()
        raise UnreadableError(self.text)

    def named(self, name: str) -> Node:
        if name in _WORDS:
            return Literal(_WORDS[name])
        while self.take("::"):
            name = f"{name}::{self.name()}"
        return self.call(name) if self.take("(") else Name(name)

    def call(self, name: str) -> Call:
        arguments: list[Node] = []
        expands = False
        while not self.take(")"):
            arguments.append(self.expression())
            expands = self.take("...")
            if not self.take(",") and self.peek() != ")":
                raise UnreadableError(self.text)
        return Call(name, tuple(arguments), expands)

    def items(self) -> Items:
        found: list[Node] = []
        while not self.take("]"):
            found.append(self.expression())
            if not self.take(",") and self.peek() != "]":
                raise UnreadableError(self.text)
        return Items(tuple(found))

    def pairs(self) -> Pairs:
        found: list[tuple[Node, Node]] = []
        while not self.take("}"):
            key = self.expression()
            if isinstance(key, Name):
                key = Literal(key.name)
            if not self.take("=", ":"):
                raise UnreadableError(self.text)
            found.append((key, self.expression()))
            self.take(",")
        return Pairs(tuple(found))

    def loop(self, is_list: bool, place: int) -> For:
        self.name()
        names = [self.name()]
        if self.take(","):
            names.append(self.name())
        if self.name() != "in":
            raise UnreadableError(self.text)
        collection = self.expression()
        self.need(":")
        value = self.expression()
        key = None
        if not is_list:
            self.need("=>")
            key, value = value, self.expression()
        groups = not is_list and self.take("...")
        test = None
        if self.peek() == "if":
            self.name()
            test = self.expression()
        self.need("]" if is_list else "}")
        text = " ".join(self.text[place : self.at].split())
        return For(tuple(names), collection, key, value, test, groups, text)
