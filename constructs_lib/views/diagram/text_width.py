"""How wide text gets. Widths are those of DejaVu Sans, the widest font that browsers fall back to."""

from __future__ import annotations

from collections.abc import Iterable

_REGULAR = (
    "32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 "
    "100 68 69 70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 "
    "50 50 61 63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84"
)
_BOLD = (
    "35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 "
    "58 100 77 76 73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 "
    "84 50 50 67 72 59 72 68 44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 "
    "71 84"
)
# Advance widths of the printable ASCII characters from the space on, in hundredths of the font size.
_TABLES = {bold: tuple(map(int, text.split())) for bold, text in ((False, _REGULAR), (True, _BOLD))}
_OTHERS = {"·": 38, "→": 84}
_UNKNOWN = 105
ELLIPSIS = "…"


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """Give the width of a line in the unit of ``size``, the font's height."""
    table = _TABLES[bold]
    return sum(table[ord(c) - 32] if " " <= c <= "~" else _OTHERS.get(c, _UNKNOWN) for c in text) * size / 100


def fit(text: str, width: float, size: int, *, bold: bool = False) -> str:
    """Cut a line with an ellipsis where it is wider than ``width``."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + ELLIPSIS, size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip(" -_,") + ELLIPSIS


def wrap(text: str, width: float, size: int, *, bold: bool = False, lines: int = 99) -> tuple[str, ...]:
    """Break a text after spaces into lines.

    A word breaks only where it is wider than a line: after a hyphen, underscore, dot or slash, else
    anywhere.
    """
    found = [""]
    for word in _pieces(text, " "):
        fits = text_width(word.rstrip(), size, bold=bold) <= width
        for piece in (word,) if fits else _pieces(word, " -_./"):
            if text_width((found[-1] + piece).rstrip(), size, bold=bold) <= width:
                found[-1] += piece
            else:
                found += _broken(piece, width, size, bold)
    found = [line.strip(" ·") for line in found if line.strip(" ·")] or [""]
    if len(found) > lines:
        found[lines - 1 :] = [fit(found[lines - 1] + " " * 9 + ELLIPSIS, width, size, bold=bold)]
        found[-1] = fit(found[-1].rstrip(ELLIPSIS + " ") + ELLIPSIS, width, size, bold=bold)
    return tuple(found)


def _pieces(text: str, after: str) -> Iterable[str]:
    start = 0
    for end, character in enumerate(text, 1):
        if character in after:
            yield text[start:end]
            start = end
    if start < len(text):
        yield text[start:]


def _broken(piece: str, width: float, size: int, bold: bool) -> Iterable[str]:
    line = ""
    for character in piece:
        if line and text_width((line + character).rstrip(), size, bold=bold) > width:
            yield line
            line = ""
        line += character
    yield line
