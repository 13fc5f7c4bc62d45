"""Why a door is closed, and the smallest change of the file that would open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.internet import ANYWHERE_IPV4, HTTPS
from constructs_lib.proof.walking.answers import Blocked

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.local.doors.callers import Caller
    from constructs_lib.local.doors.doors import Door
    from constructs_lib.local.reading.listeners import Listener, TargetGroup


@dataclass(frozen=True, slots=True)
class Denial:
    """Something that was kept from getting through. hop: the Terraform address that blocks; why: in words.

    change: what would open it.
    """

    source: str
    target: str
    port: int
    hop: str
    why: str
    change: str

    def facts(self) -> dict[str, Any]:
        """The same for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


class Advice:
    """Says what would open what is closed. environment: None where the JSON was made by somebody else."""

    def __init__(self, environment: Environment | None, groups: dict[str, TargetGroup]) -> None:
        self._environment, self._groups = environment, groups

    def denial(self, door: Door) -> Denial:
        """What to say of an attempt at a closed door."""
        answer, listener = door.answer, door.listener
        hop, why = (answer.hop, answer.whys) if isinstance(answer, Blocked) else ("", str(answer))
        change = self._to_call(door.caller, listener) or _in_terraform(door)
        return Denial(door.caller.name, listener.load_balancer, listener.port, hop, why, change)

    def outside(
        self, workload: str, target: str, address: str, port: int, answer: Blocked, *, public: bool
    ) -> Denial:
        """What to say of a connection outwards that is kept back."""
        return Denial(
            workload, target, port, answer.hop, answer.whys, self._to_reach(workload, address, port, public)
        )

    def callees(self, listener: Listener) -> list[str]:
        """The workloads behind a listener, by name."""
        found = [
            target.thing.split(".", 1)[1]
            for rule in listener.rules
            for group, _ in rule.action.groups
            if group in self._groups
            for target in self._groups[group].targets
            if "." in target.thing
        ]
        return list(dict.fromkeys(found))

    def _to_call(self, caller: Caller, listener: Listener) -> str:
        environment = self._environment
        if environment is None:
            return ""
        callees = [name for name in self.callees(listener) if name in environment.workloads]
        if not callees:
            return ""
        if not listener.internal:
            return self._to_public(caller)
        table, calls = self._table_of(caller)
        if table is None and caller.kind == "caller":
            return f'[callers.NAME] security_group_id = "{caller.party}", calls = {_list(callees[:1])}'
        if table is None:
            return f"only workloads and [callers] get in: name one, with calls = {_list(callees[:1])}"
        if caller.name in callees:
            return "nothing: no workload calls itself through its load balancer"
        missing = [name for name in callees if name not in calls]
        if not missing:
            return f"synthesize again: {table} names {_words(callees)} already, and the Terraform does not"
        return f"[{table}] calls = {_list([*calls, missing[0]])}"

    def _table_of(self, caller: Caller) -> tuple[str | None, list[str]]:
        environment = self._environment
        if environment is None:
            return None, []
        for table in ("functions", "services", "callers"):
            entries = getattr(environment, table)
            if caller.name in entries:
                return f"{table}.{caller.name}", list(entries[caller.name].calls)
        return None, []

    def _to_public(self, caller: Caller) -> str:
        environment = self._environment
        if environment is None:
            return ""
        if caller.kind in ("internet", "range"):
            allowed = environment.load_balancers.public.allowed_cidrs
            wanted = ANYWHERE_IPV4 if caller.kind == "internet" else caller.party
            if wanted in allowed:
                return "synthesize again: the file lets it in already, and the Terraform does not"
            return f"[load_balancers.public] allowed_cidrs = {_list([*allowed, wanted])}"
        table, _ = self._table_of(caller)
        return f"[{table}] internet = true" if table else ""

    def _to_reach(self, workload: str, address: str, port: int, public: bool) -> str:
        environment = self._environment
        if environment is None or workload not in environment.workloads:
            return f"an egress rule to {address} on {port} in a security group of {workload}"
        table = "functions" if workload in environment.functions else "services"
        if port == HTTPS and public:
            nat = "" if environment.network.has_nat else ' (and [network] nat = "single", nat_zone = "...")'
            return f"[{table}.{workload}] internet = true{nat}"
        return f'[{table}.{workload}.egress.NAME] cidr = "{address}/32", port = {port}'


def _in_terraform(door: Door) -> str:
    return (
        f"rules for TCP {door.listener.port}: ingress in a security group of {door.listener.load_balancer} "
        f"from {door.caller.party}, and egress the other way"
    )


def _list(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _words(names: list[str]) -> str:
    return " and ".join(names)
