"""The words and signs of an expression."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?:\s|#[^\n]*|//[^\n]*|/\*.*?\*/)*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][\w-]*)"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||=>|\.\.\.|::|[][(){},.:?=<>!+*/%-])"
    r'|(?P<quote>")|(?P<end>\Z))',
    re.DOTALL,
)
_HEREDOC = re.compile(
    r"\s*<<(-?)([A-Za-z_][\w-]*)[ \t]*\r?\n((?:.*\n)*?)[ \t]*\2(?=\s|\Z|[,)\]}])", re.MULTILINE
)
_ESCAPE = re.compile(r'\\(n|r|t|"|\\|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})')
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class UnreadableError(Exception):
    """The expression uses something that this reader does not know."""


def unescaped(text: str) -> str:
    """Give what the inside of a quoted string means."""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    word = found[1]
    return chr(int(word[1:], 16)) if word[0] in "uU" else _PLAIN[word]


class Tokens:
    """An expression, read from the left. ``depth``: how deep it nests here."""

    def __init__(self, text: str, depth: int) -> None:
        self.text, self.at, self.depth = text, 0, depth

    def token(self) -> re.Match[str] | None:
        """Give the next token; None where the text goes on with something else."""
        return _TOKEN.match(self.text, self.at)

    def peek(self) -> str:
        """Give the text of the next token, and leave it there."""
        token = self.token()
        return token[token.lastgroup] if token and token.lastgroup else ""

    def take(self, *wanted: str) -> bool:
        """Take the next sign where it is one of those that are wanted."""
        token = self.token()
        if token is None or token.lastgroup != "sign" or token["sign"] not in wanted:
            return False
        self.at = token.end()
        return True

    def need(self, wanted: str) -> None:
        """
        Raises:
            UnreadableError: the next sign is another one.
        """
        if not self.take(wanted):
            raise UnreadableError(self.text)

    def name(self) -> str:
        """Take the next name.

        Raises:
            UnreadableError: there is none.
        """
        token = self.token()
        if token is None or not token["name"]:
            raise UnreadableError(self.text)
        self.at = token.end()
        return token["name"]

    def heredoc_lines(self) -> list[str] | None:
        """Give the lines of a heredoc that starts here; None where none does."""
        found = _HEREDOC.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        lines = found[3].splitlines(keepends=True)
        if found[1]:
            indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
            lines = [line[min(indents, default=0) :] for line in lines]
        return lines
