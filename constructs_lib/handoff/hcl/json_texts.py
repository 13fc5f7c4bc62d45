"""Texts that hold JSON, such as policies, as ``jsonencode`` of what they say, where that gives the same text.

https://developer.hashicorp.com/terraform/language/functions/jsonencode
"""

from __future__ import annotations

import json
import re
from typing import Any

from constructs_lib.terraform_json.templates import split

# Private use: a text that holds them already is left alone.
_OPEN, _CLOSE = "\ue000", "\ue001"
_HELD = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# jsonencode sorts keys by itself; people read them in the order of IAM's and ECS's documentation.
_FIRST = (
    "Version Statement Sid Effect Principal Action Resource Condition name image rulePriority description"
)
_READ_FIRST = {key: place for place, key in enumerate(_FIRST.split())}
# jsonencode writes the first as \\uXXXX, and the second may be written in several ways.
_OTHERWISE = re.compile(r"[<>&\u2028\u2029]|\\[bfu]")
# Of these attributes it is known that they are texts; jsonencode would write others as numbers or lists.
_TEXT = re.compile(
    r"(?:data\.)?aws_\w+\.[\w-]+\."
    r"(?:\w+_)?(?:arn|id|name|url|partition|dns_suffix|bucket|repository_url|arn_suffix)"
)


def read_json_text(template: str) -> Any:
    """Return what a text of JSON holds, its texts as templates again; None where it is not plainly that.

    None, too, where ``jsonencode`` would not write it sign by sign alike.
    """
    if not template.startswith(("{", "[")) or _OPEN in template or _CLOSE in template:
        return None
    parts = split(template)
    if any(is_code and not _is_text(code) and not _encoded(code) for code, is_code in parts):
        return None
    held = "".join(_held(at, code) if is_code else code for at, (code, is_code) in enumerate(parts))
    try:
        found = json.loads(held, parse_float=_refuse, parse_constant=_refuse)
    except ValueError:
        return None
    if json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != held:  # or a key twice
        return None
    if any(_OTHERWISE.search(text) for text, is_code in parts if not is_code):
        return None
    return _templates(found, [_encoded(code) or code for code, _ in parts])


def _is_text(code: str) -> bool:
    return bool(_TEXT.fullmatch(code) or re.fullmatch(r"var\.\w+_(?:image|domain)", code))


def _held(at: int, code: str) -> str:
    """A sign for code: inside of a text, or as a value that is JSON already."""
    held = f"{_OPEN}{at}{_CLOSE}"
    return json.dumps(held, ensure_ascii=False) if _encoded(code) else held


def _encoded(code: str) -> str | None:
    """What an interpolation makes JSON of, if it does nothing else; ours are one call around all."""
    found = re.fullmatch(r"jsonencode\((\[for .* : \{ name = name, value = value \}\])\)", code, re.DOTALL)
    return found[1] if found else None


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} may be written in several ways")


def _templates(value: Any, codes: list[str]) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (_READ_FIRST.get(key, len(_READ_FIRST)), key))
        return {_template(key, codes): _templates(value[key], codes) for key in keys}
    if isinstance(value, list):
        return [_templates(item, codes) for item in value]
    return _template(value, codes) if isinstance(value, str) else value


def _template(text: str, codes: list[str]) -> str:
    escaped = text.replace("${", "$${").replace("%{", "%%{")
    return _HELD.sub(lambda found: f"${{{codes[int(found[1])]}}}", escaped)
