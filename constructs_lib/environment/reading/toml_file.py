"""Reading a TOML file, with every way in which that can fail said in users' words."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import MISSING, field_path, nearest, shown

if TYPE_CHECKING:
    from pathlib import Path

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_MOST_BITS = 63
_DEEPEST = 8  # deeper than any table of ours
_WORDS = {
    "Cannot overwrite a value": "the same key is written twice",
    "Cannot declare": "the same table is written twice",
    "Cannot mutate immutable": "an inline table, or a list written with =, cannot be added to further down",
    "Invalid value": "is not a TOML value",
    "Expected '=' after a key": "a key needs an = and a value behind it",
    "Expected newline or end of document": "there is something behind the value",
    "Unterminated string": "a text is not closed",
    "Unclosed array": "a list is not closed",
    "Unclosed inline table": "an inline table is not closed",
    "Illegal character": "has a character that TOML does not allow here",
}


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content. Raises ConfigError for a file that is not there, not readable, not UTF-8 or not
    TOML."""
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_problem(text, str(error))]) from None
    except RecursionError:
        rule, way_out = "is nested too deeply", "write lists and inline tables a few levels deep at most"
    except ValueError:
        rule, way_out = "has a number of more than 4300 digits", "write a number of a sensible size"
    else:
        return _with_sensible_numbers(content)
    raise ConfigError([Problem("file", str(path), rule, way_out)])


def _with_sensible_numbers(content: dict[str, Any]) -> dict[str, Any]:
    """The content itself; ConfigError for numbers beyond TOML's 64 bits, which Python would take."""
    problems: list[Problem] = []
    rest: list[tuple[tuple[str | int, ...], Any]] = [((), content)]
    while rest:
        place, value = rest.pop()
        if isinstance(value, dict):
            rest += [((*place, key), item) for key, item in value.items()] if len(place) < _DEEPEST else []
        elif isinstance(value, list):
            rest += [((*place, position), item) for position, item in enumerate(value)]
        elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
            rule = "is not a TOML number: whole numbers have 64 bits"
            problems.append(
                Problem(field_path(*place), shown(value), rule, "write a number of a sensible size")
            )
    if problems:
        raise ConfigError(reversed(problems))
    return content


def _text(path: Path) -> str:
    content = _content(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        place = f"byte 0x{content[error.start]:02x} in line {line}"
        rule = f"is not UTF-8 text ({place})"
    raise ConfigError([Problem("file", str(path), rule, "save the file in the encoding UTF-8")])


def _content(path: Path) -> bytes:
    rule, way_out = "cannot be read", "pass the path of an environment file"
    try:
        if path.is_dir():
            rule, way_out = "is a folder", f"pass one of its files{_examples(path, '')}"
        elif not path.exists():
            rule, way_out = "does not exist", f"pass the path of a file{_examples(path.parent, path.stem)}"
        elif not path.is_file():
            rule = "is not a regular file"
        else:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        rule = f"cannot be read ({getattr(error, 'strerror', None) or error})"
        way_out = "check its path and its permissions"
    raise ConfigError([Problem("file", shown(str(path)), rule, way_out)])


def _examples(folder: Path, stem: str) -> str:
    stems = {file.stem: file for file in sorted(folder.glob("*.toml"))}
    best = nearest(stem, stems) if stem else None
    found = [stems[best]] if best else list(stems.values())[:3]
    return f", like {' or '.join(str(file) for file in found)}" if found else ""


def _syntax_problem(text: str, message: str) -> Problem:
    lines = text.replace("\r\n", "\n").split("\n")
    place = _PLACE.search(message)
    if place and place["line"]:
        line, column = int(place["line"]), int(place["column"])
    else:
        line = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 1)
        column = len(lines[line - 1]) + 1
    said = _PLACE.sub("", message)
    words = next((words for begin, words in _WORDS.items() if said.startswith(begin)), "is not TOML")
    value = lines[line - 1].strip() if line <= len(lines) else MISSING
    return Problem(f"line {line}, column {column}", shown(value), f"{words} ({said})", _way_out(str(value)))


def _way_out(line: str) -> str:
    if "=" not in line and ":" in line:
        return 'write key = "value"; TOML is not YAML'
    if re.search(r"=\s*(None|null|True|False)\s*$", line):
        return "write true or false in small letters; leave out a key that has no value"
    if re.search(r"=\s*[A-Za-z][^\"']*$", line):
        return "put texts in quotes"
    if "\\" in line:
        return "write paths with /, or the text in single quotes: backslashes have a meaning in double quotes"
    return "write one key = value in each line, texts in quotes, tables as [name] (https://toml.io)"
