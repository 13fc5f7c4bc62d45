"""From the words of the environment file to those of the constructs, where its texts become literals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.bindings import literal
from constructs_lib.compute.autoscaling import Autoscaling
from constructs_lib.compute.fargate_service import Container
from constructs_lib.compute.function_code import ImageCode, ZipCode
from constructs_lib.compute.lambda_function import FunctionOptions
from constructs_lib.environment import Egress, Environment, Function, Service, Workload
from constructs_lib.environment.endpoint_policies import ACCOUNT_ALONE, FULL, policy_file, policy_word
from constructs_lib.environment.policy_files import statements_of
from constructs_lib.environment.tables.alarms import Alarms
from constructs_lib.environment.tables.load_balancers import LoadBalancerSettings
from constructs_lib.environment.tables.triggers import Trigger
from constructs_lib.environment.triggers import options_of
from constructs_lib.figures.access.endpoint_policies import FOR_ITS_PRINCIPALS, OF_THE_ACCOUNT
from constructs_lib.figures.endpoint_services import endpoint_short_name
from constructs_lib.iam import RoleOptions, full_endpoint_policy, in_order
from constructs_lib.load_balancing.access_logs import AccessLogs
from constructs_lib.network.existing_vpc import ExistingEndpoint, ExistingVpc
from constructs_lib.network.security_groups import AddressRange, PrefixList, SecurityGroup

if TYPE_CHECKING:
    from constructs_lib.alarms.alarms import AlarmOptions
    from constructs_lib.compute.triggers import options as triggers

URL_DESCRIPTIONS = {
    "internal": "The internal load balancer; ports are the workloads' own",
    "public": "Where the internet finds the public-facing workloads",
}


def code(function: Function, project_root: Path) -> ZipCode | ImageCode:
    """What the function runs."""
    if function.image:
        return ImageCode(literal(function.image))
    return ZipCode(project_root / (function.source or ""), function.handler, function.runtime)


def statements(workload: Workload, project_root: Path) -> list[dict[str, Any]]:
    """What the workload's code is granted."""
    return [
        literal(in_order(statement))
        for policy in workload.policies
        for statement in statements_of(policy, field="policies", project_root=project_root)
    ]


def options(function: Function, timeout_s: int) -> FunctionOptions:
    """How the function runs."""
    return FunctionOptions(
        architecture=function.architecture,
        memory_mb=function.memory_mb,
        timeout_s=timeout_s,
        ephemeral_storage_mb=function.ephemeral_storage_mb,
        layers=function.layers,
        tracing=function.tracing,
        reserved_concurrency=function.reserved_concurrency,
        provisioned_concurrency=function.provisioned_concurrency,
        kms_key_arn=function.kms_key_arn,
        log_retention_days=function.log_retention_days,
    )


def trigger(settings: Trigger) -> triggers.Trigger:
    """What invokes the function."""
    found = options_of(settings)
    free = ("pattern", "input", "filter", "prefix", "suffix")
    return replace(found, **{name: literal(getattr(found, name)) for name in free if hasattr(found, name)})


def alarm_options(environment: Environment, alarms: Alarms) -> AlarmOptions:
    """Who hears of an alarm, and when."""
    from constructs_lib.alarms.alarms import AlarmOptions  # most environments have none

    return AlarmOptions(
        topic_arn=alarms.topic_arn,
        email=alarms.email,
        kms_key_arn=alarms.kms_key_arn,
        notify=alarms.notify,
        thresholds=alarms.thresholds,
        concurrent_executions=environment.quotas.lambda_concurrent_executions,
    )


def container(service: Service) -> Container:
    """What the service runs."""
    return Container(
        image=literal(service.image),
        container_port=service.container_port,
        cpu=service.cpu,
        memory_mb=service.memory_mb,
        architecture=service.architecture,
        environment=literal(service.environment),
        secrets=service.secrets,
        read_only_root_filesystem=service.read_only_root_filesystem,
        user=service.user,
    )


def autoscaling(service: Service) -> Autoscaling | None:
    """The bounds and goals of the service's number of tasks."""
    settings = service.autoscaling
    if settings is None:
        return None
    return Autoscaling(
        min_count=settings.min_count,
        max_count=settings.max_count,
        cpu_percent=settings.cpu_percent,
        requests_per_target=settings.requests_per_target,
    )


def access_logs(settings: LoadBalancerSettings) -> AccessLogs | None:
    """The bucket of a load balancer's access logs, if one is to be made."""
    if not settings.access_logs:
        return None
    return AccessLogs(settings.access_logs_days, settings.access_logs_when_removed)


def egress_target(label: str, egress: Egress) -> SecurityGroup | AddressRange | PrefixList:
    """What an entry of ``egress`` opens the way to."""
    if egress.security_group_id:
        return SecurityGroup(label, egress.security_group_id)
    if egress.cidr:
        return AddressRange(label, egress.cidr)
    return PrefixList(label, egress.prefix_list_id or "")


def endpoint_policies(environment: Environment, project_root: Path) -> dict[str, dict[str, Any]]:
    """What endpoints let through, as far as the file says more than the default."""
    found: dict[str, dict[str, Any]] = {}
    wanted = environment.network.endpoints
    for name in wanted.interface:
        short = endpoint_short_name(name, environment.region)
        found |= _policy(
            f"interface {short}", short, policy_word(environment, short, "interface"), project_root
        )
    for name in wanted.gateway:
        short = endpoint_short_name(name, environment.region)
        word = policy_word(environment, short, "gateway")
        found |= _policy(f"gateway {short}", short, word, project_root)
    return found


def _policy(key: str, short: str, word: str, project_root: Path) -> dict[str, dict[str, Any]]:
    if word == ACCOUNT_ALONE:
        return {}
    if word != FULL:
        return {key: literal(policy_file(word, project_root))}
    return {key: full_endpoint_policy()} if short in OF_THE_ACCOUNT | FOR_ITS_PRINCIPALS else {}


def admitted_groups(environment: Environment) -> dict[str, str]:
    """Callers in an existing VPC, which resolve names to our endpoints: their groups by name, each once."""
    if environment.network.existing is None:
        return {}
    by_id = {one.security_group_id: name for name, one in reversed([*environment.callers.items()])}
    return {name: group_id for group_id, name in by_id.items()}


def roles(environment: Environment) -> RoleOptions:
    """What every role gets."""
    return RoleOptions(environment.iam.permissions_boundary_arn, environment.iam.path)


def existing_vpc(environment: Environment) -> ExistingVpc | None:
    """The VPC that exists already, if the environment lives in one."""
    found = environment.network.existing
    if found is None:
        return None
    return ExistingVpc(
        vpc_id=found.vpc_id,
        own_tags=environment.own_tags,
        internet_gateway_id=found.internet_gateway_id,
        public_subnet_ids=found.public_subnet_ids,
        nat_gateway_ids=found.nat_gateway_ids,
        endpoints={
            short: ExistingEndpoint(endpoint.security_group_id, endpoint.gateway_endpoint_id)
            for short, endpoint in environment.existing_endpoints.items()
        },
    )
