"""https://developer.hashicorp.com/terraform/language/functions#encoding-functions, hashes too."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from constructs_lib.terraform_json.language.conversion import OPEN, is_open, text
from constructs_lib.terraform_json.language.functions._calling import Function, plain, refusing
from constructs_lib.terraform_json.language.operators import plain_number
from constructs_lib.terraform_json.values import JsonTemplate, Template, joined

_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def _jsonencode(arguments: list[Any]) -> Any:
    [value] = arguments
    if isinstance(value, OPEN):
        return NotImplemented
    if not is_open(value):
        return "".join(str(part) for part in _encoded(value))
    found = joined(_encoded(value))
    return JsonTemplate(found.parts, value) if isinstance(found, Template) else found


def _encoded(value: Any) -> Iterator[Any]:
    """Go's spelling: no spaces, keys in order; an open value stands for the text that it will be."""
    if isinstance(value, Template):
        yield '"'
        for part in value.parts:
            yield _string(part)[1:-1] if isinstance(part, str) else part
        yield '"'
    elif isinstance(value, OPEN):
        yield from ('"', value, '"')
    elif isinstance(value, dict):
        yield "{"
        for index, key in enumerate(sorted(value)):
            yield f"{',' if index else ''}{_string(key)}:"
            yield from _encoded(value[key])
        yield "}"
    elif isinstance(value, list):
        yield "["
        for index, item in enumerate(value):
            yield "," if index else ""
            yield from _encoded(item)
        yield "]"
    else:
        yield _string(value) if isinstance(value, str) else "null" if value is None else text(value)


def _string(value: str) -> str:
    found = json.dumps(value, ensure_ascii=False)
    for sign, escape in _HTML.items():
        found = found.replace(sign, escape)
    return found


def _jsondecode(arguments: list[Any]) -> Any:
    [value] = arguments
    if isinstance(value, JsonTemplate):
        return value.value
    return NotImplemented if is_open(value) else refusing(_decoded, [text(value)])


def _decoded(written: str) -> Any:
    from decimal import Decimal

    return json.loads(written, parse_float=lambda digits: plain_number(Decimal(digits)), parse_constant=_no)


def _no(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def _hashed(name: str, *, as_base64: bool = False) -> Function:
    def digest(value: Any) -> str:
        found = hashlib.new(name, text(value).encode(), usedforsecurity=False)
        return base64.b64encode(found.digest()).decode() if as_base64 else found.hexdigest()

    return plain(digest)


def _csv(value: Any) -> list[dict[str, str]]:
    heads, *rows = csv.reader(io.StringIO(text(value)), strict=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


FUNCTIONS: dict[str, Function] = {
    "base64decode": plain(lambda value: base64.b64decode(text(value), validate=True).decode()),
    "base64encode": plain(lambda value: base64.b64encode(text(value).encode()).decode()),
    "base64sha256": _hashed("sha256", as_base64=True),
    "base64sha512": _hashed("sha512", as_base64=True),
    "csvdecode": plain(_csv),
    "jsondecode": _jsondecode,
    "jsonencode": _jsonencode,
    "md5": _hashed("md5"),
    "sha1": _hashed("sha1"),
    "sha256": _hashed("sha256"),
    "sha512": _hashed("sha512"),
    "urlencode": plain(lambda value: quote_plus(text(value), safe="")),
}
