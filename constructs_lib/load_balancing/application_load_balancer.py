"""An Application Load Balancer, internal or internet-facing, with its listeners and what it serves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from constructs_lib.bindings import (
    Construct,
    TerraformResource,
    TerraformResourceLifecycle,
    address_of,
    aws,
    has_token,
)
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.internet import ANYWHERE_IPV4, HTTP, HTTPS, PORT
from constructs_lib.figures.load_balancer import (
    DEFAULT_IDLE_TIMEOUT_S,
    HSTS_MAX_AGE_S,
    IDLE_TIMEOUT_S,
    TLS_POLICIES,
    TLS_POLICY,
)
from constructs_lib.load_balancing.access_logs import AccessLogs, create_log_bucket
from constructs_lib.load_balancing.listener_certificates import (
    ListenerCertificates,
    certificate_id,
    default_certificate_problems,
)
from constructs_lib.load_balancing.listener_rule import create_rule, route_of
from constructs_lib.load_balancing.log_bucket import log_bucket_problems
from constructs_lib.load_balancing.target import Target, TargetGroup
from constructs_lib.load_balancing.target_group import create_target_group
from constructs_lib.load_balancing.web_acl import web_acl_problems
from constructs_lib.names import (
    CALLEE_URLS,
    CalleeUrls,
    callee_url_variable,
    callee_urls_text,
    host_label,
    load_balancer_name,
)
from constructs_lib.network.network import Network
from constructs_lib.network.security_groups import AddressRange, allow, create_security_group
from constructs_lib.option_checks import CERTIFICATE_ARN, bounded, chosen, formed, named, refuse

_RULE = "aws_lb_listener_rule."
_Resource = TypeVar("_Resource", bound=TerraformResource)
NOT_FOUND = aws.LbListenerDefaultAction(
    type="fixed-response",
    fixed_response=aws.LbListenerDefaultActionFixedResponse(
        content_type="application/json", message_body='{"message":"not found"}', status_code="404"
    ),
)


class ApplicationLoadBalancer(Construct):
    """A load balancer; closed until a caller is allowed to reach one of its ports.

    name: the physical name, cut to what AWS takes. exposure: ``internal`` lives in the network's private
    tier, or the tier of its own; ``public`` in the public tier.
    certificate_arn: of ACM, in the network's region; with it every listener speaks HTTPS. certificate_arns:
    several instead, of which the first is the default and each other one serves the hosts that it covers.
    domain and zone_id: the name that clients use, which the certificate must cover, and its hosted zone in
    Route 53; the name becomes an alias of the load balancer.
    idle_timeout_s: within IDLE_TIMEOUT_S, not below the timeout of the slowest workload behind it.
    access_logs: a bucket that is made for its access logs; access_logs_bucket: the name of one that exists
    and admits the log delivery.
    web_acl_arn: of a regional web ACL of WAF in the same region and account; it filters before anybody is
    admitted.
    tls_policy: what HTTPS listeners speak. hsts_max_age_s: how long browsers ask for HTTPS alone.

    Attributes: ``load_balancer`` is the resource, with its ``arn``, ``arn_suffix`` (as CloudWatch names it)
    and ``dns_name``. ``security_group``: what it is reached by. ``scheme`` and ``host``: of its address, the
    domain where it has one. ``target_groups``: by the workload behind each. ``name``: as AWS has it;
    ``exposure``.

    Raises:
        ConfigError: one of these can't be.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        network: Network,
        exposure: Literal["internal", "public"],
        certificate_arn: str | None = None,
        certificate_arns: Sequence[str] = (),
        domain: str | None = None,
        zone_id: str | None = None,
        idle_timeout_s: int = DEFAULT_IDLE_TIMEOUT_S,
        deletion_protection: bool = False,
        access_logs: AccessLogs | None = None,
        access_logs_bucket: str | None = None,
        web_acl_arn: str | None = None,
        tls_policy: str = TLS_POLICY,
        hsts_max_age_s: int = HSTS_MAX_AGE_S,
    ) -> None:
        refuse(
            named("name", name),
            chosen("exposure", exposure, ("internal", "public")),
            bounded("idle_timeout_s", idle_timeout_s, IDLE_TIMEOUT_S),
            web_acl_problems("web_acl_arn", web_acl_arn, region=network.region),
            default_certificate_problems(certificate_arn, certificate_arns),
            formed("certificate_arn", certificate_arn, CERTIFICATE_ARN),
            *(
                formed(f"certificate_arns[{n}]", arn, CERTIFICATE_ARN)
                for n, arn in enumerate(certificate_arns)
            ),
            chosen("tls_policy", tls_policy, TLS_POLICIES),
            log_bucket_problems("access_logs", name, region=network.region, named_bucket=access_logs_bucket)
            if access_logs
            else (),
        )
        super().__init__(scope, id_)
        self.exposure = exposure
        self.name = load_balancer_name(name)
        self._long_name = name
        self._network = network
        certificates = [certificate_arn] if certificate_arn else [*certificate_arns]
        self._certificate_arn = certificates[0] if certificates else None
        self._certificates = ListenerCertificates(self)
        self._names: list[aws.Route53Record] = []
        self._tls_policy, self._hsts = tls_policy, f"max-age={hsts_max_age_s}"
        self._address = address_of(self)
        self._shared: dict[int, aws.LbListener] = {}
        self._answering: dict[int, list[TerraformResource]] = {}
        self.target_groups: dict[str, TargetGroup] = {}
        self.security_group = create_security_group(
            self, name=name, description=f"Load balancer {id_}", vpc_id=network.vpc_id
        )
        logs = create_log_bucket(self, self._address, name=name, options=access_logs) if access_logs else None
        bucket = logs.name if logs else access_logs_bucket
        internal = exposure == "internal"
        subnets = network.internal_load_balancer_subnet_ids if internal else network.public_subnet_ids
        way_in = () if internal else (network.internet_gateway, network.public_route, *network.public_ready)
        self.load_balancer = aws.Lb(
            self,
            "load_balancer",
            name=self.name,
            internal=internal,
            load_balancer_type="application",
            subnets=[*subnets.values()],
            security_groups=[self.security_group.id],
            drop_invalid_header_fields=True,
            idle_timeout=idle_timeout_s,
            enable_deletion_protection=deletion_protection,
            # written also where they are off: the provider leaves them on where the block disappears
            access_logs=aws.LbAccessLogs(
                bucket=bucket or "", prefix=name if bucket else None, enabled=bucket is not None
            ),
            depends_on=[part for part in (*way_in, logs and logs.policy) if part] or None,
        )
        self._address.give(self.load_balancer)
        self.arn = self.load_balancer.arn
        self.dns_name = self.load_balancer.dns_name
        self.host = domain or self.dns_name
        self.scheme = "https" if certificates else "http"
        self.arn_suffix = self.load_balancer.arn_suffix
        if domain and zone_id:
            self._name(domain, zone_id)
        for arn in certificates[1:]:
            self.add_certificate(certificate_id(arn), arn)
        self._filters = [self._filter(web_acl_arn)] if web_acl_arn else []

    def _filter(self, web_acl_arn: str) -> aws.Wafv2WebAclAssociation:
        association = aws.Wafv2WebAclAssociation(
            self, "web_acl_association", resource_arn=self.arn, web_acl_arn=web_acl_arn
        )
        return self._address.give(association)

    def add_certificate(self, name: str, arn: str) -> None:
        """Let every HTTPS listener serve the hosts that another certificate covers.

        name: of its attachments, which their addresses take.
        """
        for port, attached in self._certificates.add(name, arn):
            self._answers(port, attached)

    def add_name(self, host: str, zone_id: str) -> None:
        """Make another name an alias of the load balancer, in its hosted zone of Route 53.

        It leads here once its certificate and its rule are there (``admit_when_ready``).
        """
        self._names.append(self._name(host, zone_id, host_label(host)))

    def _name(self, domain: str, zone_id: str, *parts: str) -> aws.Route53Record:
        alias = aws.Route53RecordAlias(
            name=self.dns_name, zone_id=self.load_balancer.zone_id, evaluate_target_health=True
        )
        id_ = "_".join(("domain_record", *parts))
        record = aws.Route53Record(self, id_, zone_id=zone_id, name=domain, type="A", alias=alias)
        return self._address.give(record, *parts)

    def add_shared_listener(self, port: int) -> None:
        """Add a listener for routes by path; a request that no route takes gets a 404.

        Raises:
            ConfigError: it is no port, or has a listener.
        """
        self._check_free(port)
        self._shared[port] = self._create_listener(port, NOT_FOUND)

    def redirect_to_https(self) -> None:
        """Answer HTTP on its port with a permanent redirect to HTTPS on its own."""
        redirect = aws.LbListenerDefaultActionRedirect(
            port=str(HTTPS), protocol="HTTPS", status_code="HTTP_301"
        )
        listener = aws.LbListener(
            self,
            f"listener_{HTTP}",
            load_balancer_arn=self.arn,
            port=HTTP,
            protocol="HTTP",
            default_action=[aws.LbListenerDefaultAction(type="redirect", redirect=redirect)],
        )
        self._answers(HTTP, self._address.give(listener, str(HTTP)))

    def serve(self, target: Target, *, port: int) -> Callee:
        """Serve the target, alone, on a listener of its own, and return it as callers see it.

        Raises:
            ConfigError: it is no port, or has a listener.
        """
        self._check_free(port)
        group_arn, ready = self._create_target_group(target)
        action = aws.LbListenerDefaultAction(type="forward", target_group_arn=group_arn)
        target.wait_for(self._create_listener(port, action, after=ready))
        return self.callee(target.workload, port=port)

    def route(
        self,
        target: Target,
        *,
        port: int,
        paths: Sequence[str] = (),
        priority: int | None = None,
        hosts: Sequence[str] = (),
    ) -> Callee:
        """Serve the target where a path pattern matches, on the shared listener of ``port``.

        hosts: only where one of them matches, too; without paths, all of theirs.

        The rule is known by its number where that is given, else by its workload: two rules then swap their
        numbers without ever having the same one, which AWS refuses.

        Raises:
            ConfigError: the port has no shared listener, or AWS refuses such paths, hosts or priority.
        """
        if port not in self._shared:
            asked = "a route needs the shared listener of its port"
            raise ConfigError([Problem("port", port, asked, f"call add_shared_listener({port}) before")])
        route = route_of(target.workload, paths, hosts, priority)
        group_arn, ready = self._create_target_group(target)
        name = target.workload if priority is None else f"{port}_{priority}"
        listener_arn = self._shared[port].arn
        rule = create_rule(
            self, f"rule_{name}", route, listener_arn=listener_arn, group_arn=group_arn, after=ready
        )
        target.wait_for(self._answers(port, self._address.give(rule, name)))
        return self.callee(target.workload, port=port)

    def admit_when_ready(self) -> None:
        """Let whoever is admitted to a port in once what answers there stands; called when all is served.

        A rule that takes the place of another one is made before that one goes, since Terraform destroys
        what a way in waited for only after that has changed: hence the tag, which says which rules there are.
        """
        answering = {port: sorted(map(_address_of, found)) for port, found in self._answering.items()}
        filters = [*map(_address_of, self._filters)]
        for port, way_in in self.security_group.ways_in:
            way_in.depends_on = [*answering.get(port, []), *filters]
            rules = [address for address in answering.get(port, []) if address.startswith(_RULE)]
            if rules:
                way_in.tags = {"Routes": hashlib.sha256("\n".join(rules).encode()).hexdigest()[:12]}
        for name in self._names:
            name.depends_on = [address for port in sorted(answering) for address in answering[port]]

    def _answers(self, port: int, resource: _Resource) -> _Resource:
        self._answering.setdefault(port, []).append(resource)
        return resource

    def callee(self, workload: str, *, port: int) -> Callee:
        """Return a workload behind this load balancer as callers see it."""
        return Callee(workload, self, port)

    def admit_addresses(self, cidrs: Sequence[str], *, port: int) -> None:
        """Admit IPv4 address ranges to a port.

        Raises:
            ConfigError: a range is a reference; rules are named after their ranges.
        """
        for cidr in cidrs:
            if has_token(cidr):
                way_out = "allow(AddressRange(<name>, <reference>), <load balancer>, <port>) names it"
                rule = "the rules are named after their ranges, so these are written out"
                raise ConfigError([Problem("cidrs", cidr, rule, way_out)])
            label = "internet" if cidr == ANYWHERE_IPV4 else cidr.replace(".", "-").replace("/", "-")
            allow(AddressRange(label, cidr), self, port)

    def _check_free(self, port: int) -> None:
        refuse(bounded("port", port, PORT))
        if port in self._answering:
            rule = f"{self.node.id} has a listener on this port already, and a port has one"
            raise ConfigError([Problem("port", port, rule, "choose another port, or route by paths")])

    def _create_listener(
        self, port: int, action: aws.LbListenerDefaultAction, *, after: Sequence[TerraformResource] = ()
    ) -> aws.LbListener:
        secure = self._certificate_arn is not None
        listener = aws.LbListener(
            self,
            f"listener_{port}",
            load_balancer_arn=self.arn,
            port=port,
            protocol="HTTPS" if secure else "HTTP",
            ssl_policy=self._tls_policy if secure else None,
            routing_http_response_strict_transport_security_header_value=self._hsts if secure else None,
            certificate_arn=self._certificate_arn,
            default_action=[action],
            depends_on=[*after] or None,
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        self._answers(port, self._address.give(listener, str(port)))
        if secure:
            for at, attached in self._certificates.listen(port, listener.arn):
                self._answers(at, attached)
        return listener

    def _create_target_group(self, target: Target) -> tuple[str, list[TerraformResource]]:
        """Create the target's group; return its ARN and what stands before anything turns to it.

        The load balancer's own network reaches IP targets.
        """
        scope = Construct(self, target.workload)
        group = create_target_group(
            scope,
            target,
            name=self._long_name,
            network=self._network,
            load_balancer_arn_suffix=self.arn_suffix,
        )
        self.target_groups[target.workload] = group
        ready = target.join(scope, group)
        if target.target_port:
            allow(self, target, target.target_port)
        return group.arn, ready


def _address_of(resource: TerraformResource) -> str:
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"


@dataclass(frozen=True)
class Callee:
    """A workload behind a load balancer, as its callers see it."""

    name: str
    load_balancer: ApplicationLoadBalancer
    port: int

    @property
    def url(self) -> str:
        """``http://<host>:<port>``, or https: the host is the load balancer's domain, else its DNS name."""
        return f"{self.base_url}:{self.port}"

    @property
    def base_url(self) -> str:
        """The url without the port: the same for all callees behind a load balancer."""
        return f"{self.load_balancer.scheme}://{self.load_balancer.host}"

    @property
    def variable(self) -> str:
        """The environment variable in which callers find the url: ``<NAME>_URL``."""
        return callee_url_variable(self.name)


def callee_variables(calls: Sequence[Callee], form: CalleeUrls = "variables") -> dict[str, str]:
    """The environment variables in which a caller finds its callees.

    Raises:
        ConfigError: they are to be in one variable, and are behind more than one load balancer.
    """
    if form == "variables" or not calls:
        return {callee.variable: callee.url for callee in calls}
    if len({callee.load_balancer for callee in calls}) > 1:
        names = ", ".join(callee.name for callee in calls)
        rule = f"{CALLEE_URLS} holds one host, and these are behind more than one load balancer"
        raise ConfigError([Problem("callee_urls", names, rule, 'write callee_urls="variables"')])
    ports = {callee.name: callee.port for callee in calls}
    return {CALLEE_URLS: callee_urls_text(calls[0].base_url, ports)}
