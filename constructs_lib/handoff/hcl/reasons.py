"""Why each group is there, as the comment above it."""

from __future__ import annotations

import textwrap

from constructs_lib.environment import Environment
from constructs_lib.environment.load_balancers import hosts_of
from constructs_lib.handoff.hcl import subjects
from constructs_lib.handoff.hcl.subjects import Group

_WIDTH = 98
_NETWORK = {
    "public": "The only subnets that the internet reaches: the public load balancer and NAT gateways stand "
    "here, workloads never.",
    "private": "Workloads run here: nothing from outside the VPC is routed to them.",
    "internal_load_balancer": "Subnets of the internal load balancer alone, so that its growth takes no "
    "addresses from workloads. No route leads out of the VPC.",
    "flow logs": "Every connection of the VPC, taken or refused, for an investigation afterwards.",
}
_SUBJECTS = {
    subjects.VERSIONS: "Where it is applied.",
    subjects.NETWORK: "The network: {}.",
    subjects.LOAD_BALANCERS: "The load balancer {}, and what belongs to it.",
    subjects.FUNCTIONS: "The function {}, and what belongs to it.",
    subjects.SERVICES: "Services: {}.",
    subjects.ENDPOINTS: "AWS services without the internet: {}.",
    subjects.ALARMS: "Alarms, and who is told.",
    subjects.OTHERS: "What else the stack has.",
}
_ENDPOINTS = {
    "security groups": "Workloads carry the clients' group, so that endpoints need to know no workload.",
    "endpoints": "AWS services without the internet: no NAT gateway carries their traffic, and each "
    "policy says whose principals and resources pass.",
}


def in_order_of_calls(environment: Environment) -> list[str]:
    """Return the workloads as a request meets them: called from outside, called by those, the rest."""
    found: dict[str, None] = {}
    for starts in (environment.exposed("public"), environment.callers, environment.workloads):
        waiting = [*starts]
        for name in waiting:
            if name not in found:
                found[name] = None
                waiting += environment.calls.get(name, [])
    return [name for name in found if name in environment.workloads]


def reason(group: Group, environment: Environment | None) -> list[str]:
    """Return the lines of the comment above a group; without an environment nothing says why it is there."""
    words = _words(group, environment) if environment else _SUBJECTS[group.file].format(group.name)
    return [f"# {line}" for line in textwrap.wrap(words, _WIDTH)]


def _words(group: Group, environment: Environment) -> str:
    if group.file == subjects.NETWORK:
        return _NETWORK.get(group.name) or _of_network(group.name, environment)
    if group.file == subjects.LOAD_BALANCERS:
        return _of_balancer(group.name, environment)
    if group.file == subjects.ENDPOINTS:
        return _ENDPOINTS[group.name]
    if group.file == subjects.ALARMS:
        return "Who is told when something breaks: an alarm on each thing, composite alarms above them."
    if group.name in environment.workloads:
        return _of_workload(group.name, environment)
    if group.file == subjects.SERVICES:
        return "One cluster for all services, and the repositories that their images are pulled from."
    if group.file == subjects.VERSIONS:
        return (
            "Where it is applied: trust policies admit this account alone, and ARNs begin with its partition."
        )
    return "What the environment's own extension adds."


def _of_network(name: str, environment: Environment) -> str:
    existing = environment.network.existing
    if name == "nat":
        return (
            "Outgoing connections of private subnets leave from these addresses; who admits by address "
            "lists them."
        )
    if existing:
        return (
            f"{existing.vpc_id} belongs to somebody else: it is only read, and a plan fails where it is "
            "no longer what the environment says."
        )
    return (
        f"The VPC of {environment.name_prefix} alone. The default security group, which AWS attaches to what "
        "names none, admits nothing."
    )


def _of_balancer(name: str, environment: Environment) -> str:
    behind = ", ".join(sorted(environment.exposed(name)))
    if name == "public":
        what = "host or path" if hosts_of(environment) else "path"
        return f"The only way in from outside: {behind}. A {what} that no rule names is answered here."
    return (
        f"The one way between workloads, to {behind}. Its group admits exactly the callers that are named, "
        "each on its port."
    )


def _of_workload(name: str, environment: Environment) -> str:
    workload = environment.workloads[name]
    callers = ", ".join(environment.callers_of(name))
    words = {
        "public": "called from outside through the public load balancer",
        "internal": f"called by {callers} through the internal load balancer"
        if callers
        else "behind the internal load balancer, where nobody is named yet who calls it",
        "none": "called by nobody here",
    }[workload.exposure]
    triggers = environment.functions[name].triggers if name in environment.functions else {}
    fired = f"; triggered by {', '.join(triggers)}" if triggers else ""
    calls = f"; calls {', '.join(workload.calls)}" if workload.calls else ""
    leaves = [*workload.egress, *(["the internet"] if workload.internet else [])]
    out = f"; connects to {', '.join(leaves)}" if leaves else ""
    return f"{name}: {words}{fired}{calls}{out}."
