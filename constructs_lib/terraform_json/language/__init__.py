"""Terraform's expression language, evaluated as far as no apply is needed.

https://developer.hashicorp.com/terraform/language/expressions
"""

from __future__ import annotations

from constructs_lib.terraform_json.language.evaluation import Head, Settle, attribute, evaluate
from constructs_lib.terraform_json.language.limits import Limits, TooMuchError

__all__ = ["Head", "Limits", "Settle", "TooMuchError", "attribute", "evaluate"]
