"""What a test may write in the place of a value of a resource, beside the value itself.

A literal is exact: a dict has exactly these keys, a list exactly these elements in this order, a set exactly
these elements in any order; ``None`` is Terraform's null, which is the same as absent. Only the top level
of a resource is open: properties that a test does not name are ignored. References are equal when they mean
the same resource and attribute, however they are spelled.

A matcher also works in a plain ``assert``:
``assert template.backend == {"s3": Match.object_like({"bucket": "acme-terraform-state"})}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.testing.assertions.difference import Comparison, Matcher, Path, shown
from constructs_lib.testing.assertions.expression import canonical, refers_to
from constructs_lib.testing.assertions.serialized import MISSING, parsed_json

_BARE_REFERENCES = frozenset({"depends_on", "provider", "replace_triggered_by"})
"""Here Terraform JSON takes an address as it is, without ``${}``."""


class Match:
    """The matchers; they nest in each other and in literals."""

    @staticmethod
    def absent() -> Matcher:
        """The property is not set."""
        return _Absent()

    @staticmethod
    def any_value() -> Matcher:
        """The property is set, to anything."""
        return _AnyValue()

    @staticmethod
    def object_like(pattern: Mapping[str, Any]) -> Matcher:
        """An object with at least these keys; what is nested in it is exact unless it is wrapped too."""
        return _ObjectLike(pattern)

    @staticmethod
    def array_with(pattern: Sequence[Any]) -> Matcher:
        """A list in which each of these finds an element of its own, in any order; it may hold more."""
        return _ArrayWith(pattern)

    @staticmethod
    def regex(pattern: str) -> Matcher:
        """A string in which the regular expression is found somewhere (``^`` and ``$`` pin it)."""
        return _Regex(pattern)

    @staticmethod
    def serialized_json(pattern: Any) -> Matcher:
        """A string that holds JSON, such as an IAM policy, whose parsed value matches.

        A literal ``${jsonencode({...})}``, as ``Fn.jsonencode`` writes it, is read too.
        """
        return _SerializedJson(pattern)

    @staticmethod
    def ref(address: str, attribute: str | None = None) -> Matcher:
        """A reference to the resource at ``address``, and to this attribute of it if one is named.

        The whole value has to be that reference. Inside a longer string write it into an f-string, with an
        attribute: ``f"http://{Match.ref('aws_lb.internal', 'dns_name')}:8080"``.
        """
        return _Reference(address, attribute)


class Capture(Matcher):
    """Matches what ``pattern`` matches (anything that is set by default) and keeps the value.

    values: one for each match, in the order of the addresses; only complete matches count.
    """

    def __init__(self, pattern: Any = None) -> None:
        self.pattern = Match.any_value() if pattern is None else pattern
        self.values: list[Any] = []

    @property
    def value(self) -> Any:
        """The one captured value; AssertionError when there is none, or more than one."""
        if len(self.values) != 1:
            raise AssertionError(f"expected one captured value, got {len(self.values)}: {self.values!r}")
        return self.values[0]

    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        """See Matcher."""
        comparison.compare(self.pattern, actual, path)
        comparison.on_success(lambda: self.values.append(actual))

    def __repr__(self) -> str:
        return f"Capture({shown(self.pattern)})"


@dataclass(frozen=True, eq=False, repr=False)
class _Absent(Matcher):
    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        comparison.compare(None, actual, path)

    def __repr__(self) -> str:
        return "Match.absent()"


@dataclass(frozen=True, eq=False, repr=False)
class _AnyValue(Matcher):
    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        if actual is None or actual is MISSING:
            comparison.differ(path, self, actual)

    def __repr__(self) -> str:
        return "Match.any_value()"


@dataclass(frozen=True, eq=False, repr=False)
class _ObjectLike(Matcher):
    pattern: Mapping[str, Any]

    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        if isinstance(actual, Mapping):
            comparison.compare_keys(self.pattern, actual, path)
        else:
            comparison.differ(path, self, actual)

    def __repr__(self) -> str:
        return f"Match.object_like({shown(self.pattern)})"


@dataclass(frozen=True, eq=False, repr=False)
class _ArrayWith(Matcher):
    pattern: Sequence[Any]

    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        if isinstance(actual, list):
            comparison.compare_all_of(self.pattern, actual, path)
        else:
            comparison.differ(path, self, actual)

    def __repr__(self) -> str:
        return f"Match.array_with({shown(self.pattern)})"


@dataclass(frozen=True, eq=False, repr=False)
class _Regex(Matcher):
    pattern: str

    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        if not isinstance(actual, str) or not re.search(self.pattern, actual):
            comparison.differ(path, self, actual)

    def __repr__(self) -> str:
        return f"Match.regex({self.pattern!r})"


@dataclass(frozen=True, eq=False, repr=False)
class _SerializedJson(Matcher):
    pattern: Any

    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        value = parsed_json(actual)
        if value is MISSING:
            comparison.differ(path, self, actual)
        else:
            comparison.compare(self.pattern, value, path)

    def __repr__(self) -> str:
        return f"Match.serialized_json({shown(self.pattern)})"


@dataclass(frozen=True, eq=False, repr=False)
class _Reference(Matcher):
    address: str
    attribute: str | None

    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        bare = isinstance(actual, str) and "${" not in actual and not _BARE_REFERENCES.isdisjoint(path)
        text = "${" + str(actual) + "}" if bare else actual
        if not isinstance(text, str) or not self._is_meant_by(text):
            comparison.differ(path, self, actual)

    def _is_meant_by(self, text: str) -> bool:
        if self.attribute is None:
            return refers_to(text, self.address)
        return canonical(text) == canonical(str(self))

    def __str__(self) -> str:
        if self.attribute is None:
            raise TypeError(f"{self!r} inside a string needs an attribute")
        return f"${{{self.address}.{self.attribute}}}"

    def __repr__(self) -> str:
        attribute = "" if self.attribute is None else f", {self.attribute!r}"
        return f"Match.ref({self.address!r}{attribute})"
