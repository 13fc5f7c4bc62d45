"""What a file says, as far as it can be understood: wrong parts are set aside so that the rest can be
checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from constructs_lib.environment.reading.value_places import Location, model_at
from constructs_lib.environment.reading.words_for_pydantic import problem_of
from constructs_lib.environment.tables.environment import Environment
from constructs_lib.problem_words import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from constructs_lib.errors import Problem

_PLACEHOLDERS = {
    "environment": "dev",
    "region": "us-east-1",
    "security_group_id": "sg-00000000",
    "port": 1,
    "image": "placeholder",
    "container_port": 1,
    "min_count": 1,
    "max_count": 2,
    "vpc_id": "vpc-00000000",
    "rule": "alb-name",
    "reason": "placeholder",
}


@dataclass(frozen=True)
class Draft:
    """An environment with the places that could not be understood.

    Every place in ``broken`` holds a default or a placeholder; a check that reads it says nothing.
    """

    environment: Environment
    project_root: Path
    broken: frozenset[Location] = frozenset()
    _around: frozenset[Location] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        around = {place[:end] for place in self.broken for end in range(len(place))}
        object.__setattr__(self, "_around", frozenset(around))

    def unknown(self, *place: str) -> bool:
        """Whether the value at this place, something in it, or the table that it belongs to, is not
        understood."""
        if not self.broken:
            return False
        return place in self._around or any(place[:end] in self.broken for end in range(len(place) + 1))

    def any_unknown(self, table: tuple[str, ...], *keys: str) -> bool:
        """The same for several keys of one table."""
        return bool(self.broken) and any(self.unknown(*table, key) for key in keys)

    def workloads_unknown(self, *keys: str) -> bool:
        """Whether one of these keys is not understood in any workload or caller."""
        tables = ("functions", "services", "callers")
        return any(
            not place or (place[0] in tables and (len(place) < 3 or place[2] in keys))
            for place in self.broken
        )


def understand(content: dict[str, Any], project_root: Path) -> tuple[Draft, list[Problem]]:
    """The draft of a file's content, and what is wrong with its single values."""
    try:
        return Draft(Environment.model_validate(content), project_root), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    meant = {_meant(item["loc"]) for item in errors if item["type"] == "extra_forbidden"}
    problems = [
        problem_of(item) for item in errors if not (item["type"] == "missing" and item["loc"] in meant)
    ]
    rest = _Rest(_copy(content))
    environment = None
    while environment is None:
        rest.set_aside(errors)
        environment, errors = _retry(rest.content)
    return Draft(environment, project_root, frozenset(rest.broken)), problems


def _retry(content: dict[str, Any]) -> tuple[Environment | None, list[ErrorDetails]]:
    try:
        return Environment.model_validate(content), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


class _Rest:
    """What is left of the content when what is wrong with it is set aside.

    Each error takes something away or fills a gap that was never filled before, so there is an end to it.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.broken: set[Location] = set()
        self._filled: set[Location] = set()

    def set_aside(self, errors: list[ErrorDetails]) -> None:
        """Take each wrong value out, or put a placeholder in, and note the places not known for that."""
        gone: set[Location] = set()
        for item in reversed(errors):  # from the back, so that positions in lists stay what they were
            location = item["loc"]
            if not any(location[:end] in gone for end in range(1, len(location))):
                gone.add(self._set_aside(location, item["type"]))

    def _set_aside(self, location: Location, kind: str) -> Location:
        """Set one value aside, or the table around it, and give the place that was set aside."""
        container = self._at(location[:-1])
        key = location[-1]
        if kind == "missing" and location not in self._filled and str(key) in _PLACEHOLDERS:
            container[key] = _PLACEHOLDERS[str(key)]
            self._filled.add(location)
            self.broken.add(location)
        elif kind == "missing" or not _is_in(key, container):  # then the table around it is what is wrong
            if len(location) == 1:
                raise AssertionError(f"no placeholder makes an environment without {key}")
            return self._set_aside(location[:-1], "table")
        else:
            del container[key]
            self.broken.add(_meant(location) if kind == "extra_forbidden" else location)
        return location

    def _at(self, table: Location) -> Any:
        """The table or list at a place; None where it has been taken out."""
        found: Any = self.content
        for segment in table:
            if not _is_in(segment, found):
                return None
            found = found[segment]
        return found


def _is_in(key: str | int, container: Any) -> bool:
    if isinstance(container, list):
        return isinstance(key, int) and key < len(container)
    return isinstance(container, dict) and key in container


def _meant(location: Location) -> Location:
    """The key that an unknown one is probably a slip of; itself, if there is none."""
    *table, key = location
    model = model_at(location[:-1])
    return (*table, (model and nearest(str(key), model.model_fields)) or key)


def _copy(value: Any, depth: int = 8) -> Any:
    """A copy as deep as the model is; what lies deeper is never changed."""
    if depth and isinstance(value, dict):
        return {key: _copy(item, depth - 1) for key, item in value.items()}
    return [_copy(item, depth - 1) for item in value] if depth and isinstance(value, list) else value
