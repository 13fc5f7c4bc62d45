"""Listeners with everything that decides about a request: rules, conditions, actions, target groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.load_balancer import DEFAULT_IDLE_TIMEOUT_S
from constructs_lib.terraform_json.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.local.reading.values import Values
    from constructs_lib.proof.model.network import Model
    from constructs_lib.terraform_json.block import Block


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a rule. kind: ``path_pattern``, ``host_header``, ``http_request_method``, ``source_ip``,
    ``http_header`` (with its ``name``) or ``query_string`` (values are pairs of key, or none, and value).

    unreadable: a value stands in the document that only an apply knows, so nothing matches it here.
    """

    kind: str
    values: tuple[Any, ...]
    name: str = ""
    regex: bool = False
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A transform: what a regular expression finds in host or path is replaced."""

    kind: str
    pattern: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a rule does. settings: those of a fixed response or redirect. groups: pairs of target group and
    weight.
    """

    kind: str
    settings: dict[str, str] = field(default_factory=dict)
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a listener; ``priority`` None is the default action."""

    address: str
    priority: int | None
    conditions: tuple[Condition, ...]
    action: Action
    rewrites: tuple[Rewrite, ...] = ()


@dataclass(frozen=True, slots=True)
class Listener:
    """A listener with its rules in the order in which AWS asks them."""

    address: str
    load_balancer: str
    name: str
    port: int
    protocol: str
    internal: bool
    rules: tuple[Rule, ...]
    idle_timeout_s: int
    attributes: dict[str, bool | str]


@dataclass(frozen=True, slots=True)
class Target:
    """What a target group holds: a function with its qualifier, a service with its container's port."""

    thing: str
    qualifier: str | None = None
    port: int | None = None


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group and what it holds; ``health_check`` as the document writes it."""

    address: str
    arn: str
    kind: str
    targets: tuple[Target, ...]
    multi_value_headers: bool
    health_check: dict[str, str]


def read_listeners(model: Model, values: Values) -> dict[str, Listener]:
    """Give the listeners of application load balancers, by address."""
    rules: dict[str, list[Rule]] = {}
    for block in values.document.resources("aws_lb_listener_rule"):
        rules.setdefault(str(block.ref("listener_arn")), []).append(_rule(block, values))
    found = {}
    for address, listener in model.listeners.items():
        block = values.document.blocks[str(address)]
        balancer = model.load_balancers.get(listener.load_balancer)
        if balancer is None or balancer.kind != "application" or not isinstance(listener.port, int):
            continue
        own = sorted(rules.get(str(address), ()), key=lambda rule: (rule.priority or 0, rule.address))
        default = Rule(block.address, None, (), _action(block.blocks("default_action"), values))
        front = values.document.blocks[balancer.interface.address]
        idle = front.number("idle_timeout")
        found[str(address)] = Listener(
            address=str(address),
            load_balancer=balancer.interface.address,
            name=balancer.interface.address.split(".", 1)[1],
            port=listener.port,
            protocol=str(listener.protocol or "HTTP"),
            internal=balancer.internal is True,
            rules=(*own, default),
            idle_timeout_s=idle if isinstance(idle, int) else DEFAULT_IDLE_TIMEOUT_S,
            attributes=_attributes(front, values),
        )
    return found


def _attributes(block: Block, values: Values) -> dict[str, bool | str]:
    return {
        "drop_invalid_header_fields": block.flag("drop_invalid_header_fields", False) is True,
        "preserve_host_header": block.flag("preserve_host_header", False) is True,
        "xff_header_processing_mode": values.text(block.get("xff_header_processing_mode") or "append"),
        "enable_xff_client_port": block.flag("enable_xff_client_port", False) is True,
    }


def _rule(block: Block, values: Values) -> Rule:
    priority = block.number("priority")
    conditions = tuple(one for part in block.blocks("condition") for one in _conditions(part, values))
    if block.opens_blocks("condition"):
        conditions = (*conditions, Condition("unknown", (), unreadable=True))
    return Rule(
        address=block.address,
        priority=priority if isinstance(priority, int) else None,
        conditions=conditions,
        action=_action(block.blocks("action"), values),
        rewrites=tuple(one for part in block.blocks("transform") for one in _rewrites(part, values)),
    )


def _rewrites(block: Block, values: Values) -> Iterator[Rewrite]:
    for kind in ("host_header", "url"):
        for part in block.blocks(f"{kind}_rewrite_config"):
            for rewrite in part.blocks("rewrite"):
                regex, replace = (values.text(rewrite.get(name) or "") for name in ("regex", "replace"))
                yield Rewrite(kind, regex, replace)


def _conditions(block: Block, values: Values) -> Iterator[Condition]:
    for kind in ("path_pattern", "host_header", "http_request_method", "source_ip", "http_header"):
        for part in block.blocks(kind):
            name = values.text(part.get("http_header_name") or "").lower()
            for written, regex in (("values", False), ("regex_values", True)):
                if part.has(written):
                    texts = part.texts(written)
                    open_ = any(isinstance(text, Unknown) for text in texts)
                    yield Condition(kind, tuple(map(str, texts)), name, regex, open_)
    query = block.blocks("query_string")
    if query:
        pairs = tuple(
            (values.text(part.get("key")) if part.has("key") else None, values.text(part.get("value")))
            for part in query
        )
        yield Condition("query_string", pairs)


def _action(blocks: tuple[Block, ...], values: Values) -> Action:
    own = sorted(blocks, key=lambda block: n if isinstance(n := block.number("order"), int) else 0)
    if not own:
        return Action("unknown")
    first, last = own[0], own[-1]
    kind = values.text(last.get("type") or "unknown")
    if values.text(first.get("type") or "").startswith(("authenticate", "jwt")):
        return Action("login")
    if kind in ("fixed-response", "redirect"):
        for part in last.blocks(kind.replace("-", "_")):
            return Action(kind, {name: values.text(part.get(name)) for name in part.body if part.has(name)})
    return Action(kind, groups=tuple(_groups(last)))


def _groups(block: Block) -> Iterator[tuple[str, int]]:
    groups = [group for part in block.blocks("forward") for group in part.blocks("target_group")]
    if not groups and block.has("target_group_arn"):
        yield str(block.ref("target_group_arn")), 1
    for group in groups:
        weight = group.number("weight")
        yield str(group.ref("arn")), weight if isinstance(weight, int) else 1


def read_target_groups(model: Model, values: Values) -> dict[str, TargetGroup]:
    """Give the target groups with what they hold, by address."""
    found = {}
    for address, group in model.target_groups.items():
        block = values.document.blocks[str(address)]
        targets = tuple(
            Target(str(one.thing), None if one.qualifier is None else str(one.qualifier), _int(one.port))
            for one in group.targets
        )
        check = next(iter(block.blocks("health_check")), None)
        found[str(address)] = TargetGroup(
            address=str(address),
            arn=values.arn(block),
            kind=str(group.kind),
            targets=targets,
            multi_value_headers=block.flag("lambda_multi_value_headers_enabled", False) is True,
            health_check={name: values.text(check.get(name)) for name in check.body} if check else {},
        )
    return found


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None
