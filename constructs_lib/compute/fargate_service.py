"""An ECS service on Fargate in private subnets, with what it needs and nothing more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from constructs_lib.bindings import (
    Construct,
    TerraformResource,
    TerraformResourceLifecycle,
    address_of,
    aws,
    has_token,
    json_text,
    resolved,
)
from constructs_lib.compute.autoscaling import Autoscaling, scale
from constructs_lib.compute.cluster import Cluster
from constructs_lib.compute.images import parse_image
from constructs_lib.compute.statements import Policy, known_problems, statements_of
from constructs_lib.figures import principals
from constructs_lib.figures.cloudwatch_logs import LOG_RETENTION_DAYS
from constructs_lib.figures.containers.ecs import TASKS
from constructs_lib.figures.containers.fargate_sizes import check_fargate_size
from constructs_lib.figures.internet import PORT
from constructs_lib.figures.quotas import ROLE_NAME_LENGTH
from constructs_lib.iam import RoleOptions, assume_role_policy, document, execution_policy
from constructs_lib.load_balancing.application_load_balancer import Callee, callee_variables
from constructs_lib.load_balancing.target import HealthCheck, TargetGroup
from constructs_lib.names import CalleeUrls, physical_name
from constructs_lib.network.account import account_of
from constructs_lib.network.endpoints import Endpoints
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import allow, create_security_group
from constructs_lib.option_checks import SECRET_ARN, bounded, chosen, formed, named, refuse

HEALTH_CHECK_GRACE_S = 60
_REPOSITORY_URL = re.compile(r"\$\{((?:data\.)?aws_ecr_repository\.[\w-]+(?:\[[^\]]+\])?)\.repository_url\}")


@dataclass(frozen=True)
class Container:
    """What a task runs.

    image: reference, best with a digest; it may begin with the ``repository_url`` of a repository, which the
    service then may pull from. container_port: where it listens. cpu: in units, and memory_mb: a
    pair of `constructs_lib.figures.containers.fargate_sizes`. environment and secrets: variables, the latter
    by ARN of Secrets Manager or SSM. read_only_root_filesystem: whether it can write to volumes only.
    user: that it runs as, like ``1000:1000``; by default the image's own.
    """

    image: str
    container_port: int
    cpu: int = 256
    memory_mb: int = 512
    architecture: Literal["arm64", "x86_64"] = "x86_64"
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    read_only_root_filesystem: bool = True
    user: str | None = None

    def __post_init__(self) -> None:
        refuse(
            bounded("container.container_port", self.container_port, PORT),
            chosen("container.architecture", self.architecture, ("arm64", "x86_64")),
            check_fargate_size(self.cpu, self.memory_mb, field="container"),
            *(formed(f"container.secrets.{key}", arn, SECRET_ARN) for key, arn in self.secrets.items()),
        )


class FargateService(Construct):
    """A service of one container; its tasks live in the network's private subnets without public addresses.

    name: the physical name. calls: what it may call; each gives egress to the load balancer's port and
    ``<NAME>_URL``, or with callee_urls="json" all of them the one variable ``CALLEE_URLS``. policies: IAM
    statements, or files of IAM JSON, that its role is granted; it may do nothing without them. endpoints: the
    VPC endpoints that it reaches. The id is the workload's name: it names routes and rules. roles: the
    account's rules for the roles of the service. log_key_arn: KMS key of its log group.

    Attributes: ``service``, ``task_definition``, ``log_group``, ``role`` (of the code), ``execution_role``
    (by which ECS starts it) and its ``execution_policy`` are resources. ``security_group``: what it is
    reached by and reaches others from. ``name``: as AWS has it; ``workload``: the id. ``cluster``,
    ``health_check``: as given; ``target_port``: the container's.
    """

    target_type: Literal["lambda", "ip"] = "ip"

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        network: Network,
        cluster: Cluster,
        container: Container,
        endpoints: Endpoints | None = None,
        calls: Sequence[Callee] = (),
        callee_urls: CalleeUrls = "variables",
        policies: Sequence[Policy] = (),
        desired_count: int = 2,
        autoscaling: Autoscaling | None = None,
        health_check: HealthCheck | None = None,
        log_retention_days: int = 30,
        roles: RoleOptions = RoleOptions(),  # noqa: B008 - it never changes
        log_key_arn: str | None = None,
    ) -> None:
        refuse(
            named("name", name),
            bounded("desired_count", desired_count, TASKS),
            chosen("log_retention_days", log_retention_days, LOG_RETENTION_DAYS),
            known_problems(policies, field="policies"),
        )
        super().__init__(scope, id_)
        self.workload = id_
        self.name = physical_name(name, limit=ROLE_NAME_LENGTH)
        self._container = container
        self._callee_urls: CalleeUrls = callee_urls
        self.target_port: int | None = container.container_port
        self.health_check: HealthCheck | None = health_check or HealthCheck("/")
        self._address = address_of(self)
        self._network = network
        self.cluster = cluster
        self._autoscaling = autoscaling
        self.security_group = create_security_group(
            self, name=name, description=f"ECS service {id_}", vpc_id=network.vpc_id
        )
        group = aws.CloudwatchLogGroup(
            self,
            "log_group",
            name=f"/aws/ecs/{self.name}",
            retention_in_days=log_retention_days,
            kms_key_id=log_key_arn,
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        self.log_group = self._address.give(group)
        self._create_roles(roles)
        self._needed = [self.execution_policy, *self._grant(policies), *network.private_ready]
        self._create_task_definition(calls)
        self._create_service(desired_count, endpoints)
        for load_balancer, port in dict.fromkeys((callee.load_balancer, callee.port) for callee in calls):
            allow(self, load_balancer, port)

    def _create_roles(self, roles: RoleOptions) -> None:
        """Create the task's role and the one by which ECS starts the task."""
        trust = json_text(assume_role_policy(principals.ECS_TASKS, account=account_of(self).id))
        role = aws.IamRole(
            self,
            "role",
            name=self.name,
            assume_role_policy=trust,
            permissions_boundary=roles.permissions_boundary_arn,
            path=roles.path,
        )
        self.role = self._address.give(role)
        name = physical_name(self.name, "execution", limit=ROLE_NAME_LENGTH)
        execution = aws.IamRole(
            self,
            "execution_role",
            name=name,
            assume_role_policy=trust,
            permissions_boundary=roles.permissions_boundary_arn,
            path=roles.path,
        )
        self.execution_role = self._address.give(execution, "execution")
        started_by = execution_policy(
            log_group_arn=self.log_group.arn,
            repository_arn=self._repository_arn(),
            secret_arns=sorted({_secret_resource(arn) for arn in self._container.secrets.values()}),
        )
        policy = aws.IamRolePolicy(
            self, "execution_policy", name=name, role=self.execution_role.id, policy=json_text(started_by)
        )
        self.execution_policy = self._address.give(policy, "execution")

    def _grant(self, policies: Sequence[Policy]) -> list[aws.IamRolePolicy]:
        """Grant the task's role what the user asks for."""
        if not policies:
            return []
        text = json_text(document(*statements_of(policies, field="policies")))
        policy = aws.IamRolePolicy(self, "statements", name=self.name, role=self.role.id, policy=text)
        return [self._address.give(policy)]

    def _repository_arn(self) -> str | None:
        """The ECR repository that the image lies in; None of an image that lies elsewhere."""
        image = self._container.image
        if has_token(image):
            named = _REPOSITORY_URL.match(str(resolved(image, scope=self)))
            return f"${{{named[1]}.arn}}" if named else None
        parsed = parse_image(image)
        if not parsed or not parsed.private_ecr:
            return None
        where = f"{parsed.region}:{parsed.account}"
        return f"arn:{account_of(self).partition}:ecr:{where}:repository/{parsed.repository}"

    def _definition(self, calls: Sequence[Callee]) -> dict[str, object]:
        """The container as ECS's JSON has it."""
        container = self._container
        variables = {**container.environment, **callee_variables(calls, self._callee_urls)}
        return {
            "name": self.workload,
            "image": container.image,
            "essential": True,
            "portMappings": [{"containerPort": container.container_port, "protocol": "tcp"}],
            "readonlyRootFilesystem": container.read_only_root_filesystem,
            **({"user": container.user} if container.user else {}),
            **_pairs("environment", variables, "value"),
            **_pairs("secrets", container.secrets, "valueFrom"),
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": self.log_group.name,
                    "awslogs-region": self._network.region,
                    "awslogs-stream-prefix": self.workload,
                },
            },
        }

    def _create_task_definition(self, calls: Sequence[Callee]) -> None:
        container = self._container
        definition = aws.EcsTaskDefinition(
            self,
            "task_definition",
            family=self.name,
            cpu=str(container.cpu),
            memory=str(container.memory_mb),
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            runtime_platform=aws.EcsTaskDefinitionRuntimePlatform(
                cpu_architecture="ARM64" if container.architecture == "arm64" else "X86_64",
                operating_system_family="LINUX",
            ),
            execution_role_arn=self.execution_role.arn,
            task_role_arn=self.role.arn,
            container_definitions=json_text([self._definition(calls)]),
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        self.task_definition = self._address.give(definition)

    def _create_service(self, desired_count: int, endpoints: Endpoints | None) -> None:
        groups = [self.security_group.id, *([endpoints.clients.id] if endpoints else [])]
        service = aws.EcsService(
            self,
            "service",
            name=self.name,
            cluster=self.cluster.arn,
            task_definition=self.task_definition.arn,
            launch_type="FARGATE",
            desired_count=desired_count,
            network_configuration=aws.EcsServiceNetworkConfiguration(
                subnets=[*self._network.private_subnet_ids.values()],
                security_groups=groups,
                assign_public_ip=False,
            ),
            deployment_circuit_breaker=aws.EcsServiceDeploymentCircuitBreaker(enable=True, rollback=True),
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            depends_on=self._needed,
            lifecycle=(
                TerraformResourceLifecycle(ignore_changes=["desired_count"]) if self._autoscaling else None
            ),
        )
        self.service = self._address.give(service)
        self._after = [*map(_address, self._needed)]
        self._registrations: list[aws.EcsServiceLoadBalancer] = []
        if self._autoscaling:
            self._scalable = scale(
                self, service=self.service, cluster_name=self.cluster.name, settings=self._autoscaling
            )

    def join(self, scope: Construct, group: TargetGroup) -> list[TerraformResource]:
        """Register the tasks with a target group; ``scope`` is the target group's.

        A listener or rule has nothing to wait for: it is the service that waits for it.
        """
        self._registrations.append(
            aws.EcsServiceLoadBalancer(
                target_group_arn=group.arn,
                container_name=self.workload,
                container_port=self._container.container_port,
            )
        )
        self.service.put_load_balancer(self._registrations)
        self.service.health_check_grace_period_seconds = HEALTH_CHECK_GRACE_S
        if self._autoscaling:
            self._scalable.follow_requests(scope, group)
        return []

    def wait_for(self, listener: TerraformResource) -> None:
        """Be created after the listener: ECS refuses a target group that no load balancer has."""
        self._after.append(_address(listener))
        self.service.depends_on = self._after


def _pairs(what: str, values: Mapping[str, str], key: str) -> dict[str, list[dict[str, str]]]:
    """ECS's list of names and values, in the order in which AWS returns it: by name."""
    pairs = [{"name": name, key: values[name]} for name in sorted(values)]
    return {what: pairs} if pairs else {}


def _address(resource: TerraformResource) -> str:
    """The address as depends_on wants it; ``fqn`` is a token of an expression."""
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"


def _secret_resource(arn: str) -> str:
    """The secret's own ARN: a reference may go on with a JSON key and a version, ``arn:...:name:key::``."""
    if has_token(arn):
        return re.sub(r"^(\$\{[^}]*\})(?::[^:${}]*){3}$", r"\1", arn)
    parts = arn.split(":")
    return ":".join(parts[:7]) if parts[2:3] == ["secretsmanager"] else arn
