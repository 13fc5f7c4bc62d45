"""Names that AWS gives only once: a second thing of the same name is refused while the first is there.

This is what a replacement with ``create_before_destroy`` and an unchanged name meets in AWS.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

State = Mapping[str, Any]
Key = tuple[str, ...]
_UNIQUE: dict[str, tuple[str, ...]] = {
    "aws_cloudwatch_log_group": ("name",),
    "aws_ecr_repository": ("name",),
    "aws_ecs_service": ("cluster", "name"),
    "aws_iam_policy": ("name",),
    "aws_iam_role": ("name",),
    "aws_kms_alias": ("name",),
    "aws_lambda_alias": ("function_name", "name"),
    "aws_lambda_function": ("function_name",),
    "aws_lambda_permission": ("function_name", "qualifier", "statement_id"),
    "aws_lb": ("name",),
    "aws_lb_listener": ("load_balancer_arn", "port"),
    "aws_lb_listener_rule": ("listener_arn", "priority"),
    "aws_lb_target_group": ("name",),
    "aws_lb_target_group_attachment": ("target_group_arn",),
    "aws_route": ("route_table_id", "destination_cidr_block", "destination_prefix_list_id"),
    "aws_route_table_association": ("subnet_id", "gateway_id"),
    "aws_s3_bucket": ("bucket",),
    "aws_security_group": ("vpc_id", "name"),
    "aws_subnet": ("vpc_id", "cidr_block"),
    "aws_vpc_security_group_egress_rule": (
        *("security_group_id", "ip_protocol", "from_port", "to_port"),
        *("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"),
    ),
}
_UNIQUE["aws_vpc_security_group_ingress_rule"] = _UNIQUE["aws_vpc_security_group_egress_rule"]
"""By type, what is unique together in an account and region."""


class Inventory:
    """What Terraform knows to exist: what its last plan looked at, and what was made since.

    A killed run may leave things behind that no state knows of; they are forgotten here, so that the next run
    can complete its work.
    """

    def __init__(self) -> None:
        self._keys: set[Key] = set()
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Terraform is about to plan anew."""
        with self._lock:
            self._keys.clear()

    def observe(self, type_name: str, account: str, prior: State | None) -> None:
        """Terraform plans a change of that state (``None``: something new)."""
        with self._lock:
            self._keys |= _keys(type_name, account, prior)

    def change(self, type_name: str, account: str, prior: State | None, state: State | None) -> str | None:
        """Takes note of a change; what AWS says instead where something new has the name of another."""
        with self._lock:
            before, after = _keys(type_name, account, prior), _keys(type_name, account, state)
            if prior is None and state is not None and after & self._keys:
                named = ", ".join(f"{name} {state[name]}" for name in _UNIQUE[type_name] if state.get(name))
                return f"creating {type_name} ({named}): already exists"
            self._keys = (self._keys - before) | after
            return None


def _keys(type_name: str, account: str, state: State | None) -> set[Key]:
    if state is None or type_name not in _UNIQUE or _is_one_of_many(type_name, state):
        return set()
    return {(type_name, account, *(str(state.get(name) or "") for name in ("region", *_UNIQUE[type_name])))}


def _is_one_of_many(type_name: str, state: State) -> bool:
    """A target group has one function, or any number of other targets.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    """
    return type_name == "aws_lb_target_group_attachment" and ":lambda:" not in str(state.get("target_id"))
