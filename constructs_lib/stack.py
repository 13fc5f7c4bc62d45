"""One environment as one Terraform stack."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.bindings import Construct, TerraformOutput, TerraformStack, aws, literal
from constructs_lib.compute.function_code import ZipCode
from constructs_lib.compute.lambda_function import FunctionOptions, LambdaFunction
from constructs_lib.environment import Environment, Function
from constructs_lib.environment.checks_network import subnet_plan
from constructs_lib.load_balancing.application_load_balancer import IDLE_TIMEOUT_S, ApplicationLoadBalancer
from constructs_lib.load_balancing.callee import Callee
from constructs_lib.network.endpoints import Endpoints
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import INTERNET, AddressRange, PrefixList, SecurityGroup, allow
from constructs_lib.state.backend import use_state

HTTPS = 443
# S3 locks without DynamoDB since this release.
REQUIRED_TERRAFORM = ">= 1.11"


class EnvironmentStack(TerraformStack):
    """Everything that an environment file describes.

    environment: as ``load_environment`` returns it, which has checked it. project_root: the folder that the
    environment's paths are relative to.
    """

    def __init__(self, scope: Construct, id_: str, *, environment: Environment, project_root: Path) -> None:
        super().__init__(scope, id_)
        self._environment = environment
        self._project_root = project_root
        self._configure_terraform()
        self.network = self._create_network()
        self.endpoints = self._create_endpoints()
        self.load_balancers = self._create_load_balancers()
        self.functions = self._create_functions()
        self._serve()
        self._admit_callers()
        self._open_egress()
        self._export()

    def _configure_terraform(self) -> None:
        environment = self._environment
        self.add_override("terraform.required_version", REQUIRED_TERRAFORM)
        tags = {
            **{key: literal(value) for key, value in environment.tags.items()},
            "Project": environment.project,
            "Environment": environment.environment,
            "ManagedBy": "terraform",
        }
        aws.AwsProvider(
            self,
            "aws",
            region=environment.region,
            allowed_account_ids=[environment.account_id] if environment.account_id else None,
            assume_role=(
                [aws.AwsProviderAssumeRole(role_arn=environment.assume_role_arn)]
                if environment.assume_role_arn
                else None
            ),
            default_tags=[aws.AwsProviderDefaultTags(tags=tags)],
        )
        use_state(
            self,
            state=environment.state,
            key=f"{environment.project}/{environment.environment}",
            region=environment.region,
        )

    def _create_network(self) -> Network:
        settings = self._environment.network
        return Network(
            self,
            "network",
            name=self._environment.name_prefix,
            region=self._environment.region,
            cidr=settings.cidr,
            plan=subnet_plan(self._environment),
            nat=settings.nat,
            nat_zone=settings.nat_zone,
            nat_eip_ids=settings.nat_eip_ids,
            flow_logs=settings.flow_logs,
        )

    def _create_endpoints(self) -> Endpoints:
        settings = self._environment.network.endpoints
        return Endpoints(
            self, "endpoints", network=self.network, interface=settings.interface, gateway=settings.gateway
        )

    def _create_load_balancers(self) -> dict[str, ApplicationLoadBalancer]:
        """Create the load balancers that a workload needs, with the listeners that routes share."""
        made = {}
        if self._exposed("internal"):
            made["internal"] = self._create_internal_load_balancer()
        if self._exposed("public"):
            made["public"] = self._create_public_load_balancer()
        return made

    def _create_internal_load_balancer(self) -> ApplicationLoadBalancer:
        settings = self._environment.load_balancers.internal
        load_balancer = ApplicationLoadBalancer(
            self,
            "internal",
            name=f"{self._environment.name_prefix}-internal",
            network=self.network,
            exposure="internal",
            idle_timeout_s=settings.idle_timeout_s or self._patience("internal"),
            deletion_protection=settings.deletion_protection,
            access_logs_bucket=settings.access_logs_bucket,
        )
        if any(function.paths for function in self._exposed("internal").values()):
            load_balancer.add_shared_listener(settings.port)
        return load_balancer

    def _create_public_load_balancer(self) -> ApplicationLoadBalancer:
        settings = self._environment.load_balancers.public
        load_balancer = ApplicationLoadBalancer(
            self,
            "public",
            name=f"{self._environment.name_prefix}-public",
            network=self.network,
            exposure="public",
            certificate_arn=settings.certificate_arn,
            idle_timeout_s=settings.idle_timeout_s or self._patience("public"),
            deletion_protection=settings.deletion_protection,
            access_logs_bucket=settings.access_logs_bucket,
        )
        ports = {self._environment.listener_port(name) for name in self._exposed("public")}
        for name, function in self._exposed("public").items():
            if function.paths:
                load_balancer.add_shared_listener(self._environment.listener_port(name))
                break
        if settings.certificate_arn and HTTPS in ports:
            load_balancer.redirect_to_https()
            ports.add(80)
        for port in sorted(ports):
            load_balancer.admit_addresses(settings.allowed_cidrs, port=port)
        return load_balancer

    def _exposed(self, exposure: str) -> dict[str, Function]:
        functions = self._environment.functions
        return {name: function for name, function in functions.items() if function.exposure == exposure}

    def _patience(self, exposure: str) -> int:
        """The idle timeout that no workload behind the load balancer exceeds, in seconds."""
        return max(IDLE_TIMEOUT_S, *(function.timeout_s for function in self._exposed(exposure).values()))

    def _create_functions(self) -> dict[str, LambdaFunction]:
        return {name: self._create_function(name, f) for name, f in self._environment.functions.items()}

    def _create_function(self, name: str, function: Function) -> LambdaFunction:
        return LambdaFunction(
            self,
            name,
            name=f"{self._environment.name_prefix}-{name}",
            network=self.network,
            endpoints=self.endpoints,
            code=ZipCode(self._project_root / function.source, function.handler, function.runtime),
            environment=function.environment,
            calls=[self._callee(callee) for callee in function.calls],
            options=FunctionOptions(
                architecture=function.architecture,
                memory_mb=function.memory_mb,
                timeout_s=function.timeout_s,
                log_retention_days=function.log_retention_days,
            ),
        )

    def _callee(self, name: str) -> Callee:
        return self.load_balancers["internal"].callee(name, port=self._environment.listener_port(name))

    def _serve(self) -> None:
        for name, function in self._environment.functions.items():
            if function.exposure == "none":
                continue
            load_balancer = self.load_balancers[function.exposure]
            port = self._environment.listener_port(name)
            target = self.functions[name]
            if function.paths:
                load_balancer.route(target, paths=function.paths, port=port, priority=function.priority)
            else:
                load_balancer.serve(target, port=port)

    def _admit_callers(self) -> None:
        for name, caller in self._environment.callers.items():
            group = SecurityGroup(name, caller.security_group_id)
            for port in sorted({self._environment.listener_port(callee) for callee in caller.calls}):
                allow(group, self.load_balancers["internal"], port)

    def _open_egress(self) -> None:
        for name, function in self._environment.functions.items():
            if function.internet:
                allow(self.functions[name], INTERNET, HTTPS)
            for label, egress in function.egress.items():
                target: SecurityGroup | AddressRange | PrefixList
                if egress.security_group_id:
                    target = SecurityGroup(label, egress.security_group_id)
                elif egress.cidr:
                    target = AddressRange(label, egress.cidr)
                else:
                    target = PrefixList(label, egress.prefix_list_id or "")
                allow(self.functions[name], target, egress.port)

    def _export(self) -> None:
        public, internal = self.load_balancers.get("public"), self.load_balancers.get("internal")
        if public:
            scheme = "https" if self._environment.load_balancers.public.certificate_arn else "http"
            self._output(
                "public_url",
                f"{scheme}://{public.dns_name}",
                "Where the internet finds the public-facing workloads",
            )
        if internal:
            self._output(
                "internal_url",
                f"http://{internal.dns_name}",
                "The internal load balancer; ports are the workloads' own",
            )
        self._output(
            "function_names",
            {n: f.name for n, f in self.functions.items()},
            "Physical names of the functions",
        )
        self._output(
            "private_subnet_ids", self.network.private_subnet_ids, "Private subnets by availability zone"
        )
        self._output(
            "public_subnet_ids", self.network.public_subnet_ids, "Public subnets by availability zone"
        )

    def _output(self, name: str, value: object, description: str) -> None:
        TerraformOutput(self, f"output_{name}", value=value, description=description).override_logical_id(
            name
        )
