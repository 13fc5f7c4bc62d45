"""Cuts Terraform templates into literal text and expressions.

https://developer.hashicorp.com/terraform/language/expressions/strings
"""

from __future__ import annotations

import re

SIMPLE = re.compile(r"\$\{((?:data\.)?\w+)\.([A-Za-z_][\w-]*)\.([a-z_]\w*)\}")
"""By far the most frequent template: one attribute of one resource or data source."""


def split(text: str) -> list[tuple[str, bool]]:
    """Cut a template into literal text and the insides of ``${...}``: pairs of part and "is an
    expression".
    """
    parts: list[tuple[str, bool]] = []
    literal, at = "", 0
    while at < len(text):
        if text.startswith(("$${", "%%{"), at):
            literal, at = literal + text[at + 1 : at + 3], at + 3
        elif text.startswith(("${", "%{"), at):
            end = closing_brace(text, at + 2)
            if literal:
                parts.append((literal, False))
            inside = text[at + 2 : end] if text[at] == "$" else text[at : end + 1]
            parts.append((inside, True))
            literal, at = "", end + 1
        else:
            literal, at = literal + text[at], at + 1
    return [*parts, (literal, False)] if literal or not parts else parts


def closing_brace(text: str, at: int) -> int:
    """Give the place of the brace that closes the expression whose inside starts at ``at``."""
    return _closing(text, at, "{")


def closing_quote(text: str, at: int) -> int:
    """Give the place of the quote that closes the string whose inside starts at ``at``."""
    return _closing(text, at, '"')


def _closing(text: str, at: int, opened: str) -> int:
    """Expressions hold strings, and strings hold expressions; ``open_ones`` are those not closed yet."""
    open_ones = [opened]
    while at < len(text):
        sign = text[at]
        if open_ones[-1] == "{":
            if sign in '{"':
                open_ones.append(sign)
            elif sign == "}":
                open_ones.pop()
        elif sign == "\\":
            at += 1
        elif sign == '"':
            open_ones.pop()
        elif sign in "$%" and text.startswith("{", at + 1) and text[at - 1] != sign:
            open_ones.append("{")
            at += 1
        if not open_ones:
            return at
        at += 1
    return len(text)
