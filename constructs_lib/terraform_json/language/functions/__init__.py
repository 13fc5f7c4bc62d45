"""Terraform's functions, as far as no apply, file or clock is needed.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

from constructs_lib.terraform_json.language.functions import (
    _collections,
    _encoding,
    _networks,
    _numbers,
    _sets,
    _texts,
)
from constructs_lib.terraform_json.language.functions._calling import Function

FUNCTIONS: dict[str, Function] = {
    **_collections.FUNCTIONS,
    **_encoding.FUNCTIONS,
    **_networks.FUNCTIONS,
    **_numbers.FUNCTIONS,
    **_sets.FUNCTIONS,
    **_texts.FUNCTIONS,
}
"""Each takes a list of arguments; ``NotImplemented`` means that the result depends on an open value."""
