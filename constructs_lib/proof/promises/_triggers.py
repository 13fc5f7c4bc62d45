"""The promises about triggers: each invokes its function, and lets nobody else in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from constructs_lib.compute.triggers.options import (
    BucketTrigger,
    EventTrigger,
    QueueTrigger,
    ScheduleTrigger,
    TopicTrigger,
    Trigger,
)
from constructs_lib.environment.triggers import options_of
from constructs_lib.figures import principals
from constructs_lib.iam import queue_policy
from constructs_lib.iam.evaluation import decide
from constructs_lib.iam.patterns import Open, Text, spelled
from constructs_lib.problem_words import listed
from constructs_lib.proof.promises.promise import Promise, carrying
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, carried, in_order
from constructs_lib.proof.walking.by_iam import IamWays
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.proof.model.workloads import EventSource, Interface, Permission
    from constructs_lib.proof.walking.path import Paths

_WORDS = {
    QueueTrigger: "queue",
    ScheduleTrigger: "schedule",
    EventTrigger: "rule",
    BucketTrigger: "bucket",
    TopicTrigger: "topic",
}
_TYPES = {
    QueueTrigger: "aws_lambda_event_source_mapping",
    ScheduleTrigger: "aws_scheduler_schedule",
    EventTrigger: "aws_cloudwatch_event_target",
    BucketTrigger: "aws_s3_bucket_notification",
    TopicTrigger: "aws_sns_topic_subscription",
}
_PRINCIPALS = {
    EventTrigger: principals.EVENTS,
    BucketTrigger: principals.S3,
    TopicTrigger: principals.SNS,
}
_SCHEDULER = f"Service:{principals.SCHEDULER}"
"""How the reader of trust policies spells the service."""


class Triggers:
    """What the file says about who invokes functions beside load balancers, asked of the document."""

    def __init__(self, environment: Environment, paths: Paths) -> None:
        self.environment, self.model = environment, paths.model
        self.iam = IamWays(paths.model)
        self._declared: dict[str, dict[str, Trigger]] = {}
        self._role_of = {
            holder: role for role in paths.model.access.principals.values() for holder in role.holders
        }
        self._sources_of: dict[Identity, list[EventSource]] = {}
        for one in paths.model.event_sources:
            self._sources_of.setdefault(one.function, []).append(one)

    def named(self, name: str) -> tuple[str, ...]:
        """The triggers of a workload, in words."""
        return tuple(f"its {_WORDS[type(one)]} {label}" for label, one in self._of(name).items())

    def promises(self, name: str, target: Interface) -> Iterator[Promise]:
        """Each trigger gets through to its function."""
        for label, trigger in self._of(name).items():
            word = _WORDS[type(trigger)]
            sentence, subject = f"the {word} {label} invokes {name}", f"{label} -> {name}"
            yield carrying("trigger", subject, sentence, self._invokes(name, label, trigger, target))

    def admitted(self, name: str, target: Interface) -> frozenset[str]:
        """The addresses that let the declared triggers in: pollers, permissions and roles."""
        found: set[str] = set()
        for label, trigger in self._of(name).items():
            for one in self._sources(name, label, trigger, target):
                found.add(one.address)
                found |= {permission.address for permission in self._permissions(trigger, one)}
                if one.role is not None and self._is_the_schedulers(one.role):
                    found.add(str(one.role))
        return frozenset(found)

    def _of(self, name: str) -> dict[str, Trigger]:
        if name not in self._declared:
            function = self.environment.functions.get(name)
            triggers = function.triggers if function else {}
            self._declared[name] = {label: options_of(trigger) for label, trigger in triggers.items()}
        return self._declared[name]

    def _sources(self, name: str, label: str, trigger: Trigger, target: Interface) -> list[EventSource]:
        """What of the document hands the function the events of this trigger."""
        wanted = _identity(name, label, trigger)
        kind = _TYPES[type(trigger)]
        return [
            one
            for one in self._sources_of.get(target.address, ())
            if type_of(one.address) == kind
            and wanted == (one.address if isinstance(trigger, ScheduleTrigger) else one.source)
        ]

    def _invokes(self, name: str, label: str, trigger: Trigger, target: Interface) -> Answer:
        found = self._sources(name, label, trigger, target)
        if not found:
            why = f"no {_TYPES[type(trigger)]} hands {name} what comes from it"
            return Blocked(target.address, why)
        one = found[0]
        if one.enabled is not True:
            return _state(one)
        there = carried(f"{one.address} hands {name} what comes from {one.source or 'it'}", one.address)
        if isinstance(trigger, QueueTrigger):
            return in_order((there, self._receives(trigger, one, target), self._is_hidden(one)))
        if isinstance(trigger, ScheduleTrigger):
            return in_order((there, self._is_meant(trigger, one), self._role_invokes(one, target)))
        if isinstance(trigger, EventTrigger):
            return in_order((there, self._matches(trigger, one), self._permitted(trigger, one)))
        return in_order((there, self._permitted(trigger, one)))

    def _receives(self, trigger: QueueTrigger, one: EventSource, target: Interface) -> Answer:
        """Lambda fetches messages with the function's role."""
        role = self._role_of.get(target.address)
        if role is None:
            return CannotTell(target.address, f"the role of {target} is not in this document")
        queue: Text = (trigger.queue,) if not trigger.is_new else (Open(f"{one.source}.arn"),)
        statements = queue_policy("", kms_key_arn=trigger.kms_key_arn)["Statement"]
        asked = [(action, queue) for action in statements[0]["Action"]]
        asked += [(each["Action"], (trigger.kms_key_arn or "",)) for each in statements[1:]]
        decided = {action: decide(role.policies, action, what) for action, what in asked}
        if refused := [action for action, said in decided.items() if said.allowed is False]:
            return Blocked(role.address, f"{role.address} is not allowed {listed(refused)} on it")
        if unsure := [said for said in decided.values() if not said.allowed]:
            why = f"whether {role.address} may receive its messages depends: {unsure[0].why}"
            return CannotTell(role.address, why)
        return carried(f"{role.address} may receive its messages", role.address)

    def _is_hidden(self, one: EventSource) -> Answer:
        """AWS refuses a queue that shows messages again while the function may still work on them."""
        queue = self.model.document.blocks.get(str(one.source))
        timeout = self.model.functions[str(one.function)].timeout_s
        if queue is None:
            why = f"how long {one.source} hides messages is not in this document"
            return CannotTell(str(one.source), why)
        hidden = queue.number("visibility_timeout_seconds")
        if not isinstance(hidden, int) or not isinstance(timeout, int):
            return CannotTell(
                queue.address, f"{queue.address}: its visibility timeout is not in this document"
            )
        if hidden < timeout:
            why = f"{queue.address} hides messages for {hidden} s, and the function may take {timeout} s"
            return Blocked(queue.address, why)
        return carried(f"{queue.address} hides messages for {hidden} s", queue.address)

    def _is_meant(self, trigger: ScheduleTrigger, one: EventSource) -> Answer:
        block = self.model.document.blocks[one.address]
        for key, wanted in (
            ("schedule_expression", trigger.schedule),
            ("schedule_expression_timezone", trigger.timezone),
        ):
            if (found := block.text(key) or "UTC") != wanted:
                return Blocked(one.address, f"{one.address} has {key} {found}, and {wanted} is declared")
        return carried(f"{one.address} goes off at {trigger.schedule}, {trigger.timezone}", one.address)

    def _role_invokes(self, one: EventSource, target: Interface) -> Answer:
        if (grant := self.iam.of_role(str(one.role), target)) is not None:
            return grant.answer
        if isinstance(one.role, Unknown) or str(one.role) not in self.model.access.principals:
            return CannotTell(one.address, f"what {one.role} may do is not in this document")
        return Blocked(str(one.role), f"{one.role} may not invoke {target}")

    def _is_the_schedulers(self, role: Identity) -> bool:
        """Whether nobody but EventBridge Scheduler may take a role."""
        known = self.model.access.principals.get(str(role))
        trust = known.trust if known else None
        return bool(trust) and all(
            one.allows is False
            or (not one.unread and {*map(spelled, one.resources.patterns)} == {_SCHEDULER})
            for one in trust or ()
        )

    def _matches(self, trigger: EventTrigger, one: EventSource) -> Answer:
        rule = self.model.document.blocks.get(str(one.source))
        text = rule.text("event_pattern") if rule else None
        if rule is None or isinstance(text, Unknown):
            return CannotTell(one.address, f"the pattern of {one.source} is not in this document")
        if not _same_json(text, trigger.pattern):
            return Blocked(rule.address, f"{rule.address} has another pattern than the declared one")
        if rule.text("state") not in (None, "ENABLED"):
            return Blocked(rule.address, f"{rule.address} is disabled")
        return carried(f"{rule.address} matches the declared events", rule.address)

    def _permissions(self, trigger: Trigger, one: EventSource) -> list[Permission]:
        """The permissions for the events of one source alone, of one account."""
        principal = _PRINCIPALS.get(type(trigger))
        source = trigger.bucket if isinstance(trigger, BucketTrigger) else one.source
        return [
            permission
            for permission in self.model.permissions.get(one.function, ())
            if permission.principal == principal
            and permission.action == "lambda:InvokeFunction"
            and permission.source_arn == source
            and permission.qualifier == one.qualifier
            and permission.source_account is not None
        ]

    def _permitted(self, trigger: Trigger, one: EventSource) -> Answer:
        if found := self._permissions(trigger, one):
            return carried(f"{found[0].address} lets {one.source} invoke it", found[0].address)
        principal = _PRINCIPALS[type(trigger)]
        why = f"no aws_lambda_permission lets {principal} invoke it for {one.source} of one account"
        return Blocked(one.address, why)


def _identity(name: str, label: str, trigger: Trigger) -> str:
    """What a trigger's events come from, as the document names it."""
    made = f"{name}_trigger_{label}"
    if isinstance(trigger, QueueTrigger):
        return f"aws_sqs_queue.{made}" if trigger.is_new else trigger.queue
    if isinstance(trigger, ScheduleTrigger):
        return f"aws_scheduler_schedule.{made}"
    if isinstance(trigger, EventTrigger):
        return f"aws_cloudwatch_event_rule.{made}"
    return trigger.name if isinstance(trigger, BucketTrigger) else trigger.topic


def _state(one: EventSource) -> Blocked | CannotTell:
    if one.enabled is False:
        return Blocked(one.address, f"{one.address} is disabled")
    return CannotTell(one.address, f"whether {one.address} is enabled is not in this document")


def _same_json(text: str | None, wanted: object) -> bool:
    try:
        return bool(json.loads(text or "null") == json.loads(json.dumps(wanted)))
    except ValueError:
        return False
