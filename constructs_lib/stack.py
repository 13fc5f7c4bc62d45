"""One environment as one Terraform stack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from constructs_lib import stack_inputs
from constructs_lib.bindings import Construct, TerraformOutput, TerraformStack, addresses_in, literal
from constructs_lib.compute.cluster import Cluster
from constructs_lib.compute.fargate_service import FargateService
from constructs_lib.compute.lambda_function import LambdaFunction
from constructs_lib.compute.repository import Repository
from constructs_lib.environment import Environment, Function, Service, Workload, subnet_plan
from constructs_lib.environment.endpoint_policies import named_accounts
from constructs_lib.environment.extension import extend
from constructs_lib.environment.load_balancers import (
    caller_ports,
    hosts_in_zone,
    idle_timeout_s,
    issues_certificate,
    listener_ports,
    named_certificates,
    on_shared_listener,
    redirects_to_https,
)
from constructs_lib.environment.service_start import reaches_internet
from constructs_lib.environment.timeouts import timeouts_s
from constructs_lib.figures.changes.moved import moved_blocks
from constructs_lib.figures.internet import HTTPS
from constructs_lib.load_balancing.application_load_balancer import (
    ApplicationLoadBalancer,
    Callee,
)
from constructs_lib.load_balancing.certificate import Certificate
from constructs_lib.load_balancing.target import HealthCheck, Target
from constructs_lib.names import host_label
from constructs_lib.network.endpoints import Endpoints
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import INTERNET, SecurityGroup, allow
from constructs_lib.provider import use_aws
from constructs_lib.state.backend import use_state

if TYPE_CHECKING:
    from constructs_lib.alarms.alarms import Alarms

Exposure = Literal["internal", "public"]
EXPOSURES: tuple[Exposure, ...] = ("internal", "public")


class EnvironmentStack(TerraformStack):
    """Everything that an environment file describes.

    environment: as ``load_environment`` returns it, which has checked it; the Python file beside its file
    adds its resources last. project_root: the folder that the environment's paths are relative to.

    Attributes, each as far as the file has it: ``network``, ``endpoints``, ``load_balancers`` by exposure,
    ``functions``, ``services``, both as ``workloads``, and ``repositories`` by name, ``alarms``.
    """

    def __init__(self, scope: Construct, id_: str, *, environment: Environment, project_root: Path) -> None:
        super().__init__(scope, id_)
        self._environment = environment
        self._project_root = project_root
        self._timeouts_s = timeouts_s(environment)
        self._configure_terraform()
        self.network = self._create_network()
        self.endpoints = self._create_endpoints()
        self.load_balancers = self._create_load_balancers()
        self.functions = self._create_functions()
        self._add_triggers()
        self.services = self._create_services()
        self.workloads: dict[str, Target] = {**self.functions, **self.services}
        self.repositories = self._create_repositories()
        self._serve()
        self._admit_callers()
        self._open_egress()
        for load_balancer in self.load_balancers.values():
            load_balancer.admit_when_ready()
        self.alarms = self._watch()
        self._export()
        if environment.extension:
            extend(self, environment.extension, project_root=project_root)
        self._move()

    @property
    def environment(self) -> Environment:
        """What it was made from."""
        return self._environment

    def _move(self) -> None:
        """Say which of its addresses an older release had by other names."""
        if moved := moved_blocks(addresses_in(self)):
            self.add_override("moved", moved)

    def _configure_terraform(self) -> None:
        environment = self._environment
        use_aws(self, environment=environment, region=environment.region, tags=environment.own_tags)
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
            existing=stack_inputs.existing_vpc(self._environment),
            roles=stack_inputs.roles(self._environment),
            log_key_arn=self._environment.logs.kms_key_arn,
        )

    def _create_endpoints(self) -> Endpoints:
        settings = self._environment.network.endpoints
        return Endpoints(
            self,
            "endpoints",
            network=self.network,
            interface=settings.interface,
            gateway=settings.gateway,
            admit_blocks=self._environment.vpc_blocks if self._environment.endpoints_admit_vpc else (),
            admit_groups=stack_inputs.admitted_groups(self._environment),
            policies=stack_inputs.endpoint_policies(self._environment, self._project_root),
            other_accounts=named_accounts(self._environment, self._project_root),
        )

    def _create_load_balancers(self) -> dict[str, ApplicationLoadBalancer]:
        """Create the load balancers that a workload needs, with the listeners that routes share."""
        made: dict[str, ApplicationLoadBalancer] = {}
        for exposure in EXPOSURES:
            if self._environment.exposed(exposure):
                made[exposure] = self._create_load_balancer(exposure)
            if on_shared_listener(self._environment, exposure):
                made[exposure].add_shared_listener(self._environment.default_port(exposure))
        if "public" in made:
            self._open_to_the_internet(made["public"])
        return made

    def _create_load_balancer(self, exposure: Exposure) -> ApplicationLoadBalancer:
        settings = getattr(self._environment.load_balancers, exposure)
        certificate_arns = named_certificates(self._environment, exposure)
        issued = self._issue_certificates(exposure)
        made = ApplicationLoadBalancer(
            self,
            exposure,
            name=f"{self._environment.name_prefix}-{exposure}",
            network=self.network,
            exposure=exposure,
            certificate_arns=[issued[settings.domain].arn] if issued else certificate_arns,
            domain=settings.domain,
            zone_id=settings.zone_id,
            idle_timeout_s=idle_timeout_s(self._environment, exposure),
            deletion_protection=settings.deletion_protection,
            access_logs=stack_inputs.access_logs(settings),
            access_logs_bucket=settings.access_logs_bucket,
            web_acl_arn=settings.web_acl_arn if exposure == "public" else None,
            tls_policy=settings.tls_policy,
            hsts_max_age_s=settings.hsts_max_age_s,
        )
        for host, certificate in issued.items():
            if host != settings.domain:
                made.add_certificate(host_label(host), certificate.arn)
        for host in hosts_in_zone(self._environment) if exposure == "public" else ():
            made.add_name(host, settings.zone_id)
        return made

    def _issue_certificates(self, exposure: Exposure) -> dict[str, Certificate]:
        """Have certificates issued for the load balancer's domain and, each its own, the workloads' hosts."""
        settings = self._environment.load_balancers.public
        if not issues_certificate(self._environment, exposure) or not (settings.domain and settings.zone_id):
            return {}
        labels = {host: host_label(host) for host in hosts_in_zone(self._environment)}
        return {
            name: Certificate(self, f"certificate_{label}", domain=name, zone_id=settings.zone_id)
            for name, label in {settings.domain: "public", **labels}.items()
        }

    def _open_to_the_internet(self, load_balancer: ApplicationLoadBalancer) -> None:
        if redirects_to_https(self._environment):
            load_balancer.redirect_to_https()
        for port in sorted(listener_ports(self._environment, "public")):
            load_balancer.admit_addresses(self._environment.load_balancers.public.allowed_cidrs, port=port)

    def _create_functions(self) -> dict[str, LambdaFunction]:
        return {name: self._create_function(name, f) for name, f in self._environment.functions.items()}

    def _create_function(self, name: str, function: Function) -> LambdaFunction:
        return LambdaFunction(
            self,
            name,
            name=f"{self._environment.name_prefix}-{name}",
            network=self.network,
            endpoints=self.endpoints,
            code=stack_inputs.code(function, self._project_root),
            environment=literal(function.environment),
            calls=self._callees(function),
            callee_urls=function.callee_urls,
            secrets=function.secrets,
            policies=stack_inputs.statements(function, self._project_root),
            health_check=HealthCheck(function.health_check_path) if function.health_check_path else None,
            options=stack_inputs.options(function, self._timeouts_s[name]),
            roles=stack_inputs.roles(self._environment),
            log_key_arn=self._environment.logs.kms_key_arn,
        )

    def _add_triggers(self) -> None:
        for name, function in self._environment.functions.items():
            for label, trigger in function.triggers.items():
                self.functions[name].trigger(label, stack_inputs.trigger(trigger))

    def _create_services(self) -> dict[str, FargateService]:
        services = self._environment.services
        if not services:
            return {}
        cluster = Cluster(self, "ecs_cluster", name=self._environment.name_prefix)
        return {name: self._create_service(name, service, cluster) for name, service in services.items()}

    def _create_service(self, name: str, service: Service, cluster: Cluster) -> FargateService:
        return FargateService(
            self,
            name,
            name=f"{self._environment.name_prefix}-{name}",
            network=self.network,
            endpoints=self.endpoints,
            cluster=cluster,
            container=stack_inputs.container(service),
            calls=self._callees(service),
            callee_urls=service.callee_urls,
            policies=stack_inputs.statements(service, self._project_root),
            desired_count=service.first_count,
            autoscaling=stack_inputs.autoscaling(service),
            health_check=HealthCheck(service.health_check_path),
            log_retention_days=service.log_retention_days,
            roles=stack_inputs.roles(self._environment),
            log_key_arn=self._environment.logs.kms_key_arn,
        )

    def _create_repositories(self) -> dict[str, Repository]:
        """Create the image repositories; their names can't be taken by workloads: those have no ``_``."""
        prefix = self._environment.name_prefix
        return {
            name: Repository(
                self, f"repository_{name}", name=f"{prefix}/{name}", keep_images=settings.keep_images
            )
            for name, settings in self._environment.repositories.items()
        }

    def _callees(self, workload: Workload) -> list[Callee]:
        return [
            self.load_balancers["internal"].callee(name, port=self._environment.listener_port(name))
            for name in workload.calls
        ]

    def _serve(self) -> None:
        for name, target in self.workloads.items():
            workload = self._environment.workloads[name]
            if workload.exposure == "none":
                continue
            load_balancer = self.load_balancers[workload.exposure]
            port = self._environment.listener_port(name)
            if workload.is_routed:
                load_balancer.route(
                    target,
                    paths=workload.paths,
                    port=port,
                    priority=workload.priority,
                    hosts=workload.hosts,
                )
            else:
                load_balancer.serve(target, port=port)

    def _admit_callers(self) -> None:
        for name, caller in self._environment.callers.items():
            group = SecurityGroup(name, caller.security_group_id)
            for port in caller_ports(self._environment, name):
                allow(group, self.load_balancers["internal"], port)

    def _open_egress(self) -> None:
        for name, workload in self._environment.workloads.items():
            if reaches_internet(self._environment, name):
                allow(self.workloads[name], INTERNET, HTTPS)
            for label, egress in workload.egress.items():
                allow(self.workloads[name], stack_inputs.egress_target(label, egress), egress.port)

    def _watch(self) -> Alarms | None:
        """Create the alarms, where there are any; no workload has an id with ``_``."""
        if self._environment.alarms is None:
            return None
        from constructs_lib.alarms.alarms import Alarms  # most environments have none

        return Alarms(
            self,
            "cloudwatch_alarms",
            name=self._environment.name_prefix,
            network=self.network,
            load_balancers=[*self.load_balancers.values()],
            functions=[*self.functions.values()],
            services=[*self.services.values()],
            options=stack_inputs.alarm_options(self._environment, self._environment.alarms),
        )

    def _export(self) -> None:
        for name, load_balancer in self.load_balancers.items():
            url = f"{load_balancer.scheme}://{load_balancer.host}"
            self._output(f"{name}_url", url, stack_inputs.URL_DESCRIPTIONS[name])
            arn = f"{name}_load_balancer_arn"
            self._output(arn, load_balancer.arn, f"ARN of the {name} load balancer, for a web ACL or alarms")
        names = {name: function.name for name, function in self.functions.items()}
        self._output("function_names", names, "Physical names of the functions")
        urls = {
            f"{f}.{label}": url for f, one in self.functions.items() for label, url in one.queue_urls.items()
        }
        if urls:
            self._output("queue_urls", urls, "Where messages for the functions are sent to")
        if self.services:
            services = {name: service.name for name, service in self.services.items()}
            self._output("service_names", services, "Physical names of the ECS services")
        if self.repositories:
            urls = {name: repository.url for name, repository in self.repositories.items()}
            self._output("repository_urls", urls, "Where images are pushed to")
        if self.alarms:
            self._output("alarm_topic_arn", self.alarms.topic_arn, "Topic that alarms write to")
        private, public = self.network.private_subnet_ids, self.network.public_subnet_ids
        self._output("private_subnet_ids", private, "Private subnets by availability zone")
        self._output("public_subnet_ids", public, "Public subnets by availability zone")

    def _output(self, name: str, value: object, description: str) -> None:
        output = TerraformOutput(self, f"output_{name}", value=value, description=description)
        output.override_logical_id(name)
