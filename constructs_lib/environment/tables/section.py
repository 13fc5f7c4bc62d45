"""The base of every table of the file."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Port = Annotated[int, Field(ge=1, le=65535)]


class Section(BaseModel):
    """A table of the file: unknown keys are errors, values are never coerced, nothing changes after
    loading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
