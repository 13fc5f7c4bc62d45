"""What happens behind a listener: a rule takes the request, a target group holds the target, and it may be
called.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from constructs_lib.figures import principals
from constructs_lib.proof.walking import _listeners as listeners
from constructs_lib.proof.walking import _network_acls as network_acls
from constructs_lib.proof.walking import route_tables
from constructs_lib.proof.walking import security_group_filters as security_groups
from constructs_lib.proof.walking.addresses import (
    EVERYWHERE,
    EVERYWHERE_IPV6,
    Network,
    covered,
    is_public,
    meets,
    network,
)
from constructs_lib.proof.walking.answers import (
    Answer,
    Blocked,
    CannotTell,
    Carried,
    any_of,
    carried,
    in_order,
)
from constructs_lib.proof.walking.parties import Party
from constructs_lib.terraform_json.values import Identity, Unknown, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import (
        Listener,
        ListenerRule,
        LoadBalancer,
        Target,
        TargetGroup,
    )
    from constructs_lib.proof.model.network import Model
    from constructs_lib.proof.model.workloads import Interface, Permission

_ACTIONS = ("lambda:InvokeFunction", "lambda:*", "*")


def chosen(
    listener: Listener, rule: ListenerRule, group: Identity, shadow: tuple[ListenerRule, bool] | None
) -> Answer:
    """Tell whether requests reach a rule and go to a target group from there."""
    if shadow is not None:
        taker, sure = shadow
        whose = "the default action" if rule.priority is None else rule.address
        before = f"{taker.address} (priority {taker.priority})"
        why = f"no request reaches {whose} of {listener.address}: {before} takes "
        if sure:
            return Blocked(rule.address, f"{why}{listeners.in_words(taker)} before")
        return CannotTell(rule.address, f"{why}them, depending on values that are not in this document")
    if rule.action.kind == "login first":
        return CannotTell(rule.address, f"{rule.address} asks for a login first")
    weight = dict(rule.action.targets).get(group, 0)
    if isinstance(weight, Unknown):
        return CannotTell(rule.address, f"{rule.address}: {weight} is not in this document")
    if weight == 0:
        return Blocked(rule.address, f"{rule.address} gives {group} the weight 0")
    addresses = (rule.address,) if rule.address == listener.address else (listener.address, rule.address)
    which = "" if rule.priority is None else f" for {listeners.in_words(rule)}"
    share = ""
    if len(rule.action.targets) > 1:
        whole = sum(number for _, number in rule.action.targets if isinstance(number, int))
        share = f" (weight {weight} of {whole})"
    return carried(f"{listener.address} ({listener.port}) forwards to {group}{which}{share}", *addresses)


def takes_from(model: Model, rule: ListenerRule, source: Party, *, every: bool) -> Answer:
    """Tell whether a rule with conditions on the source's address takes requests of a party.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#source-ip-conditions
    """
    values = [v for condition in rule.conditions if condition.kind == "source_ip" for v in condition.values]
    if not values:
        return Carried()
    admitted = [n for value in values if not isinstance(n := _range(value), Unknown)]
    own = security_groups.addresses_of(model, source)
    known = [one for one in own if not isinstance(one, Unknown)]
    is_open = len(admitted) < len(values) or len(known) < len(own)
    if every:
        held = all(covered(one, admitted) for one in known)
    else:
        held = any(meets(one, other) for one in known for other in admitted if _same_world(model, one, other))
    if held and (not is_open or not every):
        return Carried()
    takes = f"{rule.address} takes requests from {' or '.join(map(str, values))} only"
    if is_open:
        return CannotTell(rule.address, f"{takes}; where {source} comes from is not in this document")
    return Blocked(rule.address, f"{takes}, not from {source}")


def _range(value: str | Unknown) -> Network | Unknown:
    return network(value) if isinstance(value, str) else value


def _same_world(model: Model, asked: Network, admitted: Network) -> bool:
    """The internet as a whole holds no private address."""
    return asked not in (EVERYWHERE, EVERYWHERE_IPV6) or is_public(admitted, model.own_ranges)


def delivers(
    model: Model, balancer: LoadBalancer, group: TargetGroup, target: Target, port: int, *, every: bool
) -> Answer:
    """Tell whether a load balancer gets requests to a target of a target group."""
    if target.thing in model.functions:
        return invokes(model, group, target)
    interface = model.interfaces.get(str(target.thing))
    if interface is None:
        return CannotTell(target.address, f"{target.address}: {target.thing} is not in this document")
    kinds = ("ip", "instance") if interface.kind == "carrier" else ("ip",)
    if group.kind not in kinds:
        return _wrong_kind(group, interface, " or ".join(kinds))
    return connects(model, balancer.interface, interface, port, every=every)


def _wrong_kind(group: TargetGroup, interface: Interface, needed: str) -> Answer:
    if isinstance(group.kind, Unknown):
        return CannotTell(group.address, f"{group.address}: {group.kind} is not in this document")
    return Blocked(group.address, f"{group.address} has target type {group.kind}; {interface} needs {needed}")


def invokes(model: Model, group: TargetGroup, target: Target) -> Answer:
    """A load balancer calls a function through the Lambda API: a permission decides, no security group."""
    function = model.functions[str(target.thing)].interface
    if group.kind != "lambda":
        return _wrong_kind(group, function, "lambda")
    if len(group.targets) > 1:
        held = ", ".join(one.address for one in group.targets)
        return Blocked(
            group.address,
            f"{group.address} has {len(group.targets)} targets ({held}); a lambda one takes one",
        )
    named = f"{function} ({target.qualifier})" if target.qualifier is not None else str(function)
    answers = [
        _permits(model, permission, group, target, named)
        for permission in model.permissions.get(target.thing, ())
    ]
    answers += [_open_value(permission.address, permission.function) for permission in model.open_permissions]
    nobody = Blocked(group.address, f"no aws_lambda_permission lets {group.address} invoke {named}")
    attached = carried(f"{group.address} holds {named}", *dict.fromkeys((group.address, target.address)))
    return in_order((attached, any_of(answers, otherwise=nobody)))


def _open_value(address: str, value: object) -> CannotTell:
    return CannotTell(address, f"{address}: {value} is not in this document")


def _permits(model: Model, permission: Permission, group: TargetGroup, target: Target, named: str) -> Answer:
    """Tell whether one statement of the function's policy lets the target group in."""
    address, doubts = permission.address, []
    for fits, value, missing in _terms(model, permission, group, target):
        if fits is False:
            return Blocked(address, f"{address} {missing}")
        if fits is None:
            doubts.append(value)
    if doubts:
        return _open_value(address, doubts[0])
    return carried(f"{address} lets {group.address} invoke {named}", address)


def _terms(
    model: Model, permission: Permission, group: TargetGroup, target: Target
) -> Iterator[tuple[bool | None, object, str]]:
    """Give each term of a permission: whether it fits (None: open), its value, and what to say if it does
    not.
    """
    principal, action, source = permission.principal, permission.action, permission.source_arn
    account = permission.source_account
    yield (
        _one_of(principal, (principals.LOAD_BALANCING, "*")),
        principal,
        f"is for the principal {principal}; {principals.LOAD_BALANCING} is needed",
    )
    yield _one_of(action, _ACTIONS), action, f"allows {action}; {_ACTIONS[0]} is needed"
    held = (
        f"is for {_qualified(permission.qualifier)}; {target.address} attaches {_qualified(target.qualifier)}"
    )
    yield (
        _same_qualifier(permission.qualifier, target.qualifier),
        permission.qualifier or target.qualifier,
        held,
    )
    from_here = True if source is None else _same_group(source, group)
    yield from_here, source, f"is for {source}; the requests come from {group.address}"
    here = model.accounts is None or not isinstance(account, str) or account in model.accounts
    yield here, account, f"is for requests from the account {account}, and the provider has another one"


def _one_of(value: str | Unknown | None, wanted: tuple[str, ...]) -> bool | None:
    return None if isinstance(value, Unknown) else value in wanted


def _qualified(qualifier: Identity | None) -> str:
    return "the function without alias" if qualifier is None else f"the alias or version {qualifier}"


def _same_qualifier(one: Identity | None, other: Identity | None) -> bool | None:
    return one is other if one is None or other is None else same(one, other)


def _same_group(source_arn: Identity, group: TargetGroup) -> bool | None:
    if isinstance(source_arn, Unknown) or source_arn == group.address:
        return same(source_arn, group.address)
    if source_arn.startswith("arn:"):
        any_group = "arn:aws:elasticloadbalancing:region:000000000000:targetgroup/name/id"
        return True if fnmatchcase(any_group, source_arn) else None
    return False


def connects(model: Model, source: Interface, target: Interface, port: int, *, every: bool) -> Answer:
    """Tell whether one interface opens a connection to another one inside a VPC."""
    if source.vpc is None or target.vpc is None:
        return route_tables.same_vpc(source, target)
    return in_order(
        (
            security_groups.passes(model, source, target, port, ingress=False, every=every),
            route_tables.same_vpc(source, target),
            network_acls.between(model, source, target, port, every=every),
            security_groups.passes(model, target, source, port, ingress=True, every=every),
        )
    )
