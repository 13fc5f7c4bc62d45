"""Two bundles compared: what the newer one adds, changes, removes and replaces.

What can't be changed in place is the AWS provider's own table, by resource type. A resource that refers in
such an argument to something that is replaced is replaced with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.figures.changes.force_new import forcing_arguments

# Kinds of source that a standalone rule can't swap in place.
_RULE_SOURCES = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
_RULES = ("aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule")


@dataclass(frozen=True)
class Comparison:
    """Addresses, each tuple sorted.

    changed: changed in place, with the arguments that differ. replaced: destroyed and made anew, with the
    arguments that force it. other: changes that belong to no address, in words.
    """

    added: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    removed: tuple[str, ...]
    replaced: dict[str, tuple[str, ...]]
    other: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the bundles make the same things."""
        return not (self.added or self.changed or self.removed or self.replaced or self.other)

    def summary(self) -> str:
        """Return the counts in one line."""
        if self.is_empty:
            return "no differences"
        return (
            f"{len(self.added)} added, {len(self.changed)} changed in place, {len(self.replaced)} replaced, "
            f"{len(self.removed)} removed"
        )

    def lines(self) -> Iterator[str]:
        """Yield one line for each difference, with Terraform's own marks."""
        yield from (f"  + {address}" for address in self.added)
        yield from (f"  ~ {address}: {', '.join(names)}" for address, names in self.changed.items())
        yield from (f"-/+ {address}: {', '.join(names)}" for address, names in self.replaced.items())
        yield from (f"  - {address}" for address in self.removed)
        yield from self.other


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare two manifests."""
    before, after = old["resources"], new["resources"]
    both = sorted(before.keys() & after.keys())
    elsewhere = any(old[key] != new[key] and old[key] and new[key] for key in ("region", "account_id"))
    differing = {
        a: _differing(before[a], after[a]) for a in both if before[a]["digest"] != after[a]["digest"]
    }
    replaced = _replaced(before, after, differing)
    if elsewhere:
        replaced = dict.fromkeys(both, ("region or account",))
    return Comparison(
        added=tuple(sorted(after.keys() - before.keys())),
        changed={a: names for a, names in differing.items() if a not in replaced},
        removed=tuple(sorted(before.keys() - after.keys())),
        replaced=replaced,
        other=tuple(_other(old, new)),
    )


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    one, other = before["arguments"], after["arguments"]
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return tuple(names) or ("depends_on or lifecycle",)


def _replaced(
    before: Mapping[str, Any], after: Mapping[str, Any], differing: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Follow the references from what is replaced until nothing more is."""
    found: dict[str, tuple[str, ...]] = {}
    for address, names in differing.items():
        if reasons := _own_reasons(address, before[address], after[address], names):
            found[address] = reasons
    grown = True
    while grown:
        grown = False
        for address in sorted(before.keys() & after.keys() - found.keys()):
            if reasons := _inherited_reasons(address, after, found, differing):
                found[address] = reasons
                grown = True
    return dict(sorted(found.items()))


def _own_reasons(
    address: str, before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...]
) -> tuple[str, ...]:
    forcing = forcing_arguments(address.partition(".")[0])
    found = {name for name in names if name in forcing}
    for path in forcing:
        if "." in path and before["parts"].get(path) != after["parts"].get(path):
            found.add(path)
    if address.partition(".")[0] in _RULES:
        sources = (before["arguments"], after["arguments"])
        found |= {name for name in _RULE_SOURCES if (name in sources[0]) != (name in sources[1])}
    return tuple(sorted(found))


def _inherited_reasons(
    address: str,
    after: Mapping[str, Any],
    replaced: Mapping[str, tuple[str, ...]],
    differing: Mapping[str, tuple[str, ...]],
) -> tuple[str, ...]:
    """Return the forcing arguments whose value becomes another one.

    That is an attribute that AWS gives to something replaced, or another resource's argument that differs.
    """
    forcing = {path.partition(".")[0] for path in forcing_arguments(address.partition(".")[0])}
    reasons = []
    for name, references in after[address]["references"].items():
        for reference in references if name in forcing else ():
            owner, _, attribute = reference.rpartition(".")
            configured = attribute in after.get(owner, {"arguments": {}})["arguments"]
            if (configured and attribute in differing.get(owner, ())) or (
                not configured and owner in replaced
            ):
                reasons.append(f"{name} ({owner})")
    return tuple(sorted(set(reasons)))


def _other(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in ("project", "environment", "region", "account_id", "versions"):
        if old[key] != new[key]:
            yield f"{key}: {json.dumps(old[key])} -> {json.dumps(new[key])}"
    if old["default_tags"] != new["default_tags"]:
        yield "tags of every resource differ"
    for key in ("data_sources", "outputs"):
        yield from (f"{key}: + {name}" for name in sorted({*new[key]} - {*old[key]}))
        yield from (f"{key}: - {name}" for name in sorted({*old[key]} - {*new[key]}))
