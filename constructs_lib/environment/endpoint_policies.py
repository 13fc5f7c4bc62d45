"""What each VPC endpoint lets through, as the file says it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from constructs_lib.compute.images import parse_image
from constructs_lib.environment.policy_files import statements_of
from constructs_lib.errors import ConfigError
from constructs_lib.figures.endpoint_services import endpoint_short_name
from constructs_lib.figures.ids import ACCOUNT, account_of_arn

if TYPE_CHECKING:
    from constructs_lib.environment.tables.environment import Environment

ACCOUNT_ALONE, FULL = "account", "full"
_ARN = re.compile(rf"arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:({ACCOUNT}):")


Kind = Literal["interface", "gateway"]


def policy_word(environment: Environment, service: str, kind: Kind) -> str:
    """Give ``account``, ``full`` or the file of the endpoint of a service, by its short name.

    Whoever else uses an endpoint may be of another account: one that admits a VPC of others is open.
    """
    endpoints = environment.network.endpoints
    words = endpoints.policies.items()
    own = {endpoint_short_name(name, environment.region): word for name, word in words}
    if service in own:
        return own[service]
    shared = environment.network.existing is not None and environment.endpoints_admit_vpc
    if kind == "interface" and shared and "policy" not in endpoints.model_fields_set:
        return FULL
    return endpoints.policy


def named_accounts(environment: Environment, project_root: Path) -> list[str]:
    """Give the ids of other accounts that the file names, by images, secrets and policies."""
    found: set[str] = set()
    for service in environment.services.values():
        image = parse_image(service.image)
        if image is not None and image.private_ecr:
            found.add(str(image.account))
    for workload in environment.workloads.values():
        found |= {account_of_arn(arn) for arn in getattr(workload, "secrets", {}).values()}
        for policy in workload.policies:
            found |= set(_ARN.findall(json.dumps(_statements(policy, project_root), default=str)))
    return sorted(found - {environment.account_id or ""})


def _statements(policy: str | dict[str, Any], project_root: Path) -> list[dict[str, Any]]:
    try:
        return statements_of(policy, field="policies", project_root=project_root)
    except ConfigError:
        return []


def policy_file(word: str, project_root: Path) -> dict[str, Any]:
    """Give the policy in a file that was checked."""
    found: dict[str, Any] = json.loads((project_root / word).read_bytes())
    return found
