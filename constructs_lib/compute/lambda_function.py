"""A Lambda function in private subnets, with what it needs and nothing more."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constructs_lib.bindings import (
    Construct,
    TerraformResource,
    TerraformResourceLifecycle,
    address_of,
    aws,
    json_text,
)
from constructs_lib.compute.function_code import ImageCode, ZipCode
from constructs_lib.compute.statements import Policy, known_problems, statements_of
from constructs_lib.compute.triggers.options import Trigger, problems_with_timeout
from constructs_lib.errors import Problem
from constructs_lib.figures import principals
from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.cloudwatch_logs import LOG_RETENTION_DAYS
from constructs_lib.figures.lambda_tables import (
    DEFAULT_EPHEMERAL_STORAGE_MB,
    EPHEMERAL_STORAGE_MB,
    FUNCTION_NAME_LENGTH,
    MEMORY_MB,
    RESERVED_VARIABLES,
    TIMEOUT_S,
    VARIABLE_NAME,
)
from constructs_lib.figures.quotas import ROLE_NAME_LENGTH
from constructs_lib.iam import RoleOptions, assume_role_policy, document, function_policy
from constructs_lib.load_balancing.application_load_balancer import Callee, callee_variables
from constructs_lib.load_balancing.target import HealthCheck, TargetGroup
from constructs_lib.names import CalleeUrls, physical_name, secret_arn_variable
from constructs_lib.network.account import account_of
from constructs_lib.network.endpoints import Endpoints
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import allow, create_security_group
from constructs_lib.option_checks import LAYER_ARN, SECRET_ARN, bounded, chosen, formed, named, refuse

if TYPE_CHECKING:
    from constructs_lib.compute.triggers.making import Made
    from constructs_lib.compute.triggers.queue import ConsumedQueue

ALIAS = "live"
_LABEL = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VARIABLE = re.compile(VARIABLE_NAME)


@dataclass(frozen=True)
class FunctionOptions:
    """How a function runs.

    ephemeral_storage_mb: size of /tmp. layers: ARNs of layer versions. tracing: whether X-Ray traces it.
    reserved_concurrency: most invocations at a time, of the account's; provisioned_concurrency:
    environments of ``live`` kept warm. kms_key_arn: encrypts the environment variables. log_retention_days:
    one of CloudWatch's values. Bounds are in `constructs_lib.figures.lambda_tables`.

    Raises:
        ConfigError: a value is out of its bounds.
    """

    architecture: Literal["arm64", "x86_64"] = "arm64"
    memory_mb: int = 256
    timeout_s: int = 10
    ephemeral_storage_mb: int = DEFAULT_EPHEMERAL_STORAGE_MB
    layers: Sequence[str] = ()
    tracing: bool = False
    reserved_concurrency: int | None = None
    provisioned_concurrency: int | None = None
    kms_key_arn: str | None = None
    log_retention_days: int = 30

    def __post_init__(self) -> None:
        most = Bounds(0, sys.maxsize)
        refuse(
            chosen("architecture", self.architecture, ("arm64", "x86_64")),
            bounded("memory_mb", self.memory_mb, MEMORY_MB),
            bounded("timeout_s", self.timeout_s, TIMEOUT_S),
            bounded("ephemeral_storage_mb", self.ephemeral_storage_mb, EPHEMERAL_STORAGE_MB),
            bounded("reserved_concurrency", self.reserved_concurrency, most),
            bounded("provisioned_concurrency", self.provisioned_concurrency, most),
            chosen("log_retention_days", self.log_retention_days, LOG_RETENTION_DAYS),
            *(formed(f"layers[{at}]", layer, LAYER_ARN) for at, layer in enumerate(self.layers)),
        )


class LambdaFunction(Construct):
    """A function, published as a version behind the alias ``live``.

    name: the physical name, cut to what Lambda takes; an image's ends with ``_image``.
    code: what it runs. endpoints: the VPC endpoints that it reaches. calls: what it may call; each gives it
    egress to the load balancer's port and ``<NAME>_URL``, or with callee_urls="json" all of them the one
    variable ``CALLEE_URLS``. secrets: ARNs of secrets and parameters that its
    code reads; each is in ``<NAME>_ARN``. policies: IAM statements, or files of IAM JSON, that its role is
    granted besides what every function needs; IAM's own variables are written ``$${aws:username}``.
    health_check: asked for by a load balancer in front of it; each check is an invocation. The id is the
    workload's name: it names routes and rules. roles: the account's rules for the role of the function.
    log_key_arn: KMS key of its log group.

    Attributes: ``function``, ``alias`` (which load balancers invoke), ``role`` and its ``role_policy``,
    ``log_group`` are resources. ``security_group``: what it is reached by and reaches others from. ``name``:
    as AWS has it; ``workload``: the id. ``options``, ``health_check``: as given. ``triggers``: what
    ``trigger`` made, by label, and ``queue_urls`` of its queues.

    Raises:
        ConfigError: the code can't be packaged, or the name, a variable or a statement can't be.
    """

    target_type: Literal["lambda", "ip"] = "lambda"
    target_port: int | None = None

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        network: Network,
        code: ZipCode | ImageCode,
        endpoints: Endpoints | None = None,
        environment: Mapping[str, str] | None = None,
        calls: Sequence[Callee] = (),
        callee_urls: CalleeUrls = "variables",
        secrets: Mapping[str, str] | None = None,
        policies: Sequence[Policy] = (),
        health_check: HealthCheck | None = None,
        options: FunctionOptions | None = None,
        roles: RoleOptions = RoleOptions(),  # noqa: B008 - it never changes
        log_key_arn: str | None = None,
    ) -> None:
        refuse(
            named("name", name),
            _variable_problems(environment or {}),
            *(formed(f"secrets.{key}", arn, SECRET_ARN) for key, arn in (secrets or {}).items()),
            known_problems(policies, field="policies"),
        )
        super().__init__(scope, id_)
        self.workload = id_
        self.name = physical_name(name, limit=FUNCTION_NAME_LENGTH - len(code.name_ending)) + code.name_ending
        self.health_check = health_check
        self._address = address_of(self)
        self._network = network
        self._name, self._roles = name, roles
        self.triggers: dict[str, Made] = {}
        self.options = options or FunctionOptions()
        self.security_group = create_security_group(
            self, name=name, description=f"Lambda function {id_}", vpc_id=network.vpc_id
        )
        self._create_log_group(log_key_arn)
        self._secrets = secrets or {}
        self._create_role(physical_name(name, limit=ROLE_NAME_LENGTH), roles)
        needed = [self.log_group, self.role_policy, *self._grant(policies), *network.private_ready]
        arns = {secret_arn_variable(secret): arn for secret, arn in self._secrets.items()}
        variables = {**(environment or {}), **arns, **callee_variables(calls, callee_urls)}
        groups = [self.security_group.id, *([endpoints.clients.id] if endpoints else [])]
        self._create_function(code, variables, groups, needed)
        self._create_alias()
        for load_balancer, port in dict.fromkeys((callee.load_balancer, callee.port) for callee in calls):
            allow(self, load_balancer, port)

    def _create_log_group(self, key_arn: str | None) -> None:
        group = aws.CloudwatchLogGroup(
            self,
            "log_group",
            name=f"/aws/lambda/{self.name}",
            retention_in_days=self.options.log_retention_days,
            kms_key_id=key_arn,
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        self.log_group = self._address.give(group)

    def _create_role(self, name: str, roles: RoleOptions) -> None:
        account = account_of(self)
        function_arn = (
            f"arn:{account.partition}:lambda:{self._network.region}:{account.id}:function:{self.name}"
        )
        policy = function_policy(
            function_arn=function_arn,
            log_group_arn=self.log_group.arn,
            kms_key_arn=self.options.kms_key_arn,
            tracing=self.options.tracing,
            secret_arns=sorted(set(self._secrets.values())),
        )
        trust = json_text(assume_role_policy(principals.LAMBDA, account=account.id))
        role = aws.IamRole(
            self,
            "role",
            name=name,
            assume_role_policy=trust,
            permissions_boundary=roles.permissions_boundary_arn,
            path=roles.path,
        )
        self.role = self._address.give(role)
        role_policy = aws.IamRolePolicy(
            self, "role_policy", name=name, role=self.role.id, policy=json_text(policy)
        )
        self.role_policy = self._address.give(role_policy)

    def _grant(self, policies: Sequence[Policy]) -> list[aws.IamRolePolicy]:
        """Grant what the user asks for in a policy of its own."""
        if not policies:
            return []
        text = json_text(document(*statements_of(policies, field="policies")))
        policy = aws.IamRolePolicy(
            self, "statements", name=f"{self.name}-own", role=self.role.id, policy=text
        )
        return [self._address.give(policy, "own")]

    def _create_function(
        self,
        code: ZipCode | ImageCode,
        variables: Mapping[str, str],
        security_group_ids: Sequence[str],
        needed: Sequence[TerraformResource],
    ) -> None:
        options = self.options
        storage = aws.LambdaFunctionEphemeralStorage(size=options.ephemeral_storage_mb)
        tracing = aws.LambdaFunctionTracingConfig(mode="Active" if options.tracing else "PassThrough")
        function = aws.LambdaFunction(
            self,
            "function",
            function_name=self.name,
            description=f"{self.workload}, reached through its alias {ALIAS}",
            role=self.role.arn,
            **code.arguments(
                self, architecture=options.architecture, field=f"functions.{self.workload}.source"
            ),
            architectures=[options.architecture],
            memory_size=options.memory_mb,
            timeout=options.timeout_s,
            ephemeral_storage=storage,
            layers=[*options.layers] or None,
            tracing_config=tracing,
            reserved_concurrent_executions=options.reserved_concurrency,
            kms_key_arn=options.kms_key_arn,
            publish=True,
            environment=aws.LambdaFunctionEnvironment(variables=variables) if variables else None,
            vpc_config=aws.LambdaFunctionVpcConfig(
                subnet_ids=[*self._network.private_subnet_ids.values()],
                security_group_ids=security_group_ids,
            ),
            replace_security_groups_on_destroy=True,
            depends_on=needed,
        )
        self.function = self._address.give(function)

    def _create_alias(self) -> None:
        alias = aws.LambdaAlias(
            self,
            "alias",
            name=ALIAS,
            description="What load balancers invoke",
            function_name=self.function.function_name,
            function_version=self.function.version,
        )
        self.alias = self._address.give(alias)
        if self.options.provisioned_concurrency:
            warm = aws.LambdaProvisionedConcurrencyConfig(
                self,
                "provisioned_concurrency",
                function_name=self.function.function_name,
                qualifier=self.alias.name,
                provisioned_concurrent_executions=self.options.provisioned_concurrency,
            )
            self._address.give(warm)

    def trigger(self, label: str, trigger: Trigger) -> Made:
        """Let a queue, a schedule, a rule, a bucket or a topic invoke the function, and return what is made.

        label: a name of yours for it, lower-case, with which addresses and names end.

        Raises:
            ConfigError: the label is no name or another trigger's, or messages would be hidden for less than
                the function may take.
        """
        refuse(self._label_problems(label), problems_with_timeout(trigger, self.options.timeout_s))
        from constructs_lib.compute.triggers.invoked import Invoked  # most functions have none
        from constructs_lib.compute.triggers.making import make_trigger

        invoked = Invoked(
            name=self._name,
            workload=self.workload,
            timeout_s=self.options.timeout_s,
            role=self.role,
            alias=self.alias,
            function=self.function,
            roles=self._roles,
        )
        self.triggers[label] = make_trigger(self, label=label, trigger=trigger, invoked=invoked)
        return self.triggers[label]

    def _label_problems(self, label: str) -> Iterator[Problem]:
        if not _LABEL.fullmatch(label):
            rule = "must be lower-case letters, digits and single hyphens, and begin with a letter"
            yield Problem("label", label, rule, 'write one like "orders"')
        elif label in self.triggers:
            yield Problem("label", label, "another trigger of the function has it", "choose another one")

    @property
    def queues(self) -> dict[str, ConsumedQueue]:
        """The queues that it consumes, by the labels of their triggers."""
        if not self.triggers:
            return {}
        from constructs_lib.compute.triggers.queue import ConsumedQueue

        return {label: one for label, one in self.triggers.items() if isinstance(one, ConsumedQueue)}

    @property
    def queue_urls(self) -> dict[str, str]:
        """The URLs of the queues that were made for it, by the labels of their triggers."""
        return {label: queue.url for label, queue in self.queues.items() if queue.url}

    def join(self, scope: Construct, group: TargetGroup) -> list[TerraformResource]:
        """Let a target group, whose construct is ``scope``, invoke the alias, and attach the alias to it.

        The permission exists before the attachment and as long as it; both follow a replaced target group,
        the new pair first. A listener or rule turns to the group after the attachment, which is returned.
        """
        address = address_of(scope)
        first = TerraformResourceLifecycle(create_before_destroy=True)
        permission = aws.LambdaPermission(
            scope,
            "permission",
            statement_id=f"invoke-from-{group.name}",
            action="lambda:InvokeFunction",
            function_name=self.function.function_name,
            qualifier=self.alias.name,
            principal=principals.LOAD_BALANCING,
            source_arn=group.arn,
            source_account=account_of(scope).id,
            lifecycle=first,
        )
        attachment = aws.LbTargetGroupAttachment(
            scope,
            "attachment",
            target_group_arn=group.arn,
            target_id=self.alias.arn,
            depends_on=[address.give(permission)],
            lifecycle=first,
        )
        return [address.give(attachment)]

    def wait_for(self, listener: TerraformResource) -> None:
        """Do nothing: a function is invoked, whether or not its listener exists already."""


def _variable_problems(variables: Mapping[str, str]) -> Iterator[Problem]:
    for name in variables:
        if name in RESERVED_VARIABLES:
            rule = "Lambda sets this variable itself"
            yield Problem(f"environment.{name}", name, rule, "choose another name, or remove it")
        elif not _VARIABLE.fullmatch(name):
            rule = "a variable's name is letters, digits and _, begins with a letter and has two or more"
            yield Problem(f"environment.{name}", name, rule, "choose a name like LOG_LEVEL")
