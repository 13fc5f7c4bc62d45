"""https://developer.hashicorp.com/terraform/language/functions#string-functions"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from constructs_lib.terraform_json.language.conversion import (
    OPEN,
    RefusedError,
    boolean,
    is_open,
    items,
    number,
    text,
    whole,
)
from constructs_lib.terraform_json.language.functions._calling import Function, partly, plain
from constructs_lib.terraform_json.language.functions._patterns import compiled
from constructs_lib.terraform_json.language.limits import text_fits
from constructs_lib.terraform_json.values import Template, joined

_VERB = re.compile(r"%(?:(%)|([-+# 0]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))")
_GROUP = re.compile(r"\$(?:\{(\w+)\}|(\w+)|\$)")
_WIDEST = 10_000
_LARGEST_PLAIN = 21
"""The exponent from which Go writes ``%g`` with one."""


def _format(pattern: Any, *values: Any) -> Any:
    """Go's verbs; an open value in the place of a plain ``%s`` or ``%v`` leaves the rest known."""
    if any(value is None for value in values):
        return None
    parts: list[Any] = []
    at, following, used = 0, 0, 0
    written = text(pattern)
    for found in _VERB.finditer(written):
        parts.append(written[at : found.start()])
        at = found.end()
        if found[1]:
            parts.append("%")
            continue
        following = int(found[5]) if found[5] else following + 1
        value, used = values[following - 1], max(used, following)
        if isinstance(value, OPEN):
            if found[6] not in "sv" or found[2] or found[3] or found[4]:
                return NotImplemented
            parts += value.parts if isinstance(value, Template) else [value]
        else:
            parts.append(_spelled(value, found))
        text_fits(sum(len(part) for part in parts if isinstance(part, str)))
    if "%" in _VERB.sub("", written) or used < len(values):
        raise RefusedError("the verbs of the format and its values differ")
    return joined([*parts, written[at:]])


def _spelled(value: Any, verb: re.Match[str]) -> str:
    flags, width, precision, kind = verb[2], int(verb[3] or 0), verb[4], verb[6]
    if max(width, int(precision or 0)) > _WIDEST:
        text_fits(width * 1_000_000)
    if kind in "eEfFgG" and value is not None:
        found = _sign(flags) * (number(value) >= 0) + _float(value, precision, kind)
    elif kind in "dboxX" and not isinstance(value, str | list | dict | None):
        found = format(whole(value), f"{_sign(flags)}{kind}")
    elif kind == "d":
        found = format(whole(value), f"{_sign(flags)}d")
    else:
        found = _as_text(value, kind)
        found = found[: int(precision)] if precision else found
    if len(found) >= width:
        return found
    if "-" in flags:
        return found.ljust(width)
    return found.zfill(width) if "0" in flags and kind in "dboxXeEfFgG" else found.rjust(width)


def _float(value: Any, precision: str | None, kind: str) -> str:
    exact = number(value)
    if kind in "fF":
        return format(Decimal(str(exact)), f".{precision or 6}f")
    if kind in "eE" or precision:
        return format(float(exact), f".{precision or 6}{kind}")
    shortest = format(float(exact), ".17g") if exact != float(repr(float(exact))) else repr(float(exact))
    digits = Decimal(shortest).normalize()
    exponent = digits.adjusted()
    if -4 <= exponent < _LARGEST_PLAIN:
        return format(digits, "f")
    mantissa = format(digits.scaleb(-exponent), "f")
    return f"{mantissa}{kind.replace('g', 'e').replace('G', 'E')}{exponent:+03d}"


def _sign(flags: str) -> str:
    return "+" if "+" in flags else " " if " " in flags else ""


def _as_text(value: Any, kind: str) -> str:
    if kind == "s":
        return text(value)
    if kind == "t":
        return text(boolean(value))
    if kind == "q":
        return json.dumps(text(value), ensure_ascii=False)
    if kind == "x":
        return text(value).encode().hex()
    if kind == "X":
        return text(value).encode().hex().upper()
    if kind == "v":
        if isinstance(value, list | dict):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return "null" if value is None else text(value)
    raise RefusedError(f"%{kind} is no verb")


def _formatlist(pattern: Any, *values: Any) -> Any:
    lengths = {len(one) for one in values if isinstance(one, list)}
    if len(lengths) > 1:
        raise RefusedError("the lists have different lengths")
    count = lengths.pop() if lengths else 1
    return [
        _format(pattern, *(one[index] if isinstance(one, list) else one for one in values))
        for index in range(count)
    ]


def _join(separator: Any, *lists: Any) -> Any:
    parts: list[Any] = []
    for item in (item for one in lists for item in items(one)):
        parts += [text(separator)] if parts else []
        parts.append(item if isinstance(item, OPEN) else text(item))
    text_fits(sum(len(part) for part in parts if isinstance(part, str)))
    return joined(parts)


def _replace(value: Any, old: Any, new: Any) -> Any:
    if isinstance(value, OPEN) or isinstance(old, OPEN):
        return NotImplemented
    written, wanted = text(value), text(old)
    if isinstance(new, OPEN):
        is_plain = wanted and not wanted.startswith("/")
        return _between(new, written.split(wanted)) if is_plain else NotImplemented
    other = text(new)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        pattern = compiled(wanted[1:-1], written)
        if pattern is None:
            return NotImplemented
        template = _GROUP.sub(_python_group, other.replace("\\", r"\\"))
        text_fits((len(written) + 1) * (len(other) + 1))
        return pattern.sub(template, written)
    text_fits(len(written) + written.count(wanted) * len(other))
    return written.replace(wanted, other)


def _between(value: Any, texts: list[str]) -> Any:
    """Put an open value between texts."""
    parts = value.parts if isinstance(value, Template) else (value,)
    return joined(part for place, one in enumerate(texts) for part in ((*parts, one) if place else (one,)))


def _python_group(found: re.Match[str]) -> str:
    name = found[1] or found[2]
    return f"\\g<{name}>" if name else "$"


def _regex(pattern: Any, value: Any) -> Any:
    found = compiled(text(pattern), text(value))
    if found is None:
        return NotImplemented
    match = found.search(text(value))
    if match is None:
        raise RefusedError("nothing matches")
    return _captured(match)


def _regexall(pattern: Any, value: Any) -> Any:
    found = compiled(text(pattern), text(value))
    return NotImplemented if found is None else [_captured(one) for one in found.finditer(text(value))]


def _captured(match: re.Match[str]) -> Any:
    if match.re.groupindex:
        return match.groupdict()
    return list(match.groups()) if match.re.groups else match[0]


def _substr(value: Any, offset: Any, length: Any) -> str:
    written, start, size = text(value), whole(offset), whole(length)
    start = start + len(written) if start < 0 else start
    if start > len(written):
        return ""
    return written[max(start, 0) :] if size < 0 else written[max(start, 0) : max(start, 0) + size]


def _indent(spaces: Any, value: Any) -> str:
    text_fits(whole(spaces) * (text(value).count("\n") + 1) + len(text(value)))
    return text(value).replace("\n", "\n" + " " * whole(spaces))


def _title(value: Any) -> str:
    return re.sub(r"(?<!\w)\w", lambda found: _each(str.upper)(found[0]), text(value))


def _each(change: Callable[[str], str]) -> Callable[[str], str]:
    """Go maps a sign to one sign, never to two."""
    return lambda value: "".join(new if len(new := change(one)) == 1 else one for one in value)


def _dirname(path: Any) -> str:
    head = posixpath.dirname(text(path))
    return posixpath.normpath(head) if head else "."


def _strings(function: Any) -> Function:
    return plain(lambda *values: function(*map(text, values)))


def _known_lists(function: Any) -> Function:
    def call(*arguments: Any) -> Any:
        is_unread = any(isinstance(one, OPEN) for one in arguments)
        is_nested = any(
            isinstance(i, list) and is_open(i) for a in arguments if isinstance(a, list) for i in a
        )
        return NotImplemented if is_unread or is_nested else function(*arguments)

    return partly(call)


FUNCTIONS: dict[str, Function] = {
    "basename": _strings(lambda path: posixpath.basename(path.rstrip("/")) or path[:1] or "."),
    "chomp": _strings(lambda value: re.sub(r"(?:\r\n|\n|\r)+\Z", "", value)),
    "dirname": plain(_dirname),
    "endswith": _strings(str.endswith),
    "format": partly(
        lambda pattern, *v: NotImplemented if isinstance(pattern, OPEN) else _format(pattern, *v)
    ),
    "formatlist": _known_lists(_formatlist),
    "indent": plain(_indent),
    "join": _known_lists(_join),
    "lower": _strings(_each(str.lower)),
    "regex": plain(_regex),
    "regexall": plain(_regexall),
    "replace": partly(_replace),
    "split": _strings(lambda separator, value: value.split(separator) if separator else list(value)),
    "startswith": _strings(str.startswith),
    "strcontains": _strings(lambda value, part: part in value),
    "strrev": _strings(lambda value: value[::-1]),
    "substr": plain(_substr),
    "title": plain(_title),
    "trim": _strings(str.strip),
    "trimprefix": _strings(str.removeprefix),
    "trimspace": _strings(str.strip),
    "trimsuffix": _strings(str.removesuffix),
    "upper": _strings(_each(str.upper)),
}
