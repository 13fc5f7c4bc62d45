"""What all log groups have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.section import Section


class Logs(Section):
    """The table ``[logs]``."""

    kms_key_arn: Annotated[str, Field(pattern=forms.KMS_KEY_ARN.pattern)] | None = Field(
        default=None,
        description="ARN of the KMS key that encrypts every log group; its policy has to admit CloudWatch "
        "Logs. Default: AWS's own key.",
    )
