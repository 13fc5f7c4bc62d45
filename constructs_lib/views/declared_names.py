"""What the environment calls things that exist outside of the document."""

from __future__ import annotations

from constructs_lib.environment import Environment


def declared_names(environment: Environment | None) -> dict[str, str]:
    """Give the names of callers and egress targets by their group, range or prefix list."""
    if environment is None:
        return {}
    names: dict[str, str] = {}
    for workload in environment.workloads.values():
        for name, target in workload.egress.items():
            identity = target.security_group_id or target.cidr or target.prefix_list_id
            names.setdefault(str(identity), name)
    return names | {caller.security_group_id: name for name, caller in environment.callers.items()}
