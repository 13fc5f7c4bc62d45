"""An explanation of a stack for the terminal, pipelines and pull requests, from its Terraform JSON alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from constructs_lib.proof.model.workloads import Endpoint
from constructs_lib.proof.walking.answers import Carried
from constructs_lib.terraform_json.values import Unknown
from constructs_lib.views.cost.cost import MonthlyCost, monthly_idle_cost
from constructs_lib.views.cost.money import dollars, plain
from constructs_lib.views.endpoint_words import lets_through
from constructs_lib.views.report.connections import Connections
from constructs_lib.views.report.inventory import rule_section, subnet_section
from constructs_lib.views.report.permissions import permission_section
from constructs_lib.views.report.structure import Section, Table
from constructs_lib.views.report.triggers import trigger_sections
from constructs_lib.views.written_stack import WrittenStack
from constructs_lib.views.zones_and_tiers import name_of


@dataclass(frozen=True, slots=True)
class Served:
    """A VPC endpoint and whom it serves. ``doubtful`` are those of whom only an apply can tell."""

    address: str
    service: str
    kind: str
    places: tuple[str, ...]
    private_dns: bool | None
    lets_through: str
    serves: tuple[str, ...]
    doubtful: tuple[str, ...]


class Explanation:
    """What a stack builds, who reaches whom in it, and what it costs idle.

    Its environment gives the region of the prices and the names of callers that exist already.
    """

    def __init__(self, stack: WrittenStack) -> None:
        self.stack, self.model = stack, stack.model
        self.connections = Connections(stack)

    @cached_property
    def endpoints(self) -> tuple[Served, ...]:
        """Give the VPC endpoints in the document's order."""
        return tuple(self._served(address, one) for address, one in self.model.endpoints.items())

    def _served(self, address: str, endpoint: Endpoint) -> Served:
        own = [one for one in self.connections.all if one.target == address]
        sure = dict.fromkeys(self.connections.name(o.source) for o in own if isinstance(o.answer, Carried))
        names = dict.fromkeys(self.connections.name(one.source) for one in own)
        places = endpoint.route_tables if endpoint.is_gateway else endpoint.interface.subnets
        return Served(
            address=address,
            service=endpoint.service,
            kind="gateway" if endpoint.is_gateway else "interface",
            places=tuple(name_of(str(place)) for place in places),
            private_dns=None if isinstance(endpoint.private_dns, Unknown) else endpoint.private_dns,
            lets_through=lets_through(self.model, address, endpoint.service),
            serves=tuple(sure),
            doubtful=tuple(name for name in names if name not in sure),
        )

    @cached_property
    def cost(self) -> MonthlyCost | None:
        """Give the idle cost; None where the region is not known."""
        environment = self.stack.environment
        region = environment.region if environment else self._region()
        return monthly_idle_cost(self.model, region) if region else None

    def _region(self) -> str | None:
        regions = [provider.text("region") for provider in self.model.document.providers]
        return next((region for region in regions if isinstance(region, str)), None)

    def sections(self, *, drawn_by: str) -> tuple[Section, ...]:
        """Give the sections in their order. drawn_by: the command that draws the picture."""
        return (
            self._understanding_section(),
            self.connections.matrix(),
            self.connections.ways(),
            self.connections.exposures(),
            *trigger_sections(self.model),
            subnet_section(self.model),
            rule_section(self.model),
            permission_section(self.model),
            self._endpoint_section(),
            self._cost_section(),
            Section("picture", "Picture", f"{drawn_by} draws it."),
        )

    def _understanding_section(self) -> Section:
        """How much was read, and each thing that may change what the other sections say."""
        found = self.stack.understanding
        rows = tuple((one.address, one.what, ", ".join(sorted(one.touches))) for one in found.bystanders)
        table = Table(("what", "why", "refers to"), rows, frozenset({0, 2}))
        intro = f"{found.size}{found.in_words}."
        return Section("read", "What was read", intro, (("", table),) if rows else ())

    def _endpoint_section(self) -> Section:
        rows = tuple(
            (one.service, one.kind, "\n".join(one.places), _private_dns(one), one.lets_through, _users(one))
            for one in self.endpoints
        )
        heads = ("service", "kind", "subnets or route tables", "private DNS", "lets through", "serves")
        intro = (
            "AWS services that are reached without the internet." if rows else "There are no VPC endpoints."
        )
        return Section(
            "endpoints", "VPC endpoints", intro, (("", Table(heads, rows, frozenset({2}))),) if rows else ()
        )

    def _cost_section(self) -> Section:
        title = "Idle cost"
        if self.cost is None:
            return Section("cost", title, "The region is not known here, so there are no prices.")
        rows = tuple((one.what, plain(one.quantity), dollars(one.monthly)) for one in self.cost.items)
        if not rows:
            return Section("cost", title, "Nothing here is billed by the hour.")
        intro = f"{dollars(self.cost.total)} a month when nobody uses it; list prices, without tax."
        return Section("cost", title, intro, (("", Table(("what", "number", "a month"), rows)),))


def _private_dns(endpoint: Served) -> str:
    if endpoint.kind == "gateway":
        return "-"
    return {True: "yes", False: "no", None: "?"}[endpoint.private_dns]


def _users(endpoint: Served) -> str:
    return ", ".join((*endpoint.serves, *(f"{name}?" for name in endpoint.doubtful))) or "nobody"
