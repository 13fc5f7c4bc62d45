"""The model seen from a place in the file: which table is there, what its keys are and what they say."""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from constructs_lib.environment.tables.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator

Location = tuple[str | int, ...]


def annotation_at(location: Location) -> Any:
    """The type of the value at this place; None where the model has no such place."""
    annotation: Any = Environment
    for segment in location:
        annotation = _step(annotation, segment)
    return annotation


def model_at(location: Location) -> type[BaseModel] | None:
    """The model of the table at this place; None where there is none."""
    annotation = annotation_at(location)
    return annotation if _is_model(annotation) else None


def description_at(location: Location) -> str:
    """What the schema says about the key at this place, or about the nearest one around it."""
    info = _field_info(location)
    return (info.description or "") if info else ""


def limits_at(location: Location) -> tuple[int | None, int | None]:
    """The lowest and the highest number that the key at this place takes; None where there is none."""
    info = _field_info(location)
    lowest: int | None = None
    highest: int | None = None
    for constraint in _constraints(info) if info else ():
        if isinstance(constraint, Ge):
            lowest = int(str(constraint.ge))
        elif isinstance(constraint, Le):
            highest = int(str(constraint.le))
    return lowest, highest


def tables_with(key: str) -> list[str]:
    """The tables, as one writes them, that have a key of this name."""
    return [table for table, keys in _tables() if key in keys]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _step(annotation: Any, segment: str | int) -> Any:
    """The type one key further in: a model's field, a dictionary's values, a list's items."""
    if _is_model(annotation):
        field = annotation.model_fields.get(str(segment))
        return _without_none(field.annotation) if field else None
    arguments = get_args(annotation)
    return arguments[-1] if arguments else None


def _without_none(annotation: Any) -> Any:
    arguments = get_args(annotation)
    if NoneType in arguments:
        return next(argument for argument in arguments if argument is not NoneType)
    return annotation


def _field_info(location: Location) -> FieldInfo | None:
    for end in range(len(location), 0, -1):
        parent = model_at(location[: end - 1])
        if parent and str(location[end - 1]) in parent.model_fields:
            return parent.model_fields[str(location[end - 1])]
    return None


def _constraints(info: FieldInfo) -> Iterator[Any]:
    yield from info.metadata
    for argument in get_args(_without_none(info.annotation)):
        if isinstance(argument, FieldInfo):
            yield from argument.metadata


@cache
def _tables() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(_walk(Environment, ()))


def _walk(model: type[BaseModel], location: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    yield f"[{'.'.join(location)}]" if location else "the file's top level", frozenset(model.model_fields)
    for name, info in model.model_fields.items():
        annotation = _without_none(info.annotation)
        if _is_model(annotation):
            yield from _walk(annotation, (*location, name))
        elif get_args(annotation) and _is_model(get_args(annotation)[-1]):
            yield from _walk(get_args(annotation)[-1], (*location, name, "<name>"))
