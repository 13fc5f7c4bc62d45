"""Whether a value looks like a secret, by its shape, by its name, by what is inside, by its randomness."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from constructs_lib.secrets.names import (
    says_login,
    says_password,
    says_public,
    says_shared_secret,
    says_token,
    words_of,
)
from constructs_lib.secrets.randomness import decoded, random_in
from constructs_lib.secrets.shapes import shape_of

PASSWORD, TOKEN = "a password", "a password or token"
# Where a value is kept, not the value: an ARN, a path, a reference, a placeholder.
_REFERENCE = re.compile(
    r"\s*(?:arn:\S+|\$\{.*\}|\{\{.*\}\}|\$\(.*\)|\$[A-Z_]+|%\w+%|<[^>]*>|\*+|x{3,}|\.{3,}"
    r"|(?:ssm|secretsmanager|vault|op|file|s3|env|aws-sm)://?\S+)\s*",
    re.IGNORECASE | re.DOTALL,
)
_PATH = re.compile(r"~?\.{0,2}/[\w.@/-]+|[\w.-]+(?:/[\w.-]+)+")
_SWITCH = re.compile(
    r"(?:true|false|yes|no|on|off|none|null|nil|n/?a|enabled?|disabled?|required|optional|auto|default|unset|"
    r"empty|plain|basic|bearer|oauth2?|jwt|iam|md5|sha\d*|scram[\w-]*|aws|secretsmanager|ssm|vault|\d{1,2})?",
    re.IGNORECASE,
)
# Words with separators and small numbers, as names are: ``shop-dev-2``, ``enabled123``, ``12345678``.
_NAME_LIKE = re.compile(r"[A-Za-z]+\d{0,4}(?:[-_.: ][A-Za-z]+\d{0,4}|[-_.: ]v?\d{1,4})*|\d+", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"(?:^|[\s;&?,{(\"'\\])([A-Za-z][\w .-]{0,40}?)[\"'\\]{0,2}\s*(?:=|:(?!//))\s*"
    r"(?:[\"'\\]{0,2}|\{)([^;&\s\"',})\\]+)"
)
_SHORT = 8
_NO_TOKEN = re.compile(r"arn:|[a-z][a-z0-9+.-]*://|.*@?sha256:")
_DEPTH = 4


def shape_in(text: str) -> str | None:
    """Say which known shape a text has, whatever it is called; None for none."""
    return shape_of(text)


def secret_in(name: str, text: str) -> str | None:
    """Say what a variable's value looks like if it looks like a secret; None if it does not.

    name: of the variable. Values that are Terraform references are no secrets of the file.
    """
    return _look(name, text, 0)


def password_in(name: str, text: str) -> str | None:
    """Say what a value is if its name alone tells that it is a secret; references and switches are none."""
    return None if _REFERENCE.fullmatch(text) or _PATH.fullmatch(text) else _by_name(name, text)


def _look(name: str, text: str, depth: int) -> str | None:
    if not text or depth > _DEPTH:
        return None
    if shape := shape_of(text):
        return shape
    if _REFERENCE.fullmatch(text):
        return None
    if _PATH.fullmatch(text):
        return None if says_public(name) else random_in(words_of(name), text, secretive=False)
    if kind := _by_name(name, text):
        return kind
    if inside := next(_inside(text, depth), None):
        return inside
    if _NO_TOKEN.match(text) or "${" in text or says_public(name):
        return None
    words = words_of(name)
    plain = decoded(text)
    if plain is not None:
        return _look(name, plain, depth + 1)
    return random_in(words, text, secretive=says_token(name) or says_password(name))


def _by_name(name: str, text: str) -> str | None:
    if _SWITCH.fullmatch(text):
        return None
    if says_password(name):
        return PASSWORD
    if says_token(name) and len(text) >= _SHORT and not _NAME_LIKE.fullmatch(text) and not _is_place(text):
        return TOKEN
    if says_shared_secret(name) and len(text) >= _SHORT and re.fullmatch(r"[A-Za-z]+\d*", text):
        return TOKEN
    if says_login(name) and re.fullmatch(r"[^\s:/]+:[^\s/]{3,}", text):
        return PASSWORD
    return None


def _is_place(text: str) -> bool:
    """An address without a password, a public key, a certificate: kept under names that speak of keys."""
    return bool(re.match(r"[a-z][a-z0-9+.-]*://|-----BEGIN (?![A-Z0-9 ]*PRIVATE)|ssh-|ecdsa-", text))


def _inside(text: str, depth: int) -> Iterator[str]:
    """What stands in JSON, and in connection strings: ``Server=x;Pwd=y``, ``jdbc:...?password=y``."""
    try:
        content = json.loads(text) if text.lstrip()[:1] in ("{", "[") else None
    except (ValueError, RecursionError):
        content = None
    if isinstance(content, dict | list):
        for key, value in _leaves("", content):
            if found := _look(key, value, depth + 1):
                yield found
        return
    for key, value in _ASSIGNED.findall(text):
        assigned = _by_name(key.split()[-1] if " " in key else key, value)
        if assigned and not _REFERENCE.fullmatch(value) and not _PATH.fullmatch(value) and value != text:
            yield assigned


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(str(key), item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(name, item)
    elif isinstance(value, str):
        yield name, value


def masked(text: str) -> str:
    """Return what to find a secret by: its length, and the beginning of a long one."""
    beginning = f"{text[:4]}... " if len(text) >= 20 else ""
    return f"{beginning}({len(text)} characters)"
