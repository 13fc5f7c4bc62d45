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
            end = _closing_brace(text, at + 2)
            if literal:
                parts.append((literal, False))
            inside = text[at + 2 : end] if text[at] == "$" else text[at : end + 1]
            parts.append((inside, True))
            literal, at = "", end + 1
        else:
            literal, at = literal + text[at], at + 1
    return [*parts, (literal, False)] if literal or not parts else parts


def _closing_brace(text: str, at: int) -> int:
    depth = 1
    while at < len(text):
        if text[at] == '"':
            at = closing_quote(text, at + 1)
        depth += (text[at] == "{") - (text[at] == "}") if at < len(text) else 0
        if depth == 0:
            return at
        at += 1
    return len(text)


def closing_quote(text: str, at: int) -> int:
    """Give the place of the quote that closes the string whose inside starts at ``at``."""
    while at < len(text) and text[at] != '"':
        if text[at] == "\\":
            at += 2
        elif text.startswith("${", at) and text[at - 1] != "$":
            at = _closing_brace(text, at + 2) + 1
        else:
            at += 1
    return at
