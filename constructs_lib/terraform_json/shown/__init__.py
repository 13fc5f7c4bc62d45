"""What ``terraform show -json`` gives of a plan and of a state.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from constructs_lib.terraform_json.shown.documents import is_shown, shown_document

__all__ = ["is_shown", "shown_document"]
