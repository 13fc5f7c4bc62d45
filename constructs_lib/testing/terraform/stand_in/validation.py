"""Checks of form that the AWS provider makes before any plan: ARNs, account ids, policies, ranges, names.

``_BY_NAME`` holds what goes for an argument of that name on every type, ``_BY_TYPE`` the rest. Unknown values
pass, as they do with the provider.
https://github.com/hashicorp/terraform-provider-aws/tree/v6.25.0/internal/verify
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.figures import ids, quotas
from constructs_lib.figures import load_balancer as alb
from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.cloudwatch_logs import LOG_RETENTION_DAYS
from constructs_lib.figures.internet import PORT
from constructs_lib.figures.lambda_tables import (
    EPHEMERAL_STORAGE_MB,
    FUNCTION_NAME_LENGTH,
    MEMORY_MB,
    STATEMENT_ID,
    STATEMENT_ID_LENGTH,
    TIMEOUT_S,
)
from constructs_lib.testing.terraform.schema import Block
from constructs_lib.testing.terraform.stand_in import checks
from constructs_lib.testing.terraform.stand_in.checks import Check
from constructs_lib.testing.terraform.stand_in.values import UNKNOWN


@dataclass(frozen=True)
class Finding:
    """One thing that the provider refuses; ``attribute`` is a dotted path into the configuration."""

    attribute: str
    summary: str
    detail: str = ""


def unconfigurable(block: Block, config: Any, path: str = "") -> Iterator[Finding]:
    """Values for attributes that only the provider sets; Terraform leaves that check to the provider."""
    if not isinstance(config, dict):
        return
    for name, attribute in block.attributes.items():
        settable = attribute.required or attribute.optional
        if not settable and config.get(name) is not None:
            detail = (
                f'Can\'t configure a value for "{path}{name}": its value will be decided automatically '
                "based on the result of applying this configuration."
            )
            yield Finding(f"{path}{name}", "Value for unconfigurable attribute", detail)
    for name, nested in block.blocks.items():
        items = config.get(name)
        for index, item in enumerate(items if isinstance(items, list) else []):
            yield from unconfigurable(nested.block, item, f"{path}{name}.{index}.")


def findings(type_name: str, config: Mapping[str, Any]) -> list[Finding]:
    """Everything that is wrong in form with the arguments of one resource."""
    known = {**_BY_NAME, **_BY_TYPE.get(type_name, {})}
    found = [
        Finding(path, f"invalid value for {path}", f"{path} {problem}, got: {value!r}")
        for path, plain, value in _leaves(config)
        if (check := known.get(plain) or _by_ending(plain)) and (problem := check(value))
    ]
    return [*found, *_combinations(type_name, config)]


def _leaves(value: Any, path: str = "", plain: str = "") -> Iterator[tuple[str, str, Any]]:
    """Path, path without positions, and value of everything that is set and known."""
    if value is None or value is UNKNOWN:
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}".lstrip("."), f"{plain}.{name}".lstrip("."))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            nested = isinstance(item, dict)
            yield from _leaves(item, f"{path}.{index}" if nested else path, plain)
    else:
        yield path, plain, value


_ACCOUNT = checks.matches(ids.ACCOUNT, f"must be a {ids.ACCOUNT_DIGITS} digit account id")
_NAME_PREFIX = checks.matches(
    f"[0-9A-Za-z-]{{1,{alb.NAME_PREFIX_LENGTH}}}",
    f"must be 1 to {alb.NAME_PREFIX_LENGTH} letters, digits or hyphens",
)
_BY_NAME: dict[str, Check] = {
    "assume_role_policy": checks.policy,
    "source_account": _ACCOUNT,
    "cidr_block": checks.cidr,
    "cidr_ipv4": checks.cidr,
    "destination_cidr_block": checks.cidr,
}
_LISTENER: dict[str, Check] = {
    "port": checks.between(PORT),
    "default_action.type": checks.one_of(
        *(
            "forward",
            "authenticate-oidc",
            "authenticate-cognito",
            "redirect",
            "fixed-response",
            "jwt-validation",
        )
    ),
}


def _role_name(most: int) -> Check:
    return checks.matches(rf"[\w+=,.@-]{{1,{most}}}", f"must be 1 to {most} of the characters \\w+=,.@-")


_RULE_PORT = checks.between(Bounds(-1, PORT.most))
_RULE: dict[str, Check] = {"from_port": _RULE_PORT, "to_port": _RULE_PORT}
_BY_TYPE: dict[str, dict[str, Check]] = {
    "aws_cloudwatch_log_group": {"retention_in_days": checks.one_of(0, *LOG_RETENTION_DAYS)},
    "aws_ecs_task_definition": {
        "container_definitions": checks.json_list,
        "network_mode": checks.one_of("bridge", "host", "awsvpc", "none"),
    },
    "aws_iam_role": {
        "name": _role_name(quotas.ROLE_NAME_LENGTH),
        "name_prefix": _role_name(quotas.ROLE_NAME_PREFIX_LENGTH),
        "max_session_duration": checks.between(quotas.SESSION_S),
    },
    "aws_lambda_alias": {
        "function_version": checks.matches(r"\$LATEST|\d+", "must be $LATEST or a version number")
    },
    "aws_lambda_function": {
        "function_name": checks.matches(
            rf"(arn:[^ ]+:function:)?[\w-]{{1,{FUNCTION_NAME_LENGTH}}}(:[\w$-]+)?",
            f"must be 1 to {FUNCTION_NAME_LENGTH} letters, digits, - or _",
        ),
        "memory_size": checks.between(MEMORY_MB),
        "timeout": checks.between(TIMEOUT_S),
        "ephemeral_storage.size": checks.between(EPHEMERAL_STORAGE_MB),
        "package_type": checks.one_of("Zip", "Image"),
        "role": checks.arn,
    },
    "aws_lambda_permission": {
        "statement_id": checks.matches(
            STATEMENT_ID, f"must be 1 to {STATEMENT_ID_LENGTH} letters, digits, - or _"
        ),
        "action": checks.matches(r"lambda:([*]|[a-zA-Z]+)", "must be a lambda: action"),
    },
    "aws_lb": {
        "name": checks.load_balancer_name,
        "name_prefix": _NAME_PREFIX,
        "load_balancer_type": checks.one_of("application", "network", "gateway"),
        "ip_address_type": checks.one_of("ipv4", "dualstack", "dualstack-without-public-ipv4"),
    },
    "aws_lb_listener": _LISTENER,
    "aws_lb_listener_rule": {"priority": checks.between(alb.RULE_PRIORITY)},
    "aws_lb_target_group": {
        "name": checks.load_balancing_name,
        "name_prefix": _NAME_PREFIX,
        "port": checks.between(PORT),
        "target_type": checks.one_of("instance", "ip", "lambda", "alb"),
        "health_check.interval": checks.between(alb.HEALTH_CHECK_INTERVAL_S),
        "health_check.timeout": checks.between(alb.HEALTH_CHECK_TIMEOUT_S),
        "health_check.healthy_threshold": checks.between(alb.HEALTH_CHECK_THRESHOLD),
        "health_check.unhealthy_threshold": checks.between(alb.HEALTH_CHECK_THRESHOLD),
        "health_check.path": checks.matches(
            rf"/.{{0,{alb.HEALTH_CHECK_PATH_LENGTH - 1}}}",
            f"must begin with / and have <= {alb.HEALTH_CHECK_PATH_LENGTH} characters",
        ),
    },
    "aws_nat_gateway": {
        "availability_mode": checks.one_of("zonal", "regional"),
        "connectivity_type": checks.one_of("private", "public"),
    },
    "aws_security_group": {"name": checks.security_group_name, "name_prefix": checks.security_group_name},
    "aws_vpc": {"instance_tenancy": checks.one_of("default", "dedicated")},
    "aws_vpc_endpoint": {
        "policy": checks.policy,
        "vpc_endpoint_type": checks.one_of(
            *("Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork")
        ),
    },
    "aws_vpc_security_group_egress_rule": _RULE,
    "aws_vpc_security_group_ingress_rule": _RULE,
    **{
        name: {"policy": checks.policy}
        for name in (
            *("aws_ecr_repository_policy", "aws_iam_policy", "aws_iam_role_policy", "aws_kms_key"),
            *(
                "aws_s3_bucket_policy",
                "aws_sns_topic_policy",
                "aws_sqs_queue_policy",
                "aws_vpc_endpoint_policy",
            ),
        )
    },
}
_FREE_KEYS = ("tags", "environment.variables")
"""Maps whose keys are the user's."""


def _by_ending(plain: str) -> Check | None:
    parent, _, name = plain.rpartition(".")
    return checks.arn if name.endswith("_arn") and parent not in _FREE_KEYS else None


def _exactly_one(config: Mapping[str, Any], *names: str) -> Iterator[Finding]:
    given = [name for name in names if config.get(name) not in (None, [])]
    listed = ",".join(names)
    if not given:
        yield Finding(names[0], "Invalid combination of arguments", f"one of `{listed}` must be specified")
    elif len(given) > 1:
        detail = f"only one of `{listed}` can be specified, but `{','.join(given)}` were specified"
        yield Finding(given[0], "Invalid combination of arguments", detail)


def _at_most_one(config: Mapping[str, Any], *names: str) -> Iterator[Finding]:
    given = [name for name in names if config.get(name) not in (None, [])]
    if len(given) > 1:
        yield Finding(
            given[0], "Conflicting configuration arguments", f"{given[0]!r} conflicts with {given[1]}"
        )


SOURCE_KINDS = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
"""What a security group rule may name, one of them; another kind replaces the rule."""
_EXACTLY_ONE: dict[str, tuple[str, ...]] = {
    "aws_lambda_function": ("filename", "image_uri", "s3_bucket"),
    "aws_lb": ("subnet_mapping", "subnets"),
    "aws_route53_record": ("alias", "records"),
    "aws_vpc_security_group_egress_rule": SOURCE_KINDS,
    "aws_vpc_security_group_ingress_rule": SOURCE_KINDS,
}


def _nat_gateway(config: Mapping[str, Any]) -> Iterator[Finding]:
    """A regional NAT gateway is in a VPC, a zonal one in a subnet.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/nat_gateway
    """
    mode = config.get("availability_mode") or "zonal"
    if mode not in _NAT_ARGUMENTS:
        return
    needed, strange = _NAT_ARGUMENTS[mode]
    if config.get(needed) is None:
        detail = f"{needed} is required with availability_mode = {mode!r}"
        yield Finding(needed, "Missing required argument", detail)
    for name in strange:
        if config.get(name) not in (None, []):
            detail = f"{name} is not supported with availability_mode = {mode!r}"
            yield Finding(name, "Invalid combination of arguments", detail)


_NAT_ARGUMENTS = {
    "regional": ("vpc_id", ("subnet_id", "allocation_id", "secondary_allocation_ids", "private_ip")),
    "zonal": ("subnet_id", ("availability_zone_address",)),
}
"""What a NAT gateway of each mode needs, and what it may not have."""


def _combinations(type_name: str, config: Mapping[str, Any]) -> Iterator[Finding]:
    yield from _exactly_one(config, *_EXACTLY_ONE[type_name]) if type_name in _EXACTLY_ONE else ()
    yield from _at_most_one(config, "name", "name_prefix")
    yield from _nat_gateway(config) if type_name == "aws_nat_gateway" else ()
