"""Secrets in the files of a package.

Libraries bring examples of everything but whole keys; what people wrote themselves is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.secrets.finding import password_in
from constructs_lib.secrets.shapes import AWS_KEY, PRIVATE_KEY, SHAPES, shape_of

COMPILED = (".pyc", ".so", ".dll", ".dylib")
"""Endings of files in which any bytes may stand."""

_BEGINNING = 8_192
_MARKS = (b"AKIA", b"ASIA", b"PRIVATE KEY", b"PuTTY-User-Key-File", b"AGE-SECRET-KEY-")
LARGEST_TEXT = 1_000_000
"""Bytes of a file that is read line by line: nobody wrote a longer one by hand."""

_CODE = re.compile(r"[A-Za-z_][\w.]*\(.*\)?|[a-z_]+|[A-Za-z]+(?: [A-Za-z,'.]+){2,}[.!?]?|.*%[sd].*")
# A name and a text in quotes, as code and JSON have it; or one without, as files of settings have it.
_QUOTED = re.compile(
    r"""([A-Za-z_][\w.-]*)["']?\]?\s*(?::\s*\w+\s*)?[:=]\s*[rbf]?(["'])((?:(?!\2).){3,})\2"""
)
_SETTING = re.compile(r"\s*(?:export\s+|set\s+|-\s+)?([A-Za-z_][\w.-]*)\s*[:=]\s*([^\s#;\"'{[(].*?)\s*")
_LONG = re.compile(r"(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{24,}")
"""What every token is that has a shape: a line without it need not be looked at."""
_SETTINGS = (".cfg", ".conf", ".ini", ".properties", ".toml", ".txt", ".yaml", ".yml", ".sh", "")


def secret_in_file(content: bytes) -> str | None:
    """Say what key a file holds; None for none."""
    if not any(mark in content for mark in _MARKS):
        return None
    return shape_of(content.decode("latin-1"), (AWS_KEY, PRIVATE_KEY))


def secrets_in_source(name: str, content: bytes) -> Iterator[tuple[int, str]]:
    """Give the lines of a file that people wrote, from 1, that hold what looks like a secret, each with what.

    name: of the file, whose ending says whether it is code or settings. Binary and very long files are asked
    for keys alone.
    """
    text = _text(content)
    if text is None:
        if kind := secret_in_file(content):
            yield 1, kind
        return
    is_settings = name[name.rfind(".") :].lower() in _SETTINGS if "." in name else True
    found = dict(_shapes(text))
    for number, line in enumerate(text.splitlines(), 1):
        if number not in found and (kind := _in_line(line, is_settings)):
            found[number] = kind
    yield from sorted(found.items())


def _shapes(text: str) -> Iterator[tuple[int, str]]:
    for kind, pattern in SHAPES.items():
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, kind


def _text(content: bytes) -> str | None:
    if len(content) > LARGEST_TEXT or b"\0" in content[:_BEGINNING]:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _in_line(line: str, is_settings: bool) -> str | None:
    if _LONG.search(line) and (shape := shape_of(line)):
        return shape
    pairs = [(found[0], found[2]) for found in _QUOTED.findall(line)]
    if is_settings and (found := _SETTING.fullmatch(line)):
        pairs.append((found[1], found[2]))
    for name, value in pairs:
        if not _is_code(value) and (kind := password_in(name, value)):
            return kind
    return None


def _is_code(value: str) -> bool:
    """A call, an attribute, a word for a field or a sentence, which stands where a value could."""
    return bool(
        re.fullmatch(r"[A-Za-z_][\w.]*\(.*\)?|[a-z_]+|[A-Za-z]+(?: [A-Za-z,'.]+){2,}[.!?]?|.*%[sd].*", value)
    )
