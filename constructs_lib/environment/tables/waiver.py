"""What an environment accepts although a rule of AWS speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from constructs_lib.environment.tables.section import Section
from constructs_lib.figures.rule_names import RULE_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence


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

    @property
    def is_of_a_file(self) -> bool:
        """Whether it is for a file of a package, of which Terraform JSON tells nothing."""
        return self.address is not None and "/" in self.address.split("[")[0]

    def accepts(self, rule: str, address: str) -> bool:
        """Whether the rule of this name may be broken at this Terraform address."""
        return self.rule == rule and self.address in (None, address)


def accepting(waivers: Sequence[Waiver], rule: str, *addresses: str) -> list[Waiver]:
    """The waivers by which a rule may be broken at all of the addresses; empty where it may not."""
    found = [next((one for one in waivers if one.accepts(rule, address)), None) for address in addresses]
    accepted = [one for one in found if one is not None]
    return accepted if len(accepted) == len(addresses) else []
