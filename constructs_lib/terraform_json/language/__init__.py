"""Terraform's expression language, evaluated as far as no apply is needed.

https://developer.hashicorp.com/terraform/language/expressions
"""

from __future__ import annotations

from constructs_lib.terraform_json.language.constants import converted, definitions, value_of
from constructs_lib.terraform_json.language.conversion import text as as_text
from constructs_lib.terraform_json.language.evaluation import (
    Head,
    Settle,
    evaluate,
    is_more_than_a_reference,
)
from constructs_lib.terraform_json.language.limits import Limits, TooMuchError
from constructs_lib.terraform_json.language.steps import attribute, entries

__all__ = [
    "Head",
    "Limits",
    "Settle",
    "TooMuchError",
    "as_text",
    "attribute",
    "converted",
    "definitions",
    "entries",
    "evaluate",
    "is_more_than_a_reference",
    "value_of",
]
