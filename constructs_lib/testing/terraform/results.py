"""What a run of Terraform gives back: plans, calls in their order, and errors with Terraform's own words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from constructs_lib.testing.terraform.stand_in.live.refusal import RefusedChange

_REPLACEMENTS: dict[tuple[str, ...], str] = {
    ("create", "delete"): "create-before-destroy",
    ("delete", "create"): "destroy-before-create",
}


class TerraformError(Exception):
    """Terraform refused or failed; ``str`` is its own text, ``diagnostics`` the same as Terraform's JSON.

    ``refusals`` are those of AWS among them, with the error codes and who uses what.
    """

    def __init__(
        self,
        command: str,
        diagnostics: Iterable[dict[str, Any]] = (),
        text: str = "",
        refusals: Iterable[RefusedChange] = (),
    ) -> None:
        self.command = command
        self.refusals = sorted(refusals, key=lambda refusal: (refusal.address or "", refusal.code))
        self.diagnostics = [item for item in diagnostics if item["severity"] == "error"]
        parts = [diagnostic_text(item) for item in self.diagnostics] or [text.strip()]
        super().__init__(f"terraform {command}\n\n" + "\n\n".join(parts))


def diagnostic_text(diagnostic: dict[str, Any]) -> str:
    """A diagnostic as Terraform's command line prints it: summary, place, code, detail."""
    lines = [f"Error: {diagnostic['summary']}", ""]
    place, snippet = diagnostic.get("range"), diagnostic.get("snippet") or {}
    if diagnostic.get("address"):
        lines.append(f"  with {diagnostic['address']},")
    if place:
        context = f", in {snippet['context']}" if snippet.get("context") else ""
        lines.append(f"  on {place['filename']} line {place['start']['line']}{context}:")
        lines += (
            [f"  {snippet.get('start_line', '')}: {snippet['code'].strip()}"] if snippet.get("code") else []
        )
        lines.append("")
    return "\n".join([*lines, diagnostic.get("detail", "")]).rstrip()


@dataclass(frozen=True)
class Plan:
    """A plan; ``json`` is the whole document of ``terraform show -json``.

    https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
    """

    json: dict[str, Any] = field(repr=False)

    @cached_property
    def resource_changes(self) -> dict[str, dict[str, Any]]:
        """Each managed resource's entry of ``resource_changes``, with those that stay as they are."""
        entries = self.json.get("resource_changes", [])
        return {
            entry["address"]: entry
            for entry in entries
            if entry["mode"] == "managed" and not entry.get("deposed")
        }

    @cached_property
    def changes(self) -> dict[str, tuple[str, ...]]:
        """Address to actions (``("create",)``, ``("delete", "create")``, ...) of everything that changes."""
        actions = {name: tuple(entry["change"]["actions"]) for name, entry in self.resource_changes.items()}
        return {
            name: action for name, action in sorted(actions.items()) if action not in (("no-op",), ("read",))
        }

    @property
    def created(self) -> list[str]:
        """Addresses that are new, sorted; replaced ones are not among them."""
        return self._with(("create",))

    @property
    def updated(self) -> list[str]:
        """Addresses that are changed in place, sorted."""
        return self._with(("update",))

    @property
    def deleted(self) -> list[str]:
        """Addresses that go away, sorted; replaced ones are not among them."""
        return self._with(("delete",))

    @property
    def replaced(self) -> list[str]:
        """Addresses that are destroyed and created anew, in either order, sorted."""
        return self._with(*_REPLACEMENTS)

    @property
    def is_empty(self) -> bool:
        """Whether no resource and no output would change."""
        outputs = self.json.get("output_changes", {}).values()
        return not self.changes and all(item["actions"] == ["no-op"] for item in outputs)

    def replace_order(self, address: str) -> str | None:
        """``create-before-destroy``, ``destroy-before-create``, or ``None`` where nothing is replaced."""
        return _REPLACEMENTS.get(self.changes.get(address, ()))

    def after(self, address: str) -> dict[str, Any]:
        """The planned values of a resource; those unknown until apply are left out."""
        values: dict[str, Any] = self.resource_changes[address]["change"]["after"]
        return values

    def reasons(self, address: str) -> list[str]:
        """The arguments that force the replacement of a resource."""
        paths = self.resource_changes[address]["change"].get("replace_paths", [])
        return sorted(str(path[0]) for path in paths)

    def _with(self, *actions: tuple[str, ...]) -> list[str]:
        return [address for address, action in self.changes.items() if action in actions]


@dataclass(frozen=True)
class Call:
    """One operation of an apply, as Terraform reported it.

    action: create, update, delete or read.
    started, completed: positions in the sequence of all reports, so that ``a.completed < b.started`` means
        that ``b`` waited for ``a``; ``completed`` is ``None`` for what never ended or failed.
    """

    address: str
    action: str
    started: int
    completed: int | None = None
    failed: bool = False


@dataclass(frozen=True)
class Apply:
    """What an apply or a destroy did, in the order in which it began."""

    calls: list[Call]
    plan: Plan = field(repr=False)

    def call(self, address: str, action: str | None = None) -> Call:
        """The one call about an address (of a replacement, name the action). Raises ``LookupError``."""
        found = [call for call in self.calls if call.address == address and action in (None, call.action)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} calls for {address}, of {[c.address for c in self.calls]}")
        return found[0]

    def is_before(self, first: str, second: str, action: str | None = None) -> bool:
        """Whether the call about ``first`` had completed before the one about ``second`` started."""
        completed = self.call(first, action).completed
        return completed is not None and completed < self.call(second, action).started


class EventLog:
    """The machine-readable output of plan and apply.

    https://developer.hashicorp.com/terraform/internals/machine-readable-ui
    """

    def __init__(self, output: str) -> None:
        self.diagnostics: list[dict[str, Any]] = []
        self._open: dict[tuple[str, str], int] = {}
        self._calls: list[Call] = []
        self._count = 0
        for line in output.splitlines():
            self._read(line)

    def _read(self, line: str) -> None:
        try:
            event = json.loads(line)
        except ValueError:
            return
        if event.get("type") == "diagnostic":
            self.diagnostics.append(event["diagnostic"])
        elif event.get("type") in ("apply_start", "apply_complete", "apply_errored"):
            self._take(event["type"], event["hook"]["resource"]["addr"], event["hook"]["action"])

    def calls(self) -> list[Call]:
        """All operations, with those that never ended."""
        unfinished = [Call(address, action, start) for (address, action), start in self._open.items()]
        return sorted([*self._calls, *unfinished], key=lambda call: call.started)

    def _take(self, kind: str, address: str, action: str) -> None:
        self._count += 1
        if kind == "apply_start":
            self._open[address, action] = self._count
            return
        started = self._open.pop((address, action), self._count)
        failed = kind == "apply_errored"
        self._calls.append(Call(address, action, started, None if failed else self._count, failed))
