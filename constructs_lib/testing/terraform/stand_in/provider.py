"""The stand-in for the AWS provider: validates, plans and applies by echo, without a network.

What is live is remembered across applies (``live.Account``), so that it refuses what AWS refuses; all else is
in Terraform's state, so a state file from one process is understood by the next. https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/README.md
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_lib.testing.terraform.schema import Block
from constructs_lib.testing.terraform.stand_in import answers, planning, recipes, validation
from constructs_lib.testing.terraform.stand_in.faults import Expected, Faults, ProviderCall
from constructs_lib.testing.terraform.stand_in.invented_values import Inventor
from constructs_lib.testing.terraform.stand_in.live.account import Account
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import RefusedChange
from constructs_lib.testing.terraform.stand_in.validation import Finding
from constructs_lib.testing.terraform.stand_in.values import UNKNOWN, known_part, sort_key

DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"
Values = dict[str, Any]


class ProviderError(Exception):
    """What the provider answers as an error; ``str`` is its summary."""

    def __init__(self, summary: str, detail: str = "") -> None:
        super().__init__(summary)
        self.detail = detail


@dataclass(frozen=True)
class Configuration:
    """What ``provider "aws"`` says, as far as the stand-in heeds it."""

    account: str = DEFAULT_ACCOUNT
    region: str = DEFAULT_REGION
    default_tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedChange:
    """The planned state (``None``: deleted) and the arguments that force a replacement.

    beyond: whether the state has blocks that the configuration hasn't.
    """

    state: Values | None
    replacing: list[str] = field(default_factory=list)
    beyond: bool = False


class StandIn:
    """One simulated provider; ``account`` is the account that its credentials belong to.

    ``data`` answers data sources by type, see ``answers.find``; ``memory`` is the file of what is live.
    """

    def __init__(
        self,
        *,
        account: str = DEFAULT_ACCOUNT,
        data: Mapping[str, answers.Answer] | None = None,
        memory: Path | None = None,
    ) -> None:
        self.account = account
        self.data = dict(data or {})
        self.faults = Faults()
        self.expected = Expected()
        self.live = Account(memory)
        self.refusals: list[RefusedChange] = []
        self.calls: list[ProviderCall] = []
        self._vanished: set[tuple[str, str]] = set()
        self._seeds: Counter[str] = Counter()
        self._known_before = self.live.size
        self._lock = threading.Lock()

    def configure(self, config: Values) -> Configuration:
        """Accepts a provider configuration, or raises ``ProviderError`` for another account's."""
        account = _assumed_account(config) or self.account
        allowed, forbidden = config.get("allowed_account_ids"), config.get("forbidden_account_ids")
        if (allowed and account not in allowed) or account in (forbidden or []):
            raise ProviderError(f"AWS account ID not allowed: {account}")
        tags = [block.get("tags") or {} for block in config.get("default_tags") or []]
        region = config.get("region") or DEFAULT_REGION
        return Configuration(account, region, known_part(tags[0]) if tags else {})

    def validate(self, type_name: str, block: Block, config: Values) -> list[Finding]:
        """What the real provider would say about the arguments of a resource before any plan."""
        return [*validation.unconfigurable(block, config), *validation.findings(type_name, config)]

    def plan(
        self,
        type_name: str,
        block: Block,
        setting: Configuration,
        prior: Values | None,
        proposed: Values | None,
    ) -> PlannedChange:
        """The planned state for a proposed one."""
        if proposed is None:
            return PlannedChange(None)
        planned = planning.with_unknowns(block, proposed, prior)
        self._settle(block, setting, planned)
        beyond = planning.keep_blocks(type_name, block, planned, prior)
        if prior is None:
            return PlannedChange({**planned, **recipes.planned(type_name, planned)}, beyond=beyond)
        changed = planning.changed_attributes(block, prior, planned)
        for name in recipes.volatile(type_name, changed, planned):
            planned[name] = UNKNOWN
        replacing = planning.replacing_attributes(type_name, block, prior, planned)
        return PlannedChange(planned, replacing, beyond)

    def apply(
        self,
        type_name: str,
        block: Block,
        setting: Configuration,
        prior: Values | None,
        planned: Values | None,
        *,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Values | None:
        """The new state (``None``: gone); raises ``ProviderError`` where AWS or a test refuses.

        is_wanted: whether Terraform still waits for the answer, asked after a hold.
        """
        operation = "create" if prior is None else "delete" if planned is None else "update"
        call = self._record(operation, type_name, known_part(planned if planned is not None else prior))
        with self.live.under_way():
            message = self.faults.before(call)
            if message is None and not is_wanted():
                message = "Terraform is gone"
            state = planned and self._inventor(
                type_name, setting, planned, prior, recipes.resources()
            ).complete(block)
            if message is not None:
                raise ProviderError(message)
            change = Change(*(_thing(type_name, setting, values) for values in (prior, state)))
            self._carry_out(change, call, is_wanted)
        return state

    def _carry_out(self, change: Change, call: ProviderCall, is_wanted: Callable[[], bool]) -> None:
        refusal = self.live.carry_out(
            change, is_filled=call.is_about, may_change=self.expected.may_change, is_wanted=is_wanted
        )
        if refusal:
            seen = refusal.seen(call.address, self.expected.name)
            with self._lock:
                self.refusals.append(seen)
            raise ProviderError(refusal.summary, str(seen))

    def read_data(self, type_name: str, block: Block, setting: Configuration, config: Values) -> Values:
        """What a data source answers: a test's values, else plausible ones."""
        self._record("read", type_name, known_part(config))
        asked = {name: UNKNOWN if value is None else value for name, value in config.items()}
        asked = {
            **planning.with_unknowns(block, config, None),
            **{k: v for k, v in asked.items() if v is not UNKNOWN},
        }
        if asked.get("region") is UNKNOWN:
            asked["region"] = setting.region
        found = answers.find(type_name, config, self.data)
        unknown = sorted(set(found) - set(block.attributes) - set(block.blocks))
        if unknown:
            raise ProviderError(f"data source {type_name} has no attribute {unknown[0]!r} to answer with")
        asked.update(found)
        return self._inventor(type_name, setting, asked, None, recipes.data_sources()).complete(block)

    def observe(
        self, type_name: str, setting: Configuration, state: Values | None, *, refreshed: bool = False
    ) -> None:
        """Takes note of what Terraform's state says is there; ``refreshed`` where it asks how it is."""
        thing = _thing(type_name, setting, state)
        if thing:
            self.live.observe(thing, refreshed=refreshed)

    def delete_outside(self, type_name: str, account: str, values: Values) -> RefusedChange | None:
        """Deletes something without Terraform, which notices when it refreshes; what AWS says instead."""
        thing = LiveObject(type_name, account, values)
        with self.live.under_way():
            refusal = self.live.carry_out(Change(thing, None), may_change=lambda _: False)
        if refusal:
            return refusal.seen(None, str)
        self._vanished.add((type_name, thing.identity))
        return None

    def has_vanished(self, type_name: str, state: Values | None) -> bool:
        """Whether something of the state was deleted without Terraform."""
        return bool(state) and (type_name, str((state or {}).get("id"))) in self._vanished

    def import_state(self, type_name: str, block: Block, setting: Configuration, identity: str) -> Values:
        """A state for an existing thing of which only the id is known."""
        empty = empty_value(block)
        empty["id"] = identity
        filled = planning.with_unknowns(block, empty, None)
        self._settle(block, setting, filled)
        return self._inventor(type_name, setting, filled, None, recipes.resources()).complete(block)

    def _settle(self, block: Block, setting: Configuration, planned: Values) -> None:
        """Computed values that the real provider knows when it plans."""
        if planned.get("region") is UNKNOWN:
            planned["region"] = setting.region
        if "tags_all" in block.attributes and block.attributes["tags_all"].computed:
            planned["tags_all"] = planning.all_tags(setting.default_tags, planned.get("tags"))

    def _record(self, operation: str, type_name: str, values: Values) -> ProviderCall:
        address = None if operation == "read" else self.expected.address(operation, type_name, values)
        call = ProviderCall(operation, type_name, address, values)
        with self._lock:
            self.calls.append(call)
        return call

    def _inventor(
        self,
        type_name: str,
        setting: Configuration,
        values: Values,
        prior: Values | None,
        table: recipes.Recipes,
    ) -> Inventor:
        seed = f"{type_name}/{sort_key(known_part(values))}"
        if table is recipes.resources():
            with self._lock:
                self._seeds[seed] += 1
                seed = f"{seed}/{self._seeds[seed]}"
                seed += f"/{self._known_before}" if self._known_before else ""
        region = values.get("region")
        return Inventor(
            type_name,
            seed,
            setting.account,
            region if isinstance(region, str) else setting.region,
            recipes=table.get(type_name, {}),
            values=dict(values),
            prior=prior or {},
        )


def _thing(type_name: str, setting: Configuration, state: Values | None) -> LiveObject | None:
    return LiveObject(type_name, setting.account, known_part(state)) if state else None


def empty_value(block: Block) -> Values:
    """The value of a block in which nothing is set."""
    value: Values = dict.fromkeys(block.attributes)
    for name, nested in block.blocks.items():
        value[name] = {"single": None, "map": {}}.get(nested.nesting, [])
    return value


def _assumed_account(config: Values) -> str | None:
    roles = [block.get("role_arn") for block in config.get("assume_role") or []]
    return roles[-1].split(":")[4] if roles and isinstance(roles[-1], str) else None
