"""The rules of an account for the roles that are made in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Section
from constructs_lib.figures.quotas import ROLE_PATH_LENGTH


class Iam(Section):
    """The table ``[iam]``."""

    permissions_boundary_arn: Annotated[str, Field(pattern=forms.POLICY_ARN.pattern)] | None = Field(
        default=None,
        description="ARN of the managed policy that says what every role may do at most; whoever applies may "
        "then make roles with this boundary only.",
    )
    path: Annotated[str, Field(pattern=forms.IAM_PATH.pattern, max_length=ROLE_PATH_LENGTH)] | None = Field(
        default=None, description='Path of every role, like "/teams/shop/". Default: "/".'
    )
