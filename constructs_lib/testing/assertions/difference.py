"""Compares a value of Terraform JSON with what a test expects, and says where they part (pure)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from constructs_lib.testing.assertions.expression import canonical
from constructs_lib.testing.assertions.serialized import MISSING, parsed_json

Path = tuple[str | int, ...]
Resolve = Callable[[Any], Any]

_LOWEST_PLAIN_NUMBER = -1e288
"""cdktf writes a number that is known later as a number below this one."""


class Matcher(ABC):
    """What a test may write in the place of a value; equal (``==``) to every value that it matches."""

    @abstractmethod
    def compare(self, comparison: Comparison, actual: Any, path: Path) -> None:
        """Add to ``comparison`` what separates ``actual`` from this matcher."""

    def __eq__(self, other: object) -> bool:
        comparison = Comparison()
        comparison.compare(self, other)
        return comparison.finish()

    __hash__ = object.__hash__


@dataclass(frozen=True)
class Difference:
    """One place where a value is not what was expected.

    weight: how many values were expected there; a missing object weighs more than one wrong value in it.
    """

    path: Path
    expected: str
    got: str
    weight: int = 1

    def __str__(self) -> str:
        return f"{spelled(self.path)}: expected {self.expected}, got {self.got}"


@dataclass
class Comparison:
    """What one comparison found.

    resolve: turns a value that only cdktf knows (a token) into what the synthesized JSON holds in its place.
    differences: empty when the value is as expected.
    """

    resolve: Resolve | None = None
    differences: list[Difference] = field(default_factory=list)
    _captured: list[Callable[[], None]] = field(default_factory=list)

    def compare(self, expected: Any, actual: Any, path: Path = ()) -> None:
        """Add every difference between ``actual`` and ``expected``, found at ``path``."""
        if isinstance(expected, Matcher):
            expected.compare(self, actual, path)
        elif _is_token(expected):
            self.compare(self._resolved(expected), actual, path)
        elif expected is None:
            if actual is not None and actual is not MISSING:
                self.differ(path, MISSING, actual)
        elif isinstance(expected, Mapping):
            self._compare_object(expected, actual, path)
        elif isinstance(expected, AbstractSet):
            self._compare_set(expected, actual, path)
        elif isinstance(expected, Sequence) and not isinstance(expected, str):
            self._compare_list(expected, actual, path)
        elif not isinstance(expected, str | int | float):
            raise TypeError(
                f"{spelled(path)}: {expected!r} is no JSON value: pass an attribute, or Match.ref"
            )
        elif not _same_scalar(expected, actual):
            self.differ(path, expected, actual)

    @property
    def distance(self) -> int:
        """How far the value is from what was expected: 0 when it is as expected."""
        return sum(difference.weight for difference in self.differences)

    def differ(self, path: Path, expected: Any, got: Any, *, words: str = "{}") -> None:
        """Add one difference; ``words`` are put around what was expected."""
        text = words.format(shown(expected))
        self.differences.append(Difference(path, text, shown(got), _weight(expected)))

    def on_success(self, action: Callable[[], None]) -> None:
        """Do this once the whole comparison has found no difference."""
        self._captured.append(action)

    def trial(self, expected: Any, actual: Any, path: Path) -> Comparison:
        """A comparison of its own, which counts only when it is taken over."""
        trial = Comparison(self.resolve)
        trial.compare(expected, actual, path)
        return trial

    def take(self, trial: Comparison) -> None:
        """Count what a trial without differences captured as captured here."""
        self._captured.extend(trial._captured)

    def finish(self) -> bool:
        """Whether there is no difference; if so, the captures of this comparison receive their values."""
        if not self.differences:
            for action in self._captured:
                action()
        return not self.differences

    def compare_keys(self, expected: Mapping[str, Any], actual: Mapping[str, Any], path: Path) -> None:
        """Compare the keys of ``expected`` only."""
        for key, value in expected.items():
            self.compare(value, actual.get(key, MISSING), (*path, key))

    def compare_all_of(self, expected: Sequence[Any], actual: Any, path: Path) -> set[int]:
        """Find for each of ``expected`` an element of its own, in any order; answer with those taken."""
        trials = [
            [self.trial(item, got, (*path, index)) for index, got in enumerate(actual)] for item in expected
        ]
        taken = _assigned([[not trial.differences for trial in row] for row in trials])
        for number, (item, row) in enumerate(zip(expected, trials, strict=True)):
            if number in taken:
                self.take(row[taken[number]])
            else:
                self._differ_from_closest(item, row, actual, path)
        return set(taken.values())

    def _differ_from_closest(self, item: Any, row: Sequence[Comparison], actual: Any, path: Path) -> None:
        closest = min(row, key=lambda trial: trial.distance, default=None)
        if closest is None or not closest.differences or all(isinstance(got, str) for got in actual):
            self.differ(path, item, actual, words="an element {}")
        else:
            self.differences.extend(closest.differences)

    def _compare_object(self, expected: Mapping[str, Any], actual: Any, path: Path) -> None:
        if not isinstance(actual, Mapping):
            hint = "" if parsed_json(actual) is MISSING else " (Match.serialized_json reads text)"
            self.differ(path, expected, actual, words="{}" + hint)
            return
        self.compare_keys(expected, actual, path)
        for key, value in actual.items():
            if key not in expected and value is not None:
                self.differ((*path, key), MISSING, value, words="{} (Match.object_like allows more keys)")

    def _compare_list(self, expected: Sequence[Any], actual: Any, path: Path) -> None:
        if not isinstance(actual, list):
            self.differ(path, list(expected), actual)
            return
        for index, (wanted, got) in enumerate(zip_longest(expected, actual, fillvalue=MISSING)):
            if wanted is MISSING:
                self.differ((*path, index), MISSING, got, words="{} (Match.array_with allows more elements)")
            else:
                self.compare(wanted, got, (*path, index))

    def _compare_set(self, expected: AbstractSet[Any], actual: Any, path: Path) -> None:
        if not isinstance(actual, list):
            self.differ(path, expected, actual, words="a list of {}")
            return
        taken = self.compare_all_of(sorted(expected, key=repr), actual, path)
        for index, got in enumerate(actual):
            if index not in taken:
                self.differ((*path, index), MISSING, got, words="{} (Match.array_with allows more elements)")

    def _resolved(self, token: Any) -> Any:
        if self.resolve is None:
            raise TypeError(
                f"{shown(token)} is a value that only the stack knows: use Template.from_stack, or Match.ref"
            )
        return self.resolve(token)


def shown(value: Any) -> str:
    """A value as a failure message shows it."""
    if isinstance(value, AbstractSet):
        return "{" + ", ".join(sorted(shown(item) for item in value)) + "}"
    return repr(value)


def spelled(path: Path) -> str:
    """``("ingress", 0, "from_port")`` as ``ingress[0].from_port``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the value"


def _weight(expected: Any) -> int:
    pattern = getattr(expected, "pattern", expected)
    values = list(pattern.values()) if isinstance(pattern, Mapping) else pattern
    if isinstance(values, AbstractSet | list | tuple):
        return max(1, sum(_weight(value) for value in values))
    return 1


def _same_scalar(expected: Any, actual: Any) -> bool:
    if isinstance(expected, str) and isinstance(actual, str):
        return canonical(expected) == canonical(actual)
    return bool(expected == actual) and isinstance(expected, bool) == isinstance(actual, bool)


def _is_token(value: Any) -> bool:
    """Whether only cdktf knows the value: text with ``TfToken[``, a coded number, list or map, a proxy."""
    if isinstance(value, str):
        return "TfToken[" in value
    if isinstance(value, float):
        return value < _LOWEST_PLAIN_NUMBER
    if isinstance(value, list | Mapping):
        (first,) = value if len(value) == 1 else ("",)
        return isinstance(first, str) and first.startswith(("#{TfToken[", "&{TfToken["))
    return hasattr(value, "resolve")


def _assigned(fits: Sequence[Sequence[bool]]) -> dict[int, int]:
    """As many rows as possible, each with a column of its own that fits it (augmenting paths)."""
    row_of: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for column, fit in enumerate(fits[row]):
            if fit and column not in seen:
                seen.add(column)
                if column not in row_of or place(row_of[column], seen):
                    row_of[column] = row
                    return True
        return False

    for row in range(len(fits)):
        place(row, set())
    return {row: column for column, row in row_of.items()}
