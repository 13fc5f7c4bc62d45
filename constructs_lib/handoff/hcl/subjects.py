"""Which file and which group of it each resource belongs to, by its type, its name and what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from constructs_lib.terraform_json import Document

NETWORK, LOAD_BALANCERS, FUNCTIONS = "network", "load_balancers", "functions"
SERVICES, ENDPOINTS, ALARMS = "services", "endpoints", "alarms"
OTHERS, VERSIONS = "others", "versions"
FILES = (VERSIONS, NETWORK, LOAD_BALANCERS, FUNCTIONS, SERVICES, ENDPOINTS, ALARMS, OTHERS)

_NETWORK_TYPES = (
    "data.aws_vpc",
    "data.aws_internet_gateway",
    "data.aws_subnets",
    "data.aws_subnet",
    "data.aws_nat_gateway",
    "aws_vpc",
    "aws_default_security_group",
    "aws_flow_log",
    "aws_internet_gateway",
    "aws_subnet",
    "aws_route_table",
    "aws_route_table_association",
    "aws_eip",
    "aws_nat_gateway",
    "aws_route",
)
_LOAD_BALANCER_TYPES = (
    "aws_acm_certificate",
    "aws_route53_record",
    "aws_acm_certificate_validation",
    "aws_s3_bucket",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_policy",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_listener_certificate",
    "aws_wafv2_web_acl_association",
)
_FUNCTION_TYPES = (
    "aws_lambda_function",
    "aws_lambda_alias",
    "aws_lambda_provisioned_concurrency_config",
    "aws_lambda_permission",
)
_SERVICE_TYPES = (
    "aws_ecr_repository",
    "aws_ecr_lifecycle_policy",
    "aws_ecs_cluster",
    "aws_ecs_task_definition",
    "aws_ecs_service",
    "aws_appautoscaling_target",
    "aws_appautoscaling_policy",
)
_ENDPOINT_TYPES = (
    "data.aws_vpc_endpoint",
    "aws_vpc_endpoint",
    "aws_vpc_endpoint_subnet_association",
    "aws_vpc_endpoint_route_table_association",
)
_ALARM_TYPES = (
    "aws_kms_key",
    "aws_kms_alias",
    "aws_sns_topic",
    "aws_sns_topic_policy",
    "aws_sns_topic_subscription",
    "aws_cloudwatch_metric_alarm",
    "aws_cloudwatch_composite_alarm",
    "aws_cloudwatch_dashboard",
)
_BUCKET = "aws_s3_bucket"
_IDENTITY_TYPES = ("data.aws_caller_identity", "data.aws_partition", "data.aws_region")
_FILE_OF = {
    **dict.fromkeys(_NETWORK_TYPES, NETWORK),
    **dict.fromkeys(_LOAD_BALANCER_TYPES, LOAD_BALANCERS),
    **dict.fromkeys(_FUNCTION_TYPES, FUNCTIONS),
    **dict.fromkeys(_SERVICE_TYPES, SERVICES),
    **dict.fromkeys(_ENDPOINT_TYPES, ENDPOINTS),
    **dict.fromkeys(_ALARM_TYPES, ALARMS),
    **dict.fromkeys(_IDENTITY_TYPES, VERSIONS),
}
_DECIDING = ("security_group_id", "action", "target_group_arn", "resource_id")
# In front of what uses them, and behind it.
_BEFORE = (
    "aws_security_group",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_cloudwatch_log_group",
    "aws_iam_role",
    "aws_iam_role_policy",
)
_AFTER = (
    "aws_lb_target_group",
    "aws_lambda_permission",
    "aws_lb_target_group_attachment",
    "aws_ecs_service",
    "aws_lb_listener_rule",
    "aws_appautoscaling_target",
    "aws_appautoscaling_policy",
)
_ORDER = {
    name: at
    for at, name in enumerate(
        (
            *(name for name in _NETWORK_TYPES if name.startswith("data.")),
            "aws_vpc",
            *_BEFORE,
            *(name for name in _FILE_OF if name not in _AFTER),
            *_AFTER,
        )
    )
}


@dataclass(frozen=True, order=True)
class Group:
    """What stands together. file: one of FILES. rank: its place in the file. name: of what it is."""

    file: str
    rank: int
    name: str


class Subjects:
    """The groups of one document. workloads: their names, in the order in which they shall stand."""

    def __init__(self, document: Document, workloads: Sequence[str] = ()) -> None:
        self._document = document
        self._place = {name: place for place, name in enumerate(workloads)}
        labels = {kind: [*document.bodies_of(kind)] for kind in _FILE_OF}
        self._functions = labels["aws_lambda_function"]
        self._services = labels["aws_ecs_service"]
        self._balancers = sorted(labels["aws_lb"], reverse=True)
        self._known: dict[str, Group] = {}

    def grouped(self, addresses: list[str]) -> dict[Group, list[str]]:
        """Return addresses by their group, groups and addresses in the order in which they are read."""
        found: dict[Group, list[str]] = {}
        for address in addresses:
            found.setdefault(self.group_of(address), []).append(address)
        place = {address: at for at, address in enumerate(addresses)}
        return {
            group: sorted(found[group], key=lambda address: (self._rank(group, address), place[address]))
            for group in sorted(found, key=lambda group: (FILES.index(group.file), group.rank, group.name))
        }

    def group_of(self, address: str) -> Group:
        """Return the group of a resource or a data source."""
        if address not in self._known:
            self._known[address] = Group(OTHERS, 0, "others")
            self._known[address] = self._found(address)
        return self._known[address]

    def _found(self, address: str) -> Group:
        one = self._document.declared[address]
        file = _FILE_OF.get(one.type)
        if file == NETWORK:
            return _network_group(one.type, one.label)
        if file == VERSIONS:
            return Group(VERSIONS, 0, "identity")
        if file == ALARMS and "_trigger_" not in one.label:
            return Group(ALARMS, 0, "alarms")
        if file == ENDPOINTS:
            return Group(ENDPOINTS, 1, "endpoints")
        if file == LOAD_BALANCERS:
            named = self._named(one.label, self._balancers)
            if named is None and one.type.startswith(_BUCKET):
                return self._shared(address, None)
            return self._balancer(named or "public")
        by_name = None if "security_group_" in one.type else self._workload(one.label)
        return by_name or self._by_reference(address, _DECIDING) or self._shared(address, file)

    def _by_reference(self, address: str, arguments: Iterable[str]) -> Group | None:
        """Find the group of what these arguments refer to, but the VPC, in which everything is."""
        body, declared = self._document.declared[address].body, self._document.declared
        texts = "".join(str(body.get(name, "")) for name in arguments)
        named = sorted(self._document.references.direct(address))
        groups = [self.group_of(other) for other in named if other in declared and f"{other}." in texts]
        found = [group for group in groups if group.file not in (OTHERS, VERSIONS, NETWORK)]
        return found[0] if found else None

    def _shared(self, address: str, file: str | None) -> Group:
        """Find the group of what several workloads use, or none."""
        one = self._document.declared[address]
        if file == SERVICES:
            return Group(SERVICES, 0, "cluster")
        if one.label.startswith("endpoint"):
            return Group(ENDPOINTS, 0, "security groups")
        if one.label == NETWORK or one.label.startswith(f"{NETWORK}_"):
            return Group(NETWORK, 5, "flow logs")
        return self._by_reference(address, one.body) or Group(OTHERS, 0, "others")

    def _workload(self, label: str) -> Group | None:
        """Find whose a name is: ``inventory``, ``internal_inventory``, ``inventory_own``."""
        names = [*self._functions, *self._services]
        prefixes = (*self._balancers, "repository")
        for name in names:
            if label == name or any(label == f"{prefix}_{name}" for prefix in prefixes):
                return self._of_workload(name)
        if label in self._balancers:
            return self._balancer(label)
        longest = self._named(label, sorted(names, key=len, reverse=True))
        return self._of_workload(longest) if longest else None

    def _of_workload(self, name: str) -> Group:
        file = FUNCTIONS if name in self._functions else SERVICES
        return Group(file, 1 + self._place.get(name, len(self._place)), name)

    def _balancer(self, name: str) -> Group:
        return Group(LOAD_BALANCERS, 0 if name == "public" else 1, name)

    def _named(self, label: str, names: list[str]) -> str | None:
        starts = [n for n in names if label == n or label.startswith(f"{n}_") or label.endswith(f"_{n}")]
        return starts[0] if starts else None

    def _rank(self, group: Group, address: str) -> tuple[int, str]:
        one = self._document.declared[address]
        zone = one.label.rpartition("_")[2] if group.name == "nat" else ""
        return _ORDER.get(one.type, len(_ORDER)), zone


def _network_group(type_name: str, label: str) -> Group:
    if type_name == "aws_flow_log":
        return Group(NETWORK, 5, "flow logs")
    if type_name in ("aws_eip", "aws_nat_gateway", "data.aws_nat_gateway"):
        return Group(NETWORK, 2, "nat")
    for rank, tier in ((1, "public"), (3, "private"), (4, "internal_load_balancer")):
        if label.startswith(f"network_{tier}"):
            return Group(NETWORK, rank, tier)
    return Group(NETWORK, 0, "vpc")
