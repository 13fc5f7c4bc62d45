"""``%{ if }`` and ``%{ for }`` of templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from constructs_lib.terraform_json.language.limits import DEEPEST, TooMuchError
from constructs_lib.terraform_json.language.nodes import Call, Condition, For, Literal, Node, Text
from constructs_lib.terraform_json.language.tokens import UnreadableError

Part = Node | tuple[str, ...]
"""A literal, an expression, or the words of a directive."""


class Directives:
    """``%{ if }`` and ``%{ for }``, as the conditions and ``for`` expressions that they are."""

    def __init__(self, parts: list[Part], depth: int, read: Callable[[str, int], Node]) -> None:
        self.parts, self.at, self.depth, self.read = parts, 0, depth, read

    def whole(self) -> Node:
        """
        Raises:
            UnreadableError: a directive does not end, or is none.
        """
        found, end = self._until()
        if end:
            raise UnreadableError(end)
        return found

    def _until(self, *ends: str) -> tuple[Node, str]:
        found: list[Node] = [Literal("")]
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooMuchError(f"directives nest deeper than {DEEPEST}")
        while self.at < len(self.parts):
            part = self.parts[self.at]
            self.at += 1
            if not isinstance(part, tuple):
                found.append(part)
            elif part and part[0] in ends:
                self.depth -= 1
                return Text(tuple(found)), part[0]
            else:
                found.append(self._directive(part))
        self.depth -= 1
        return Text(tuple(found)), ""

    def _directive(self, words: tuple[str, ...]) -> Node:
        if len(words) == 2 and words[0] == "if":
            test = self.read(words[1], self.depth)
            yes, end = self._until("else", "endif")
            no: Node = Literal("")
            if end == "else":
                no, end = self._until("endif")
            if end == "endif":
                return Condition(((test, yes),), no)
        found = re.match(r"\s*([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\s+(.*)", words[-1], re.DOTALL)
        if len(words) == 2 and words[0] == "for" and found:
            body, end = self._until("endfor")
            if end == "endfor":
                names = tuple(name for name in found.groups()[:2] if name)
                collection = self.read(found[3], self.depth)
                each = For(names, collection, None, body, None, False, " ".join(words))
                return Call("join", (Literal(""), each), False)
        raise UnreadableError(" ".join(words))
