"""Single checks of form: each says what is wrong with a value, as the AWS provider's validators do."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any

from constructs_lib.figures import ids
from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.load_balancer import NAME_LENGTH, RESERVED_PREFIX
from constructs_lib.figures.vpc import SECURITY_GROUP_RESERVED_PREFIX, SECURITY_GROUP_TEXT_LENGTH

Check = Callable[[Any], str | None]
"""What is wrong with a value, in words that go on from the argument's name, or ``None``."""
_REGION = r"([a-z]{2}(-[a-z]+)+-\d{1,2})?"
_ACCOUNT = rf"(aws|aws-managed|aws-marketplace|third-party|{ids.ACCOUNT}|cw.{{10}})?"
_ARN = re.compile(rf"arn:aws(-[a-z]+)*:[\w.-]+:{_REGION}:{_ACCOUNT}:.+")
"""https://github.com/hashicorp/terraform-provider-aws/blob/v6.25.0/internal/verify/validate.go"""


def between(bounds: Bounds) -> Check:
    """A number within bounds."""
    said = f"must be in the range ({bounds.least} - {bounds.most})"
    return lambda value: None if bounds.hold(value) else said


def one_of(*allowed: Any) -> Check:
    """One of those values."""
    return lambda value: None if value in allowed else f"must be one of {list(allowed)}"


def matches(pattern: str, problem: str) -> Check:
    """A text that matches as a whole; ``problem`` is what to say otherwise."""
    return lambda value: None if re.fullmatch(pattern, value) else problem


def arn(value: Any) -> str | None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""
    good = value == "" or _ARN.fullmatch(value)
    return None if good else "is an invalid ARN: arn:partition:service:region:account-id:resource"


def cidr(value: Any) -> str | None:
    """A network with its prefix length and without host bits."""
    if "/" not in value:
        return "must be a valid network CIDR (no prefix length)"
    try:
        ipaddress.ip_network(value, strict=True)
    except ValueError as error:
        return f"must be a valid network CIDR ({error})"
    return None


def policy(value: Any) -> str | None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"""
    try:
        document = json.loads(value)
    except ValueError:
        return "contains an invalid JSON policy: not valid JSON"
    statements = document.get("Statement") if isinstance(document, dict) else None
    if not statements:
        return "contains an invalid JSON policy: no Statement"
    each = statements if isinstance(statements, list) else [statements]
    if any(statement.get("Effect") not in ("Allow", "Deny") for statement in each):
        return "contains an invalid JSON policy: every Statement needs Effect Allow or Deny"
    if any(not {"Action", "NotAction"} & set(statement) for statement in each):
        return "contains an invalid JSON policy: every Statement needs Action or NotAction"
    return None


def json_list(value: Any) -> str | None:
    """A JSON list, as container definitions are."""
    try:
        return None if isinstance(json.loads(value), list) else "must be a JSON list of container definitions"
    except ValueError:
        return "contains invalid JSON"


def load_balancer_name(value: str) -> str | None:
    """A target group's rules, and no ``internal-`` in front."""
    if value.startswith(RESERVED_PREFIX):
        return f'cannot begin with "{RESERVED_PREFIX}"'
    return load_balancing_name(value)


def load_balancing_name(value: str) -> str | None:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html"""
    if len(value) > NAME_LENGTH:
        return f"cannot be longer than {NAME_LENGTH} characters"
    if not re.fullmatch(r"[0-9A-Za-z-]+", value):
        return "can only contain alphanumeric characters and hyphens"
    return "cannot begin or end with a hyphen" if value.startswith("-") or value.endswith("-") else None


def security_group_name(value: str) -> str | None:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html"""
    if value.lower().startswith(SECURITY_GROUP_RESERVED_PREFIX):
        return f"cannot begin with {SECURITY_GROUP_RESERVED_PREFIX}"
    most = SECURITY_GROUP_TEXT_LENGTH
    return None if len(value) <= most else f"cannot be longer than {most} characters"
