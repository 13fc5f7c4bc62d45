"""What stands for an ECS service on one machine; AWS sees nothing of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Section


class LocalService(Section):
    """What answers for a service where `run` runs the environment: a program's address, or a command."""

    url: Annotated[str, Field(pattern=forms.LOCAL_URL.pattern)] | None = Field(
        default=None, description='Address of a program of this machine, like "http://127.0.0.1:3000".'
    )
    command: Annotated[str, Field(min_length=1)] | None = Field(
        default=None,
        description="Command to start instead, with {port} where its port belongs; without a shell.",
    )
