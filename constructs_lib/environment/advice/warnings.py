"""What is allowed, but costly, fragile or without effect."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import chain
from typing import TYPE_CHECKING

from constructs_lib.compute.images import image_warnings
from constructs_lib.compute.packaging.package import private_files
from constructs_lib.environment.advice.reach_and_cost import (
    endpoint_advice,
    own_name_advice,
    permission_advice,
)
from constructs_lib.environment.checks.alarms import unwatched
from constructs_lib.environment.checks.every import waived_problems
from constructs_lib.environment.checks.load_balancing.listeners import unauthorized
from constructs_lib.environment.checks.region import region_warnings
from constructs_lib.environment.checks.triggers import trigger_warnings
from constructs_lib.environment.load_balancers import named_certificates, on_shared_listener
from constructs_lib.environment.service_start import reaches_internet
from constructs_lib.environment.subnets import nat_address_zones
from constructs_lib.environment.timeouts import timeouts_s
from constructs_lib.errors import Problem
from constructs_lib.figures.endpoint_services import is_private_service
from constructs_lib.figures.lambda_tables import (
    DEPRECATED_RUNTIMES,
    UNRESERVED_EXECUTIONS,
)
from constructs_lib.load_balancing.routing.patterns import covers
from constructs_lib.problem_words import MISSING, Excerpt, field_path, listed, presentable, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from constructs_lib.environment.tables.environment import Environment
    from constructs_lib.environment.tables.workloads import Function, Workload

_INTERNAL = "load_balancers.internal"


def environment_warnings(environment: Environment, *, project_root: Path | None = None) -> list[Problem]:
    """What the user may want to know about a valid environment, in the order of the sections.

    project_root: where sources and policy files lie; without it nothing of them is said, nor what is waived.
    """
    found = (
        region_warnings(environment),
        _existing(environment),
        _nat(environment),
        endpoint_advice(environment),
        _neighbours(environment),
        own_name_advice(environment),
        _lambda_interfaces(environment),
        _concurrency(environment),
        _load_balancers(environment),
        _without_tls(environment),
        _workloads(environment),
        _functions(environment),
        trigger_warnings(environment),
        permission_advice(environment, project_root),
        _callers(environment),
        unwatched(environment),
        _left_out(environment, project_root) if project_root else (),
        waived_problems(environment, project_root) if project_root else (),
    )
    return [presentable(problem) for problem in chain.from_iterable(found)]


def _existing(environment: Environment) -> Iterator[Problem]:
    network = environment.network
    if network.existing and network.block is None:
        rule = f"without it the subnets go to the beginning of {network.cidr}, beside others in that VPC"
        way_out = (
            f"name a free block: `python main.py discover --vpc-id {network.existing.vpc_id}` shows them"
        )
        yield Problem("network.block", MISSING, rule, way_out)


def neighbours_refused(environment: Environment) -> tuple[str, ...]:
    """The services whose endpoints every workload of an existing VPC resolves, and which admit ours alone."""
    if environment.network.existing is None or environment.endpoints_admit_vpc:
        return ()
    return tuple(name for name in environment.new_interface_endpoints if not is_private_service(name))


def _neighbours(environment: Environment) -> Iterator[Problem]:
    existing, refused = environment.network.existing, neighbours_refused(environment)
    if existing is not None and refused:
        rule = (
            f"every workload of {existing.vpc_id} resolves {listed(refused)} to endpoints that refuse it, "
            "unless it is one of ours or a declared caller"
        )
        way_out = 'write admit = "vpc", or ask the owner of the VPC'
        yield Problem("network.endpoints.admit", "own", rule, way_out)


def _nat(environment: Environment) -> Iterator[Problem]:
    network = environment.network
    vpc = IPv4Network(network.cidr)
    users = any(
        reaches_internet(environment, name) or _leaves(workload, vpc)
        for name, workload in environment.workloads.items()
    )
    if network.nat != "none" and not users:
        rule = "a NAT gateway is billed by the hour, and no workload may use it"
        yield Problem(
            "network.nat", network.nat, rule, 'write nat = "none", or internet = true where it is needed'
        )
    new_addresses = len({*nat_address_zones(network)} - network.nat_eip_ids.keys())
    granted = environment.quotas.elastic_ips
    if new_addresses > granted:
        rule = (
            f"makes {new_addresses} Elastic IPs; AWS allows {granted} in a region unless the quota is raised"
        )
        way_out = "name nat_eip_ids, have one gateway only, or have the quota raised: quotas.elastic_ips"
        yield Problem("network.nat", network.nat, rule, way_out)
    if not network.has_nat:
        for name, workload in environment.workloads.items():
            for target, egress in workload.egress.items():
                if egress.cidr and not IPv4Network(egress.cidr).overlaps(vpc):
                    rule = f"lies outside of the VPC ({vpc}), and without a NAT gateway no route leads there"
                    field = field_path(*environment.place_of(name), "egress", target, "cidr")
                    yield Problem(
                        field,
                        egress.cidr,
                        rule,
                        'write nat = "per_az", or "single" with its nat_zone in [network]',
                    )


def _leaves(workload: Workload, vpc: IPv4Network) -> bool:
    """Whether an egress entry may lead out of the VPC; a prefix list may."""
    return any(
        egress.prefix_list_id or (egress.cidr and not IPv4Network(egress.cidr).subnet_of(vpc))
        for egress in workload.egress.values()
    )


def _lambda_interfaces(environment: Environment) -> Iterator[Problem]:
    zones = len(environment.network.availability_zones)
    interfaces = len(environment.functions) * zones
    granted = environment.quotas.lambda_network_interfaces
    if interfaces > granted:
        rule = (
            f"{len(environment.functions)} functions in {zones} subnets take {interfaces} network "
            f"interfaces; "
            f"AWS allows {granted} of Lambda's in a VPC unless the quota is raised"
        )
        way_out = "use several environments, or have the quota raised: quotas.lambda_network_interfaces"
        yield Problem("functions", len(environment.functions), rule, way_out)


def _concurrency(environment: Environment) -> Iterator[Problem]:
    taken = sum(
        max(function.reserved_concurrency or 0, function.provisioned_concurrency or 0)
        for function in environment.functions.values()
    )
    granted = environment.quotas.lambda_concurrent_executions
    if taken > granted - UNRESERVED_EXECUTIONS:
        rule = (
            f"reserve or provision {taken} invocations at a time; AWS allows {granted} in an "
            f"account and region unless the quota is raised, and {UNRESERVED_EXECUTIONS} stay for all other "
            "functions"
        )
        way_out = "reserve less, or have the quota raised: quotas.lambda_concurrent_executions"
        yield Problem("functions", taken, rule, way_out)


def _load_balancers(environment: Environment) -> Iterator[Problem]:
    internal = environment.load_balancers.internal
    if internal.shared_listener and not unauthorized(environment):
        shared = on_shared_listener(environment, "internal")
        why = "all on it have the same callers" if len(shared) > 1 else "fewer than two workloads share it"
        yield Problem(f"{_INTERNAL}.shared_listener", True, f"changes nothing: {why}", "remove it")
    elif internal.shared_listener:
        said = listed(
            (f"{quoted(caller)} reaches {quoted(name)}" for caller, name in unauthorized(environment)), most=8
        )
        rule = f"a security group sees ports, not paths: {said} without naming it in `calls`"
        yield Problem(
            f"{_INTERNAL}.shared_listener",
            True,
            rule,
            "give workloads with other callers a port of their own",
        )
    yield from _unasked(environment)
    yield from _unused(environment, "internal", ("certificate_arn", "domain"))
    yield from _unused(
        environment, "public", ("certificate_arn", "certificate_arns", "insecure_http", "domain")
    )


def _unasked(environment: Environment) -> Iterator[Problem]:
    """A domain whose requests no workload takes, since all have other hosts."""
    domain, port = environment.load_balancers.public.domain, environment.default_port("public")
    exposed = environment.exposed("public")
    leading = [one for name, one in exposed.items() if environment.listener_port(name) == port]
    taken = (not one.hosts or any(covers(host, domain or "") for host in one.hosts) for one in leading)
    if domain and leading and not any(taken):
        rule = f"every workload on {port} has other hosts: a request for this name gets 404"
        way_out = "add it to the hosts of a workload, or write one of the hosts here"
        yield Problem("load_balancers.public.domain", domain, rule, way_out)


def _without_tls(environment: Environment) -> Iterator[Problem]:
    """Settings of HTTPS where a load balancer has no certificate."""
    balancers = environment.load_balancers
    for name, settings in (("internal", balancers.internal), ("public", balancers.public)):
        if named_certificates(environment, name) or (name == "public" and settings.domain):
            continue
        for key in sorted({"tls_policy", "hsts_max_age_s"} & settings.model_fields_set):
            rule = "is for HTTPS, and this load balancer has no certificate"
            field = field_path("load_balancers", name, key)
            yield Problem(field, getattr(settings, key), rule, "name a certificate, or remove it")


def _unused(environment: Environment, load_balancer: str, keys: tuple[str, ...]) -> Iterator[Problem]:
    if environment.exposed(load_balancer):
        return
    for key in keys:
        if value := getattr(getattr(environment.load_balancers, load_balancer), key):
            rule = f"no workload is {load_balancer}: no such load balancer is made"
            yield Problem(f"load_balancers.{load_balancer}.{key}", value, rule, "remove it")


def _workloads(environment: Environment) -> Iterator[Problem]:
    for name, workload in environment.workloads.items():
        if workload.exposure == "internal" and not environment.callers_of(name):
            rule = "nobody calls it: its load balancer admits no one to it"
            field = field_path(*environment.place_of(name), "exposure")
            yield Problem(field, "internal", rule, f"name {quoted(name)} in the calls of its callers")
    for name, service in environment.services.items():
        yield from image_warnings(service.image, field=field_path("services", name, "image"))


def _functions(environment: Environment) -> Iterator[Problem]:
    for name, function in environment.functions.items():
        table = field_path("functions", name)
        if function.image:
            yield from image_warnings(function.image, field=f"{table}.image")
        if function.runtime in DEPRECATED_RUNTIMES:
            way_out = f'write runtime = "{DEPRECATED_RUNTIMES[function.runtime]}"'
            yield Problem(
                f"{table}.runtime", function.runtime, "AWS no longer supports this runtime", way_out
            )
        yield from _patience(environment, table, name, function)


def _left_out(environment: Environment, project_root: Path) -> Iterator[Problem]:
    """Files that a function's folder has and its package has not: its code would look for them in vain."""
    seen: set[str] = set()
    for name, function in environment.functions.items():
        source = function.source
        if source is None or source in seen or not (project_root / source).is_dir():
            continue
        seen.add(source)
        folder = project_root / source
        found = sorted(path.relative_to(folder).as_posix() for path in private_files(folder))
        if found:
            rule = "stays out of the package, since such files hold secrets"
            way_out = (
                "take it out of the folder; what the code needs and everybody may have gets another name"
            )
            yield Problem(field_path("functions", name, "source"), Excerpt(listed(found)), rule, way_out)


def _patience(environment: Environment, table: str, name: str, function: Function) -> Iterator[Problem]:
    timeouts = timeouts_s(environment)
    for callee in function.calls:
        timeout = timeouts.get(callee, 0)
        if timeouts[name] <= timeout:
            rule = (
                f"it calls {quoted(callee)}, which may take {timeout} s, and would be stopped while it waits"
            )
            way_out = f"write at least {timeout + 1}, or a shorter timeout_s for {quoted(callee)}"
            yield Problem(f"{table}.timeout_s", timeouts[name], rule, way_out)


def _callers(environment: Environment) -> Iterator[Problem]:
    for name, caller in environment.callers.items():
        if not caller.calls:
            yield Problem(
                field_path("callers", name, "calls"),
                [],
                "it calls nothing: no port is opened to it",
                "remove it",
            )
