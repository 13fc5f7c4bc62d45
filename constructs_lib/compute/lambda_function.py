"""A Lambda function in private subnets, with what it needs and nothing more."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from constructs_lib.bindings import (
    Construct,
    TerraformResource,
    TerraformResourceLifecycle,
    address_of,
    aws,
    literal,
    zip_asset,
)
from constructs_lib.compute.account import account_of
from constructs_lib.compute.iam import assume_role_policy, function_policy
from constructs_lib.compute.package import build_package
from constructs_lib.load_balancing.callee import Callee
from constructs_lib.load_balancing.target import HealthCheck, TargetGroup
from constructs_lib.names import physical_name
from constructs_lib.network.endpoints import Endpoints
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import allow, create_security_group

ALIAS = "live"


class LambdaFunction(Construct):
    """A function from a folder of source code, published as a version behind the alias ``live``.

    name: the physical name, cut to Lambda's 64 characters. source: the folder; its bytes become a zip that is
    the same on any machine. handler: ``module.function``. timeout_s: 1 to 900. memory_mb: 128 to 10240.
    calls: what it may call; each gives it egress to the load balancer's port and ``<NAME>_URL``.
    endpoints: the VPC endpoints that it reaches. The id is the workload's name: it names routes and rules.

    Raises:
        ConfigError: the folder can't be packaged.
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
        source: Path,
        endpoints: Endpoints | None = None,
        handler: str = "handler.handler",
        runtime: str = "python3.13",
        architecture: Literal["arm64", "x86_64"] = "arm64",
        memory_mb: int = 256,
        timeout_s: int = 10,
        environment: Mapping[str, str] | None = None,
        calls: Sequence[Callee] = (),
        log_retention_days: int = 30,
        health_check: HealthCheck | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.workload = id_
        self.health_check = health_check
        self.name = physical_name(name, limit=64)
        self.timeout_s = timeout_s
        self._address = address_of(self)
        self._network = network
        self.security_group = create_security_group(
            self, name=name, description=f"Lambda function {id_}", vpc_id=network.vpc_id
        )
        self._create_log_group(log_retention_days)
        self._create_role()
        package = _Package(source, field=f"{id_}.source")
        own = {key: literal(value) for key, value in (environment or {}).items()}
        variables = {**own, **{callee.variable: callee.url for callee in calls}}
        self.function = aws.LambdaFunction(
            self,
            "function",
            function_name=self.name,
            description=f"{id_}, reached through its alias {ALIAS}",
            role=self.role.arn,
            package_type="Zip",
            filename=zip_asset(self, package.path),
            source_code_hash=package.sha256,
            handler=handler,
            runtime=runtime,
            architectures=[architecture],
            memory_size=memory_mb,
            timeout=timeout_s,
            publish=True,
            environment=aws.LambdaFunctionEnvironment(variables=variables) if variables else None,
            vpc_config=aws.LambdaFunctionVpcConfig(
                subnet_ids=[*network.private_subnet_ids.values()],
                security_group_ids=[self.security_group.id, *([endpoints.clients.id] if endpoints else [])],
            ),
            replace_security_groups_on_destroy=True,
            depends_on=[self.log_group, self.role_policy],
        )
        self._address.give(self.function)
        self._create_alias()
        for load_balancer, port in dict.fromkeys((callee.load_balancer, callee.port) for callee in calls):
            allow(self, load_balancer, port)

    def _create_log_group(self, retention_days: int) -> None:
        group = aws.CloudwatchLogGroup(
            self, "log_group", name=f"/aws/lambda/{self.name}", retention_in_days=retention_days
        )
        self.log_group = self._address.give(group)

    def _create_role(self) -> None:
        account = account_of(self)
        function_arn = (
            f"arn:{account.partition}:lambda:{self._network.region}:{account.id}:function:{self.name}"
        )
        policy = function_policy(function_arn=function_arn, log_group_arn=self.log_group.arn)
        role = aws.IamRole(
            self,
            "role",
            name=self.name,
            assume_role_policy=json.dumps(assume_role_policy("lambda.amazonaws.com")),
        )
        self.role = self._address.give(role)
        role_policy = aws.IamRolePolicy(
            self, "role_policy", name=self.name, role=self.role.id, policy=json.dumps(policy)
        )
        self.role_policy = self._address.give(role_policy)

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

    def join(self, scope: Construct, group: TargetGroup) -> None:
        """Let a target group, whose construct is ``scope``, invoke the alias, and attach the alias to it.

        The permission exists before the attachment and as long as it; both follow a replaced target group,
        the new pair first.
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
            principal="elasticloadbalancing.amazonaws.com",
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
        address.give(attachment)

    def wait_for(self, listener: TerraformResource) -> None:
        """Do nothing: a function is invoked, whether or not its listener exists already."""


class _Package:
    """A zip in a temporary folder that lives as long as the process, until the synth has copied it."""

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def __init__(self, source: Path, *, field: str) -> None:
        content = build_package(source, field=field)
        digest = hashlib.sha256(content).digest()
        if _Package._folder is None:
            _Package._folder = tempfile.TemporaryDirectory(prefix="lambda-packages-")
        folder = Path(_Package._folder.name) / digest.hex()
        folder.mkdir(exist_ok=True)
        self.path = folder / f"{source.name}.zip"
        self.path.write_bytes(content)
        self.sha256 = base64.b64encode(digest).decode()
