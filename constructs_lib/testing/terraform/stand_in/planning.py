"""What a provider plans: computed values unknown until they exist, prior ones kept, replacements.

https://github.com/hashicorp/terraform/blob/main/docs/resource-instance-change-lifecycle.md
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from constructs_lib.figures.changes.force_new import conditionally_forcing, forcing_arguments
from constructs_lib.figures.changes.kept import given_blocks, kept_blocks, recomputed_with
from constructs_lib.testing.terraform.schema import Block, NestedBlock
from constructs_lib.testing.terraform.stand_in.validation import SOURCE_KINDS
from constructs_lib.testing.terraform.stand_in.values import UNKNOWN, canonical, is_known, same

Values = dict[str, Any]
FORCING_CASES: dict[str, Callable[[Values, Values], bool]] = {
    "capacity_provider_strategy": lambda _, planned: planned["force_new_deployment"] is not True,
    "durable_config": lambda prior, planned: bool(prior["durable_config"]) != bool(planned["durable_config"]),
    "private_dns_enabled": lambda _, planned: planned["vpc_endpoint_type"] != "Interface",
}
"""The cases of ``conditional`` in ``force_new.json``."""
_JSON_TEXTS = ("assume_role_policy", "container_definitions", "policy")
_RULES = ("aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule")


def with_unknowns(block: Block, proposed: Any, prior: Any) -> Any:
    """The proposed value, with each computed value unknown that has neither a configured nor a prior one."""
    if proposed is None or proposed is UNKNOWN:
        return proposed
    planned = dict(proposed)
    for name, attribute in block.attributes.items():
        if attribute.computed and planned[name] is None and prior is None:
            planned[name] = UNKNOWN
    for name, nested in block.blocks.items():
        planned[name] = _nested_with_unknowns(nested, planned[name], prior[name] if prior else None)
    return planned


def _nested_with_unknowns(nested: NestedBlock, proposed: Any, prior: Any) -> Any:
    if proposed is None or proposed is UNKNOWN:
        return proposed
    if nested.nesting == "single":
        return with_unknowns(nested.block, proposed, prior)
    if nested.nesting == "map":
        return {
            key: with_unknowns(nested.block, item, (prior or {}).get(key)) for key, item in proposed.items()
        }
    known = prior or []
    if nested.nesting == "set":
        seen = [canonical(nested.block.type, item) for item in known]
        pairs = [(item, item if canonical(nested.block.type, item) in seen else None) for item in proposed]
    else:
        pairs = [(item, known[i] if i < len(known) else None) for i, item in enumerate(proposed)]
    return [with_unknowns(nested.block, item, before) for item, before in pairs]


def keep_blocks(type_name: str, block: Block, planned: Values, prior: Values | None) -> bool:
    """Leaves Optional and Computed blocks as they are where the configuration doesn't have them.

    The protocol cannot say of a block that it is computed, so the provider's SDK does this by itself; whether
    it has, which Terraform has to be told.
    """
    before = given_blocks(type_name) if prior is None else prior
    moved = changed_attributes(block, prior, planned) if prior else set()
    follows = recomputed_with(type_name)
    kept = [
        name
        for name in kept_blocks(type_name)
        if planned.get(name) in (None, []) and before.get(name) and follows.get(name) not in moved
    ]
    planned.update({name: _whole(block.blocks[name].block, before[name]) for name in kept})
    return _keep_equal_json(planned, prior) or bool(kept)


def _keep_equal_json(planned: Values, prior: Values | None) -> bool:
    """Leaves a policy or a definition as it is where the new text says the same, as the provider does.

    https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/verify/json.go
    """
    pairs = {name: (prior or {}).get(name) for name in _JSON_TEXTS if isinstance(planned.get(name), str)}
    equal = {name: old for name, old in pairs.items() if old and _says_the_same(planned[name], old)}
    planned.update(equal)
    return bool(equal)


def _says_the_same(one: str, other: str) -> bool:
    try:
        return one != other and bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def _whole(block: Block, items: list[Values]) -> list[Values]:
    """The items with every attribute of the block."""
    empty: Values = {**dict.fromkeys(block.attributes), **{name: [] for name in block.blocks}}
    return [{**empty, **item} for item in items]


def changed_attributes(block: Block, prior: Values, planned: Values) -> set[str]:
    """The arguments and blocks at the top whose planned value differs from the prior one."""
    kinds = block.type[1]
    return {name for name, kind in kinds.items() if not same(kind, prior[name], planned[name])}


def all_tags(default_tags: Mapping[str, str], tags: Any) -> Any:
    """``tags_all``: the provider's default tags, overridden by the resource's own."""
    if tags is UNKNOWN or not is_known(tags):
        return UNKNOWN
    return {**default_tags, **(tags or {})}


def replacing_attributes(type_name: str, block: Block, prior: Values, planned: Values) -> list[str]:
    """The changed arguments that AWS can't change in place, from ``force_new.json``.

    ``load_balancer.name`` there means that of ``load_balancer`` only ``name`` forces a replacement. A type
    that the table doesn't name is replaced for another region only.
    """
    forcing = forcing_arguments(type_name)
    changed = changed_attributes(block, prior, planned)
    names = {
        path.partition(".")[0] for path in [*forcing, "region"] if _differs(path, changed, prior, planned)
    }
    for name in conditionally_forcing(type_name):
        names |= {name} & changed if FORCING_CASES[name](prior, planned) else set()
    if type_name in _RULES:
        kinds = {name for name in SOURCE_KINDS if (prior[name] is None) != (planned[name] is None)}
        names |= kinds & changed
    return sorted(names)


def _differs(path: str, changed: set[str], prior: Values, planned: Values) -> bool:
    name, _, rest = path.partition(".")
    if name not in changed:
        return False
    return not rest or _reach(prior[name], rest) != _reach(planned[name], rest)


def _reach(value: Any, path: str) -> Any:
    if isinstance(value, list):
        return [_reach(item, path) for item in value]
    name, _, rest = path.partition(".")
    if not isinstance(value, dict):
        return value
    return _reach(value.get(name), rest) if rest else value.get(name)
