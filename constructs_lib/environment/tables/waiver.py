"""What an environment accepts although a rule of AWS speaks against it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from constructs_lib.environment.tables.section import Section


class Waiver(Section):
    """A rule that may be broken, and why."""

    rule: Annotated[int, Field(ge=1, le=47)] = Field(
        description="Number of the rule, 1 to 47, as `python main.py lint` shows it."
    )
    address: str | None = Field(
        default=None,
        description='Terraform address that may break it, like "aws_security_group.inventory". '
        "Default: every resource.",
    )
    reason: Annotated[str, Field(min_length=1)] = Field(
        description="Why that is accepted, for those who read the file later."
    )
