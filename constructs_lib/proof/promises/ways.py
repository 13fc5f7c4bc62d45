"""The promises that something gets through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constructs_lib.environment.load_balancers import redirects_to_https
from constructs_lib.environment.service_start import starts_through_nat
from constructs_lib.figures.endpoint_services import has_private_dns, service_of_any_region
from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.proof.model.network import Cidr
from constructs_lib.proof.model.workloads import Endpoint, Interface, Service
from constructs_lib.proof.promises._domain_names import covered_hosts, leading_names
from constructs_lib.proof.promises._routes import leading_routes
from constructs_lib.proof.promises._triggers import Triggers
from constructs_lib.proof.promises.promise import Promise, carrying
from constructs_lib.proof.walking.addresses import covered, network
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried, carried
from constructs_lib.proof.walking.parties import Parties, Party, Prefixes, aws_service, internet
from constructs_lib.proof.walking.security_group_filters import rules_on
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment import Egress, Environment, Workload
    from constructs_lib.proof.walking.openings import Needs
    from constructs_lib.proof.walking.path import Paths

_ECR = re.compile(r"\.dkr\.ecr\.|repository_url|aws_ecr_repository")


class Ways:
    """Proves what has to get through, and notes what security groups need for it."""

    def __init__(self, environment: Environment, paths: Paths, needs: Needs) -> None:
        self.environment, self.paths, self.needs = environment, paths, needs
        self.triggers = Triggers(environment, paths)

    def all(self) -> Iterator[Promise]:
        """Give the promises in the order of the environment file."""
        for name, workload in self.environment.workloads.items():
            interface = workload_of(self.paths.parties, name)
            if interface is None:
                why = f"the document has neither aws_lambda_function.{name} nor aws_ecs_service.{name}"
                yield Promise("call", name, f"{name} is there", "broken", why=why, where=name)
                continue
            if workload.exposure != "none":
                internal, port = workload.exposure == "internal", self.environment.listener_port(name)
                self.needs.serve(interface, port, internal=internal)
            yield from self._calls(name, interface, workload.calls)
            yield from self.triggers.promises(name, interface)
            yield from leading_routes(self.environment, self.paths, name, interface, workload)
            yield from self._public(name, interface, workload)
            yield from self._endpoints(name, interface)
            yield from self._outward(name, interface, workload)
            yield from self._starts(name, interface)
        for name, caller in self.environment.callers.items():
            group = self.paths.parties.find(caller.security_group_id)
            yield from self._calls(f"{name} ({caller.security_group_id})", group, caller.calls)
        yield from leading_names(self.environment, self.paths)
        yield from covered_hosts(self.environment)
        yield from self._neighbours()
        self._endpoint_clients()

    def _carries(self, source: Party, target: Party, port: int) -> Answer:
        self.needs.connect(source, target, port)
        answer = self.paths.path(source, target, port)
        if isinstance(answer, Carried):
            ends = (end if isinstance(end, Interface) else None for end in (source, target))
            for doubt in self.paths.bystanders.doubts(self.paths.bystanders.route(*ends)):
                return CannotTell(doubt.hop, doubt.why, answer.hops)
        return answer

    def _calls(self, name: str, source: Party, callees: list[str]) -> Iterator[Promise]:
        for callee in callees:
            port = self.environment.listener_port(callee)
            target = workload_of(self.paths.parties, callee)
            if target is not None:
                sentence = f"{name} calls {callee} on {port}"
                yield carrying("call", f"{name} -> {callee}", sentence, self._carries(source, target, port))

    def _public(self, name: str, target: Interface, workload: Workload) -> Iterator[Promise]:
        if workload.exposure != "public":
            return
        port = self.environment.listener_port(name)
        for cidr in self.environment.load_balancers.public.allowed_cidrs:
            source = internet(cidr)
            answer = self._carries(source, target, port)
            yield carrying("public", name, f"{source} reaches {name} on {port}", answer)
            if port == HTTPS and redirects_to_https(self.environment):
                yield from self._redirects(source, name, target)

    def _redirects(self, source: Party, name: str, target: Interface) -> Iterator[Promise]:
        """Who asks for HTTP gets a redirect to HTTPS."""
        balancers = {way[0].interface.address: way[0] for way in self.paths.ways(target.address)}
        for address, balancer in balancers.items():
            answer = self._carries(source, balancer.interface, HTTP)
            for listener in balancer.listeners if isinstance(answer, Carried) else ():
                if listener.port == HTTP and listener.rules[-1].action.kind != "redirect":
                    answer = Blocked(listener.address, f"{listener.address} redirects nobody to {HTTPS}")
            yield carrying("public", name, f"{address} redirects {source} from {HTTP} to {HTTPS}", answer)

    def _endpoints(self, name: str, source: Interface) -> Iterator[Promise]:
        wanted, there = self.environment.network.endpoints, self.environment.existing_endpoints
        interface = (*wanted.interface, *(s for s, found in there.items() if found.security_group_id))
        gateway = (*wanted.gateway, *(s for s, found in there.items() if found.gateway_endpoint_id))
        for services, is_gateway in ((interface, False), (gateway, True)):
            for service in dict.fromkeys(map(service_of_any_region, services)):
                yield carrying(
                    "endpoint", name, f"{name} reaches {service}", self._served(source, service, is_gateway)
                )

    def _served(self, source: Interface, service: str, is_gateway: bool) -> Answer:
        kind = "gateway" if is_gateway else "interface"
        there = self._service(service)
        if isinstance(there, Interface) and not is_gateway:
            return self._carries(source, there, HTTPS)
        endpoint = self._endpoint(service, is_gateway)
        if endpoint is None:
            return Blocked(source.address, f"the document has no {kind} endpoint for {service}")
        if not is_gateway and endpoint.private_dns is False and has_private_dns(service):
            door = endpoint.interface.address
            self.needs.connect(source, endpoint.interface, HTTPS)
            return Blocked(door, f"{door} has no private DNS, so the name of {service} does not lead to it")
        return self._carries(source, endpoint.interface, HTTPS)

    def _service(self, name: str) -> Party:
        """The group of an interface endpoint that the VPC has already, else the service by its name."""
        there = self.environment.existing_endpoints.get(name)
        if there and there.security_group_id:
            return self.paths.parties.find(there.security_group_id)
        return aws_service(name)

    def _endpoint(self, service: str, is_gateway: bool) -> Endpoint | None:
        own = self.paths.model.endpoints.values()
        return next((e for e in own if e.service == service and e.is_gateway == is_gateway), None)

    def _endpoint_clients(self) -> None:
        """The group of the endpoints' clients may be there before anything carries it."""
        own = [e for e in self.paths.model.endpoints.values() if not e.is_gateway]
        there = [found.security_group_id for found in self.environment.existing_endpoints.values()]
        for group in (*(g for e in own for g in e.interface.groups), *(g for g in there if g)):
            self.needs.open(group, "aws_security_group.endpoint_clients", HTTPS, ingress=True)
            self.needs.open("aws_security_group.endpoint_clients", group, HTTPS, ingress=False)
        self._admitted(own)
        for endpoint in self.paths.model.endpoints.values():
            if endpoint.is_gateway:
                self.needs.open_to_gateway("aws_security_group.endpoint_clients", endpoint, HTTPS)

    def _admitted(self, endpoints: list[Endpoint]) -> None:
        """Whom interface endpoints admit beside our workloads, since their names lead to these."""
        environment = self.environment
        blocks = environment.vpc_blocks if environment.endpoints_admit_vpc else ()
        callers = environment.callers.values() if environment.network.existing else ()
        for endpoint in endpoints:
            for block in blocks:
                self.needs.connect(internet(block), endpoint.interface, HTTPS)
            for caller in callers:
                self.needs.connect(caller.security_group_id, endpoint.interface, HTTPS)
                for group in endpoint.interface.groups:
                    self.needs.open(group, caller.security_group_id, HTTPS, ingress=True)

    def _neighbours(self) -> Iterator[Promise]:
        """In a VPC of others everybody resolves an endpoint's name, so its group admits the whole VPC."""
        environment = self.environment
        if environment.network.existing is None or not environment.endpoints_admit_vpc:
            return
        for endpoint in self.paths.model.endpoints.values():
            rules = rules_on(self.paths.model, endpoint.interface, HTTPS, ingress=True)
            admitted = [rule.peer.network for rule in rules if isinstance(rule.peer, Cidr)]
            for block in () if endpoint.is_gateway else environment.vpc_blocks:
                door, found = endpoint.interface.address, network(block)
                held = not isinstance(found, Unknown) and covered(found, admitted)
                why = f"{door} does not admit {block}, where everybody resolves {endpoint.service} to it"
                answer = carried(f"{door} admits {HTTPS} from {block}", door) if held else Blocked(door, why)
                sentence = f"{block} reaches {endpoint.service}"
                yield carrying("endpoint", "the VPC", sentence, answer)

    def _outward(self, name: str, source: Interface, workload: Workload) -> Iterator[Promise]:
        if workload.internet:
            answer = self._carries(source, internet(), HTTPS)
            yield carrying("internet", name, f"{name} reaches the internet on {HTTPS}", answer)
        for label, egress in workload.egress.items():
            answer = self._carries(source, self._target(egress), egress.port)
            if egress.cidr is not None and not self.environment.network.has_nat:
                answer = self._routed_elsewhere(answer)
            yield carrying("egress", f"{name} -> {label}", f"{name} reaches {label} on {egress.port}", answer)

    def _routed_elsewhere(self, answer: Answer) -> Answer:
        """Without NAT, whoever peers the VPC with another network adds the route to it."""
        if isinstance(answer, Blocked) and answer.hop in self.paths.model.subnets:
            why = f"{answer.why}; make sure that a route is added elsewhere"
            return CannotTell(answer.hop, why, answer.before)
        return answer

    def _target(self, egress: Egress) -> Party:
        if egress.cidr is not None:
            return internet(egress.cidr)
        if egress.prefix_list_id is not None:
            return Prefixes(egress.prefix_list_id)
        return self.paths.parties.find(str(egress.security_group_id))

    def _starts(self, name: str, source: Interface) -> Iterator[Promise]:
        """A task pulls its images and secrets and ships its logs through its own interface."""
        service = self.paths.model.services.get(source.address)
        through_nat = {"the internet"} if starts_through_nat(self.environment, name) else set()
        for needed in sorted(needed_to_start(service) | through_nat):
            target = internet() if needed == "the internet" else self._service(needed)
            answer = self._carries(source, target, HTTPS)
            yield carrying("start", name, f"{name} reaches {needed} to start", answer)


def needed_to_start(service: Service | None) -> set[str]:
    """Give what a service's tasks reach before they run: AWS services, or ``the internet``."""
    needed: set[str] = set()
    for container in service.containers if service else ():
        image = container.image.text if isinstance(container.image, Unknown) else container.image
        needed |= {"ecr.api", "ecr.dkr", "s3"} if _ECR.search(image) else {"the internet"}
        needed |= {"logs"} if container.log_driver == "awslogs" else set()
        needed |= {
            "ssm" if ":ssm:" in secret or "aws_ssm_" in secret else "secretsmanager"
            for secret in container.secrets
        }
    return needed


def workload_of(parties: Parties, name: str) -> Interface | None:
    """Give the workload of the document that an environment's name means."""
    try:
        found = parties.find(name)
    except LookupError:
        return None
    return found if isinstance(found, Interface) and found.kind in ("function", "service") else None
