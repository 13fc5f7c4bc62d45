"""Texts of Terraform JSON as expressions: references stand free, all else is quoted.

A text of Terraform JSON is a template. https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
"""

from __future__ import annotations

import re

from constructs_lib.terraform_json.templates import split

_SIGNS = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
# U+FEFF counts as a byte order mark, and no editor shows the others.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
# At the very start or end of an interpolation, or inside the signs of a directive.
_MARKER = re.compile(r"\A(?:%\{)?~|~\}?\Z")


def expression(template: str) -> str:
    """Return a template as an expression; one that is a single ``${...}`` keeps its type."""
    parts = split(template)
    if any(is_code and "~" in text for text, is_code in parts):
        parts = _without_strip_markers(parts)
    if len(parts) == 1 and parts[0][1] and not parts[0][0].startswith("%{"):
        return bare(parts[0][0])
    return f'"{"".join(_template(text) if is_code else quoted(text) for text, is_code in parts)}"'


def bare(code: str) -> str:
    """Return an expression without its ``${`` and ``}``; one of several lines stands in parentheses."""
    code = code.strip()
    return f"(\n{code}\n)" if "\n" in code else code


def literal(text: str) -> str:
    """Return a text that is read as it is, never as a template."""
    return f'"{quoted(text)}"'


def quoted(text: str) -> str:
    """Return the inside of a quoted text."""
    escaped = "".join(_SIGNS.get(sign, sign) for sign in text)
    escaped = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return escaped.replace("${", "$${").replace("%{", "%%{")


def _template(code: str) -> str:
    return f"%{{{code[2:-1].strip()}}}" if code.startswith("%{") else f"${{{code.strip()}}}"


def _without_strip_markers(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Take away what ``${~`` and ``~}`` take away: white space up to the end of its line.

    In a quoted text they would take line ends and what is behind them, too.
    """
    found: list[tuple[str, bool]] = []
    for at, (text, is_code) in enumerate(parts):
        if is_code:
            found.append((_MARKER.sub(lambda sign: sign[0].replace("~", ""), text), True))
            continue
        before, after = (parts[n] if 0 <= n < len(parts) else ("", False) for n in (at - 1, at + 1))
        lines = re.findall(r"[^\n]*\n|[^\n]+", text)
        if before[1] and before[0].removesuffix("}").endswith("~"):
            lines[0] = lines[0].lstrip()
        if after[1] and after[0].removeprefix("%{").startswith("~"):
            lines[-1] = lines[-1].rstrip()
        found.append(("".join(lines), False))
    return found
