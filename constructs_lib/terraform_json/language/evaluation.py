"""What expressions mean: plain values, references, and what stays open, by name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from constructs_lib.terraform_json.language.conversion import (
    OPEN,
    RefusedError,
    boolean,
    like,
    number,
    text,
)
from constructs_lib.terraform_json.language.functions import FUNCTIONS
from constructs_lib.terraform_json.language.limits import Limits, TooMuchError, text_fits
from constructs_lib.terraform_json.language.nodes import (
    Attribute,
    Call,
    Chain,
    Condition,
    For,
    Items,
    Literal,
    Name,
    Node,
    Pairs,
    Splat,
    Step,
    Text,
    Traversal,
    Unary,
    Unreadable,
)
from constructs_lib.terraform_json.language.operators import combined
from constructs_lib.terraform_json.language.parser import parse
from constructs_lib.terraform_json.language.steps import attribute, entries, keyed
from constructs_lib.terraform_json.module_instances import ModuleInstance
from constructs_lib.terraform_json.templates import SIMPLE
from constructs_lib.terraform_json.values import Reference, Template, Unknown, joined, text_of

Head = Callable[[tuple[str, ...]], Any]
"""Gives the value of the first names of a traversal, such as ``("var", "port")`` or ``("aws_vpc",
"network")``.
"""

Settle = Callable[[Any], Any]
"""Replaces a reference to an attribute that the document writes out by that value."""

_OWN = ("local", "var", "each", "count", "module", "path", "terraform", "self")


def evaluate(template: str, head: Head, settle: Settle, limits: Limits) -> Any:
    """Give the value of one string of Terraform JSON.

    Raises:
        TooMuchError: it takes more than the limits.
    """
    if "${" not in template and "%{" not in template:
        return template
    simple = SIMPLE.fullmatch(template)
    try:
        if simple and simple[1] not in _OWN:
            return attribute(head((*simple[1].split("."), simple[2])), simple[3])
        return _Evaluation(head, settle, limits, {}).of(parse(template))
    except RefusedError as fault:
        if isinstance(fault, TooMuchError):
            raise
        return Unknown(" ".join(template.removeprefix("${").removesuffix("}").split()))


def evaluated(node: Node) -> Any:
    """Give the value of an expression outside of a document, where no name means anything."""
    return _Evaluation(lambda names: Unknown(".".join(names)), lambda value: value, Limits(), {}).of(node)


def is_more_than_a_reference(raw: Any) -> bool:
    """Tell whether something written takes more to evaluate than references to attributes of resources."""
    if isinstance(raw, str):
        return "{" in raw and ("${" in raw or "%{" in raw) and SIMPLE.fullmatch(raw) is None
    if isinstance(raw, Mapping):
        return any(map(is_more_than_a_reference, raw.values()))
    return isinstance(raw, list) and any(map(is_more_than_a_reference, raw))


class _Evaluation:
    """One evaluation; ``names`` are those that ``for`` expressions around it give."""

    def __init__(self, head: Head, settle: Settle, limits: Limits, names: Mapping[str, Any]) -> None:
        self.head, self.settle, self.limits, self.names = head, settle, limits, names

    def of(self, node: Node) -> Any:
        self.limits.step()
        return _KINDS[type(node)](self, node)

    def settled(self, node: Node) -> Any:
        return self.settle(self.of(node))

    def literal(self, node: Literal) -> Any:
        return node.value

    def unreadable(self, node: Unreadable) -> Any:
        return Unknown(node.text)

    def text(self, node: Text) -> Any:
        parts: list[Any] = []
        length = 0
        for value in map(self.settled, node.parts):
            for part in value.parts if isinstance(value, Template) else [value]:
                parts.append(part if isinstance(part, OPEN) else text(part))
                length += len(parts[-1]) if isinstance(parts[-1], str) else 0
                text_fits(length)
        return joined(parts)

    def name(self, node: Name) -> Any:
        if node.name in self.names:
            return self.names[node.name]
        return Unknown(node.name)

    def traversal(self, node: Traversal) -> Any:
        base, steps = node.base, node.steps
        if isinstance(base, Name) and base.name not in self.names:
            taken = 2 if base.name == "data" else 1
            first = [step.name for step in steps[:taken] if isinstance(step, Attribute)]
            if len(first) < taken or not all(isinstance(name, str) for name in first):
                return Unknown(base.name)
            value = self.head((base.name, *(str(name) for name in first)))
            return self.walk(value, steps[taken:])
        return self.walk(self.of(base), steps)

    def walk(self, value: Any, steps: tuple[Step, ...]) -> Any:
        for step in steps:
            value = self.step(value, step)
        return value

    def step(self, value: Any, step: Step) -> Any:
        if isinstance(step, Splat):
            return self.splat(value, step)
        if isinstance(step, Attribute):
            return attribute(self._followed(value), step.name)
        key = self.settled(step.key)
        if isinstance(key, OPEN):
            return Unknown(f"{text_of(value)}[{text_of(key)}]")
        if isinstance(key, bool) or not isinstance(key, int | float | str):
            raise RefusedError("a key is a text or a number")
        followed = self._followed(value)
        if isinstance(followed, list):
            index = number(key)
            if not isinstance(index, int) or index < 0:
                raise RefusedError(f"there is no item {key}")
            return attribute(followed, index)
        return attribute(followed, key if isinstance(key, str) else int(key))

    def _followed(self, value: Any) -> Any:
        """A step into an attribute that is written out goes into what is written there."""
        is_attribute = isinstance(value, Reference) and bool(value.attribute)
        found = self.settle(value) if is_attribute else value
        return found if isinstance(found, list | dict) else value

    def splat(self, value: Any, step: Splat) -> Any:
        """The list of what the steps give of every item; one object counts as a list of one."""
        value = self.settle(value)
        if value is None:
            return []
        if isinstance(value, list):
            return [self.walk(item, step.steps) for item in value]
        if isinstance(value, Unknown | Template) or (isinstance(value, Reference) and value.attribute):
            rest = "".join(f".{one.name}" if isinstance(one, Attribute) else "[...]" for one in step.steps)
            return Unknown(f"{text_of(value)}[*]{rest}")
        return [self.walk(value, step.steps)]

    def call(self, node: Call) -> Any:
        if node.name == "try":
            return self._first_that_works(node)
        if node.name == "can":
            return self._works(node)
        arguments = [self.of(argument) for argument in node.arguments]
        if node.expands and arguments:
            last = self.settle(arguments.pop())
            if isinstance(last, OPEN):
                return self._open_call(node, [*arguments, last])
            arguments += last if isinstance(last, list) else [last]
        function = FUNCTIONS.get(node.name)
        if function is None:
            return self._open_call(node, arguments)
        found = function([self._deep(argument) for argument in arguments])
        return self._open_call(node, arguments) if found is NotImplemented else self.limits.weigh(found)

    def _deep(self, value: Any) -> Any:
        """Settle what is in a map, too."""
        if isinstance(value, dict):
            return {key: self._deep(item) for key, item in value.items()}
        if isinstance(value, list):
            return type(value)(self._deep(item) for item in value)  # a set stays one
        return self.settle(value)

    def _open_call(self, node: Call, arguments: list[Any]) -> Unknown:
        return Unknown(f"{node.name}({', '.join(map(text_of, arguments))})")

    def _first_that_works(self, node: Call) -> Any:
        for argument in node.arguments:
            try:
                found = self.of(argument)
            except RefusedError:
                continue
            if isinstance(found, Unknown):
                return self._open_call(node, [found])
            return found
        raise RefusedError("no argument of try works")

    def _works(self, node: Call) -> Any:
        try:
            found = [self.of(argument) for argument in node.arguments]
        except RefusedError:
            return False
        return self._open_call(node, found) if any(isinstance(one, Unknown) for one in found) else True

    def unary(self, node: Unary) -> Any:
        value = self.settled(node.operand)
        if isinstance(value, OPEN):
            return Unknown(f"{node.sign}{text_of(value)}")
        return -number(value) if node.sign == "-" else not boolean(value)

    def chain(self, node: Chain) -> Any:
        found = self.of(node.first)
        for sign, operand in node.rest:
            found = combined(sign, self.settle(found), self.settled(operand))
        return found

    def condition(self, node: Condition) -> Any:
        for test, yes in node.cases:
            asked = boolean(self.settled(test))
            if not isinstance(asked, bool):
                return self._undecided(asked, node)
            if asked:
                return self._as_one_type(yes, node)
        return self._as_one_type(node.otherwise, node)

    def _as_one_type(self, chosen: Node, node: Condition) -> Any:
        """Both ends of a condition have one type: a number beside a text becomes one."""
        found = self.of(chosen)
        if found is None or isinstance(found, (str, ModuleInstance, *OPEN)):
            return found
        for other in (*(yes for _, yes in node.cases), node.otherwise):
            if other is not chosen:
                with contextlib.suppress(RefusedError):
                    found = like(found, self.of(other))
        return found

    def _undecided(self, asked: Any, node: Condition) -> Any:
        ends = []
        for part in (*(yes for _, yes in node.cases), node.otherwise):
            try:
                ends.append(self.of(part))
            except RefusedError:
                ends.append(Unknown("nothing"))
        if len(ends) == 2 and ends[0] == ends[1]:
            return ends[0]
        return Unknown(f"{text_of(asked)} ? {' : '.join(map(text_of, ends))}")

    def items(self, node: Items) -> Any:
        return [self.of(item) for item in node.items]

    def pairs(self, node: Pairs) -> Any:
        found: dict[str, Any] = {}
        for key, value in node.pairs:
            name = self.settled(key)
            if isinstance(name, OPEN):
                return Unknown("{" + text_of(name) + " = " + text_of(self.of(value)) + "}")
            found[text(name)] = self.of(value)
        return found

    def loop(self, node: For) -> Any:
        found = self._looped(node)
        return Unknown(node.text) if found is NotImplemented else found

    def _looped(self, node: For) -> Any:
        collection = self.settled(node.collection)
        if isinstance(collection, OPEN):
            return NotImplemented
        if not isinstance(collection, list | dict):
            raise RefusedError("a for expression walks over a list or a map")
        found: list[tuple[Any, Any]] = []
        for key, item in entries(collection):
            names = {node.names[-1]: item, **({node.names[0]: key} if len(node.names) == 2 else {})}
            inside = _Evaluation(self.head, self.settle, self.limits, {**self.names, **names})
            test = True if node.test is None else boolean(inside.settled(node.test))
            own = None if node.key is None else inside.settled(node.key)
            if isinstance(test, OPEN) or isinstance(own, OPEN):
                return NotImplemented
            if test:
                found.append((own, inside.of(node.value)))
        if node.key is None:
            return self.limits.weigh([value for _, value in found])
        return self.limits.weigh(keyed(found, groups=node.groups))


_KINDS: Mapping[type, Callable[[_Evaluation, Any], Any]] = {
    Literal: _Evaluation.literal,
    Unreadable: _Evaluation.unreadable,
    Text: _Evaluation.text,
    Name: _Evaluation.name,
    Traversal: _Evaluation.traversal,
    Call: _Evaluation.call,
    Unary: _Evaluation.unary,
    Chain: _Evaluation.chain,
    Condition: _Evaluation.condition,
    Items: _Evaluation.items,
    Pairs: _Evaluation.pairs,
    For: _Evaluation.loop,
}
