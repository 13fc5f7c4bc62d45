"""An environment that is applied once and changed, and what of an apply's order leaves a gap."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from constructs_lib.terraform_json import Document, read_document
from constructs_lib.testing.terraform import Apply, OfflineTerraform, offline_terraform
from constructs_lib.views.changes.comparison import Comparison, compare
from tests.support.projects import project
from tests.support.terraform.stacks import stack_of

Edits = Iterable[tuple[str, str]]
_SERVING = ("aws_lb_listener", "aws_lb_listener_rule")
_IN_SUBNETS = ("aws_lambda_function", "aws_ecs_service")
_TURNING = ("create", "update")


def edited(text: str, edits: Edits) -> str:
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


class Applied:
    """An environment, applied once; each change goes on from a copy of it."""

    def __init__(self, folder: Path, text: str) -> None:
        self.folder, self.text = folder, text
        self.project = project(folder / "shop")
        with offline_terraform(self.stack(()), workspace=folder / "base") as session:
            session.apply()

    def stack(self, edits: Edits) -> Path:
        file = self.project.write(edited(self.text, edits))
        return stack_of(file, self.project.root, self.project.root / "cdktf.out")

    def document(self, edits: Edits) -> Document:
        return read_document(self.stack(edits))

    def foretold(self, edits: Edits) -> Comparison:
        return compare(self.document(()), self.document(edits))

    def change(self, edits: Edits) -> OfflineTerraform:
        """A session on a copy, in which the changed stack is in the place of the applied one."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder / "base", copy)
        return offline_terraform(self.stack(edits), workspace=copy)


def out_of_order(done: Apply, foretold: Comparison) -> list[str]:
    """What turned to something that was not ready, or went before the one in its place was there."""
    return [*_turned_early(done, foretold), *_went_early(done, foretold)]


def _turned_early(done: Apply, foretold: Comparison) -> Iterator[str]:
    """Listeners turn to attached functions, workloads join routed subnets, routes turn before
    what they led to goes."""
    made = {call.address: call for call in done.calls if call.action == "create"}
    for call in done.calls:
        if call.action not in _TURNING:
            continue
        kind = call.address.partition(".")[0]
        needed = {"aws_lb_target_group_attachment"} if kind in _SERVING else set()
        needed |= {"aws_route_table_association"} if kind in _IN_SUBNETS else set()
        for other in foretold.new.references.waits_for(call.address):
            ready = made.get(other)
            if ready and other.partition(".")[0] in needed and not _is_before(ready.completed, call.started):
                yield f"{call.address} turned before {other} was there"
    for route in (call for call in done.calls if call.address.startswith("aws_route.")):
        led_to = foretold.old.references.waits_for(route.address) if route.action == "update" else ()
        for gone in (call for call in done.calls if call.action == "delete" and call.address in led_to):
            if not _is_before(route.completed, gone.started):
                yield f"{gone.address} went before {route.address} turned"


def _went_early(done: Apply, foretold: Comparison) -> Iterator[str]:
    """A rule goes after the one that takes its paths."""
    for gone in (
        c for c in done.calls if c.action == "delete" and c.address.startswith("aws_lb_listener_rule.")
    ):
        block = foretold.old.blocks[gone.address]
        for new in (
            c for c in done.calls if c.action == "create" and c.address.startswith("aws_lb_listener_rule.")
        ):
            other = foretold.new.blocks[new.address]
            same = block.body["condition"] == other.body["condition"]
            same &= foretold.old.blocks[gone.address].ref("listener_arn") == other.ref("listener_arn")
            if same and not _is_before(new.completed, gone.started):
                yield f"{gone.address} went before {new.address} was there"


def _is_before(completed: int | None, started: int) -> bool:
    return completed is not None and completed < started
