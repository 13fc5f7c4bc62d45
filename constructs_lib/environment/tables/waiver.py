"""What an environment accepts although a rule of AWS speaks against it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from constructs_lib.environment.tables.section import Section
from constructs_lib.figures.rule_names import RULE_NAMES


def _known(value: Any) -> Any:
    if not isinstance(value, str) or value not in RULE_NAMES:
        raise PydanticCustomError("rule_name", "no rule of AWS has this name")
    return value


RuleName = Annotated[str, BeforeValidator(_known), Field(json_schema_extra={"enum": [*RULE_NAMES]})]


class Waiver(Section):
    """A rule that may be broken, and why."""

    rule: RuleName = Field(
        description='Name of the rule, like "alb-subnet-size", as `python main.py lint` shows it.'
    )
    address: str | None = Field(
        default=None,
        description='Terraform address that may break it, like "aws_security_group.inventory". '
        "Default: every resource.",
    )
    reason: Annotated[str, Field(min_length=1)] = Field(
        description="Why that is accepted, for those who read the file later."
    )
