"""What the policy of a VPC endpoint lets through, in words."""

from __future__ import annotations

import json
from typing import Any

from constructs_lib.figures.access.endpoint_policies import FOR_ITS_PRINCIPALS, OF_THE_ACCOUNT
from constructs_lib.proof.model.network import Model
from constructs_lib.terraform_json.values import Template, Unknown, text_of

_ANYTHING = {
    "s3": "any bucket of the region",
    "dynamodb": "any table of the region",
    "logs": "any log group of the region",
    "sqs": "any queue of the region",
    "sns": "any topic of the region",
    "secretsmanager": "any secret of the region",
}
_KEY_OF_PRINCIPAL, _KEY_OF_RESOURCE = "aws:PrincipalAccount", "aws:ResourceAccount"


def lets_through(model: Model, address: str, service: str) -> str:
    """Say for whom and to what an endpoint leads: ``any bucket of the region`` where nothing narrows it."""
    everything = _ANYTHING.get(service, "anything of the service")
    value = model.document.blocks[address].get("policy")
    if value is None:
        known = service in OF_THE_ACCOUNT | FOR_ITS_PRINCIPALS
        return everything if known else f"{everything}: it takes no policy"
    if isinstance(value, Unknown):
        return "cannot tell: its policy is not in this document"
    text = text_of(value) if isinstance(value, Template) else str(value)
    try:
        policy = json.loads(text, strict=False)
    except ValueError:
        return "cannot tell: its policy is not in this document"
    found = policy.get("Statement") if isinstance(policy, dict) else None
    statements = found if isinstance(found, list) else [found]
    return _in_words([one for one in statements if isinstance(one, dict)], everything)


def _in_words(statements: list[dict[str, Any]], everything: str) -> str:
    allows = [one for one in statements if one.get("Effect") == "Allow"]
    wide = [one for one in allows if one.get("Resource") in ("*", ["*"])]
    if any(not one.get("Condition") and one.get("Action") in ("*", ["*"]) for one in wide):
        return everything if len(allows) == len(statements) else f"{everything}, but what its policy denies"
    keys = {key for one in wide for test in one.get("Condition", {}).values() for key in test}
    if keys == {_KEY_OF_PRINCIPAL, _KEY_OF_RESOURCE}:
        return "what belongs to the account, for its own principals"
    return (
        "anything, for principals of the account" if keys == {_KEY_OF_PRINCIPAL} else "what its policy says"
    )
