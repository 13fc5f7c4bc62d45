"""Values that look like secrets: they stop a hand-off, since a bundle is mailed, copied and committed.

Patterns by shape (keys of AWS, private keys, tokens of known services) count everywhere; randomness counts
only where people put tokens: environment variables and tags. What is found is never shown whole.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from constructs_lib.errors import ConfigError, Problem

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
# AWS's own documentation writes ids that end in EXAMPLE.
_SHAPES = {
    "an AWS access key id": re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?<!EXAMPLE)(?![A-Z0-9])"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/=\s\\]{48}"),
    "a token of GitHub": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{50}"),
    "a token of GitLab": re.compile(r"\bglpat-[\w-]{20}"),
    "a token of Slack": re.compile(r"\bxox[abeoprs]-[\w-]{20}"),
    "a key of Stripe": re.compile(r"\b[rs]k_live_[A-Za-z0-9]{20}"),
    "a key of Google": re.compile(r"\bAIza[\w-]{35}"),
    "a JSON Web Token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a URL with a password": re.compile(r"\w://[^/\s:@]+:(?!\$\{)[^/\s:@]{3,}@"),
}
# What counts inside packages, where libraries bring examples of everything else; and what each begins with.
_PACKAGED = ("an AWS access key id", "a private key")
_MARKS = (b"AKIA", b"ASIA", b"PRIVATE KEY-----")
_NO_TOKEN = re.compile(r"arn:|[a-z][a-z0-9+.-]*://|.*@?sha256:")
# Identifiers that are random but open no door: resource ids of AWS, UUIDs.
_IDENTIFIER = re.compile(
    r"\b[a-z]{1,12}-(?:[0-9a-f]{17}|[0-9a-f]{8})\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)
_CHUNK = re.compile(r"[A-Za-z0-9+_=-]+")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_SECRET_NAME = re.compile(r"(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|(API|ACCESS|PRIVATE|SECRET)_?KEY)$")
_DIGEST_NAME = re.compile(r"(COMMIT|REVISION|VERSION|SHA\d*|DIGEST|HASH|CHECKSUM|ETAG|BUILD|ID)$")
# A path, a placeholder, a number, or words with separators, as names are.
_NAME = re.compile(r".*[/\s$<{]|\d+$|[a-z]+([-_.:]([a-z]+|v?\d{1,4}))*$", re.IGNORECASE)
_WAY_OUT = "keep it in Secrets Manager or Parameter Store, and hand over its name or ARN"
_HEX_LENGTH, _TOKEN_LENGTH = 32, 20
_BITS_PER_CHARACTER = 3.5


def check_secrets(*parts: tuple[str, Any]) -> None:
    """Look through parts, each a dotted name (or none) and a tree of JSON values.

    Raises:
        ConfigError: values look like secrets; each with its field, and only its beginning.
    """
    problems: dict[str, Problem] = {}
    for name, tree in parts:
        for field, text in _texts(tree, name):
            if (kind := _kind(field, text)) and text not in problems:
                problems[text] = Problem(field, masked(text), f"looks like {kind}", _WAY_OUT)
    if problems:
        raise ConfigError(problems.values())


def check_packages(packages: Iterable[tuple[str, str, bytes]]) -> None:
    """Look through files of packages, each with its field, its name and its content, for shapes of secrets.

    Raises:
        ConfigError: a file holds a key; named with the field.
    """
    way_out = f"take it out of the folder; {_WAY_OUT}"
    problems = [
        Problem(field, name, f"this file of the package holds what looks like {kind}", way_out)
        for field, name, content in packages
        if any(mark in content for mark in _MARKS) and (kind := _shape(content.decode("latin-1"), _PACKAGED))
    ]
    if problems:
        raise ConfigError(problems)


def masked(text: str) -> str:
    """Return what to find a secret by: its length, and the beginning of a long one."""
    beginning = f"{text[:4]}... " if len(text) >= _TOKEN_LENGTH else ""
    return f"{beginning}({len(text)} characters)"


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{name}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{name}[{index}]")
    elif isinstance(value, str):
        yield name, value


def _kind(field: str, text: str) -> str | None:
    if shape := _shape(text):
        return shape
    path = field.split(".")
    if not {"environment", "variables", "tags"} & set(path[:-1]):
        return None
    return _token(path[-1].upper().replace("-", "_"), text)


def _shape(text: str, kinds: Iterable[str] = _SHAPES) -> str | None:
    return next((kind for kind in kinds if _SHAPES[kind].search(text)), None)


def _token(name: str, text: str) -> str | None:
    if _NO_TOKEN.match(text) or "${" in text:
        return None
    if _SECRET_NAME.search(name) and _is_password(text):
        return "a password or token"
    if _DIGEST_NAME.search(name):
        return None
    if any(_is_mixed(found[0], 4.2) for found in _AWS_SECRET.finditer(text)):
        return "an AWS secret access key"
    chunks = [chunk for chunk in _CHUNK.findall(_IDENTIFIER.sub("", text)) if len(chunk) >= _TOKEN_LENGTH]
    found = any(_is_hex_token(chunk) or _is_mixed(chunk, _BITS_PER_CHARACTER) for chunk in chunks)
    return "a random token" if found else None


def _is_password(text: str) -> bool:
    """Whether the value of something called a secret is neither a name, a path nor a switch."""
    return len(text) >= 8 and not _NAME.match(text)


def _is_hex_token(chunk: str) -> bool:
    plain = re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", chunk)
    return bool(plain) and len(chunk) >= _HEX_LENGTH and entropy(chunk) > 3


def _is_mixed(chunk: str, bits: float) -> bool:
    """Whether letters and digits alternate as they do in no word: many changes of class, many characters."""
    kinds = "".join(
        "d" if c.isdigit() else "u" if c.isupper() else "l" if c.islower() else "-" for c in chunk
    )
    changes = sum(one != other and "-" not in (one, other) for one, other in pairwise(kinds))
    return "d" in kinds and changes * 4 >= len(chunk) and entropy(chunk) > bits


def entropy(text: str) -> float:
    """Return Shannon's entropy of the characters, in bits for each."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
