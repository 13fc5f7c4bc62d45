"""The base of every table of the file."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from constructs_lib.figures.internet import PORT

Port = Annotated[int, Field(ge=PORT.least, le=PORT.most)]


class Section(BaseModel):
    """A table of the file: unknown keys are errors, values are never coerced, nothing changes after
    loading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
