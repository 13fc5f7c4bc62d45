"""IAM: policy documents that grant what one thing needs, and what documents of others allow.

Pure, and below everything that makes or reads policies.
"""

from __future__ import annotations

from constructs_lib.iam.documents import (
    NETWORK_INTERFACE_ACTIONS,
    Document,
    assume_role_policy,
    document,
    endpoint_policy,
    execution_policy,
    flow_logs_policy,
    full_endpoint_policy,
    function_policy,
    in_order,
    invocation_policy,
    queue_policy,
)
from constructs_lib.iam.roles import RoleOptions

__all__ = [
    "NETWORK_INTERFACE_ACTIONS",
    "Document",
    "RoleOptions",
    "assume_role_policy",
    "document",
    "endpoint_policy",
    "execution_policy",
    "flow_logs_policy",
    "full_endpoint_policy",
    "function_policy",
    "in_order",
    "invocation_policy",
    "queue_policy",
]
