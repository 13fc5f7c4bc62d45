"""The simulated account: what is live in it across applies, and what it carries out or refuses."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from constructs_lib.figures.changes.in_use import VERSION, filled, others, parts, taken, uses
from constructs_lib.testing.terraform.stand_in.live import (
    deletions,
    endpoints,
    load_balancers,
    names,
    network,
    triggers,
)
from constructs_lib.testing.terraform.stand_in.live.objects import Change, Key, LiveObject
from constructs_lib.testing.terraform.stand_in.live.refusal import Refusal, refuse
from constructs_lib.testing.terraform.stand_in.live.register import Register

_CHECKS: tuple[Callable[[Change, Register], Refusal | None], ...] = (
    deletions.in_use,
    deletions.is_protected,
    names.is_taken,
    network.address_is_held,
    network.subnet_overlaps,
    network.subnet_outside_vpc,
    network.internet_gateway_is_mapped,
    network.no_internet_gateway,
    load_balancers.subnets_of_another_vpc,
    load_balancers.groups_of_another_vpc,
    load_balancers.zones_of_subnets,
    load_balancers.log_bucket_admits_nobody,
    load_balancers.listener_keeps_its_policy,
    load_balancers.target_group_is_anothers,
    load_balancers.function_has_no_permission,
    load_balancers.service_has_no_load_balancer,
    triggers.queue_hides_too_short,
    endpoints.zone_twice,
    endpoints.route_table_is_gone,
    endpoints.route_twice,
    endpoints.s3_has_no_gateway,
)
_REMEMBERED = frozenset(
    {
        *uses(),
        *(user for use in uses().values() for user in use.users),
        *filled(),
        *taken(),
        *parts(),
        *(law.type_name for law in others().values()),
        *("aws_vpc_endpoint_route_table_association", "aws_vpc_ipv4_cidr_block_association"),
        "aws_sqs_queue",
        "aws_s3_bucket_policy",
    }
)
PATIENCE_S = 1.0


class Account:
    """What is live, read from ``file`` and written back by ``save``; without one it lives in memory alone.

    What Terraform's state doesn't name any more when it plans is forgotten, as a killed run may have left it
    behind: so the next run can complete its work. What ``skip_destroy`` leaves in AWS stays.

    A deletion that the provider tries again waits for those changes of the same apply that may free the
    thing, and is refused when nothing has moved for ``patience_s`` seconds; if the plan changes none of its
    users, at once.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.patience_s = PATIENCE_S
        self.register = Register()
        self._file = file
        self._moved = threading.Condition()
        self._busy = 0
        self._changes = 0
        self._seen: set[Key] | None = None
        self._refreshed = False
        if file:
            self.register.load(file)

    @property
    def size(self) -> int:
        """How much is live, and was: what is made later has other names than anything of it."""
        return len(list(self.register)) + len(self.register.gone)

    def save(self) -> None:
        """Writes the file, if there is one."""
        if self._file:
            with self._moved:
                self.register.save(self._file)

    def begin_plan(self) -> None:
        """Terraform is about to plan anew."""
        with self._moved:
            self._seen, self._refreshed = set(), False

    def observe(self, thing: LiveObject, *, refreshed: bool) -> None:
        """Terraform's state names this; ``refreshed`` where it asks how it is."""
        if thing.type_name not in _REMEMBERED:
            return
        with self._moved:
            self.register.put(thing)
            self._refreshed |= refreshed
            if self._seen is not None:
                self._seen.add(thing.key)

    @contextlib.contextmanager
    def under_way(self) -> Iterator[None]:
        """A change has arrived, and may be held before it is carried out."""
        with self._moved:
            self._busy += 1
        try:
            yield
        finally:
            with self._moved:
                self._busy -= 1

    def carry_out(
        self,
        change: Change,
        *,
        is_filled: Callable[[str], bool] = lambda _: False,
        may_change: Callable[[LiveObject], bool] = lambda _: True,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Refusal | None:
        """Carries a change out, or says what AWS says instead; called while it is ``under_way``.

        is_filled: whether a text that a test gave means the thing. may_change: whether the apply at hand
        changes or deletes a thing. is_wanted: whether Terraform still waits for the answer.
        """
        with self._moved:
            self._forget_unseen()
            while refusal := self._refusal(change, is_filled):
                waits = refusal.law.retried_min and any(may_change(thing) for thing in refusal.blocking)
                if not waits or not self._wait() or not is_wanted():
                    return refusal
            self._commit(change)
            self._changes += 1
            self._moved.notify_all()
            return None

    def delete_version(self, version: LiveObject) -> Refusal | None:
        """Deletes one published version of a function, unless an alias points to it."""
        with self._moved:
            aliases = [
                alias
                for alias in self.register.mentioning(str(version.values["version"]), "aws_lambda_alias")
                if version.values["function_name"] in str(alias.values["function_name"]).split(":")
            ]
            if aliases:
                return refuse(Change(version, None), others()["version-with-alias"], aliases)
            self.register.drop(version)
            return None

    def versions(self, function_name: str) -> list[LiveObject]:
        """The published versions of a function that are live."""
        return self.register.mentioning(function_name, VERSION)

    def _refusal(self, change: Change, is_filled: Callable[[str], bool]) -> Refusal | None:
        if _is_left_alone(change):
            return None
        for check in _CHECKS:
            if refusal := check(change, self.register):
                return refusal
        return deletions.is_filled(change, self.register, is_filled)

    def _commit(self, change: Change) -> None:
        if change.after is None:
            if _is_left_alone(change):
                self.register.retained.add(change.thing.key)
            else:
                self.register.drop(change.thing)
                if change.thing.type_name in filled():
                    self.register.filled.discard(change.thing.identity)
        elif change.after.type_name in _REMEMBERED:
            self.register.put(change.after)
            if bucket := load_balancers.log_bucket(change.after, self.register):
                self.register.filled.add(bucket.identity)  # the load balancer's test file

    def _wait(self) -> bool:
        """Whether a change was carried out in the meantime; one that is held is waited for.

        Counted, since a wait that has just run out does not tell of the change that came before its lock did.
        """
        before = self._changes
        self._busy -= 1
        try:
            while self._changes == before:
                if not self._moved.wait(self.patience_s) and self._changes == before and not self._busy:
                    return False
            return True
        finally:
            self._busy += 1

    def _forget_unseen(self) -> None:
        seen, self._seen = self._seen, None
        if seen is None or (seen and not self._refreshed):
            return
        for thing in self.register:
            kept = thing.key in seen or thing.key in self.register.retained or thing.type_name == VERSION
            if not kept:
                self.register.forget(thing)


def _is_left_alone(change: Change) -> bool:
    """Whether the provider only drops it from the state."""
    return change.after is None and change.thing.values.get("skip_destroy") is True
