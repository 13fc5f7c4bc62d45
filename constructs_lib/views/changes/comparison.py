"""What Terraform would do to turn one stack into another, foretold without a provider.

What can't be changed in place is the AWS provider's own table, by resource type. A resource that refers in
such an argument to something that is replaced is replaced with it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from constructs_lib.figures.changes.effects import Action
from constructs_lib.figures.changes.force_new import forcing_arguments
from constructs_lib.figures.computed import computed_table
from constructs_lib.terraform_json import Block, Document
from constructs_lib.terraform_json.addresses import base_address
from constructs_lib.views.changes.values import FREE_KEYS, Reader, agree, references_in

_META = ("depends_on", "lifecycle", "provider", "provisioner", "connection", "count", "for_each", "timeouts")
_COMPUTED = ("id", "arn", "tags_all", "region")
# Kinds of source that a standalone rule can't swap in place.
_RULE_SOURCES = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
_RULES = ("aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule")


@dataclass(frozen=True)
class Difference:
    """What happens to one resource.

    names: the arguments that differ, of a replacement those that force it. before, after: ``None`` where
    there is nothing. first: whether the new one of a replacement is made before the old one goes.
    """

    address: str
    action: Action
    names: tuple[str, ...]
    before: Block | None
    after: Block | None
    first: bool = False

    @property
    def type_name(self) -> str:
        """The resource type."""
        return self.block.kind

    @property
    def block(self) -> Block:
        """What it will be, or for a deletion what it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError(f"{self.address} is nowhere")
        return found

    def __str__(self) -> str:
        """One line with Terraform's own mark."""
        sign = {"create": "  +", "update": "  ~", "replace": "-/+", "delete": "  -"}[self.action]
        sign = "+/-" if self.first else sign
        return f"{sign} {self.address}" + (f": {', '.join(self.names)}" if self.names else "")


@dataclass(frozen=True)
class Comparison:
    """The differences of two documents, sorted by action and address.

    other: changes that belong to no address, in words. moves_state: whether the state gets another place.
    """

    old: Document
    new: Document
    differences: tuple[Difference, ...]
    other: tuple[str, ...] = ()
    moves_state: bool = False

    @cached_property
    def by_address(self) -> Mapping[str, Difference]:
        """The differences by address."""
        return {one.address: one for one in self.differences}

    def addresses(self, *actions: Action) -> tuple[str, ...]:
        """The addresses to which one of those happens, sorted."""
        return tuple(sorted(one.address for one in self.differences if one.action in actions))

    def action(self, address: str) -> Action | None:
        """What happens to an address; ``None``: nothing."""
        found = self.by_address.get(address)
        return found.action if found else None

    @property
    def is_empty(self) -> bool:
        """Whether both make the same things."""
        return not (self.differences or self.other)

    def summary(self) -> str:
        """Return the counts in one line."""
        if self.is_empty:
            return "no differences"
        words: dict[Action, str] = {
            "create": "added",
            "update": "changed in place",
            "replace": "replaced",
            "delete": "removed",
        }
        return ", ".join(f"{len(self.addresses(action))} {said}" for action, said in words.items())

    def lines(self) -> Iterator[str]:
        """Yield one line for each difference, with Terraform's own marks."""
        yield from map(str, self.differences)
        yield from self.other


def compare(old: Document, new: Document, *, made_first: Collection[str] | None = None) -> Comparison:
    """Compare two stacks, each a configuration, a plan (what it leads to) or a state.

    What a configuration does not write is not compared with a state: there a default looks like an argument
    that was removed.

    made_first: the replacements whose new one comes first, where a plan says so (``made_first``); else the
    configuration tells.
    """
    before, after = managed(old), managed(new)
    work = _Work(old, new, before, after)
    differing = {a: names for a in before.keys() & after.keys() if (names := work.differing(a))}
    other = tuple(_other(old, new))
    replaced = work.replaced(differing)
    if any(line.startswith(("region", "account")) for line in other):
        replaced = dict.fromkeys(before.keys() & after.keys(), ("region or account",))
    first = _new_first(new if new.kind == "configuration" else old) if made_first is None else made_first
    found = [
        *(Difference(a, "create", (), None, after[a]) for a in after.keys() - before.keys()),
        *(
            Difference(a, "update", names, before[a], after[a])
            for a, names in differing.items()
            if a not in replaced
        ),
        *(
            Difference(a, "replace", names, before[a], after[a], a in first or base_address(a) in first)
            for a, names in replaced.items()
        ),
        *(Difference(a, "delete", (), before[a], None) for a in before.keys() - after.keys()),
    ]
    order = ("create", "update", "replace", "delete")
    ordered = sorted(found, key=lambda one: (order.index(one.action), one.address))
    return Comparison(old, new, tuple(ordered), other, _moves_state(old, new))


def made_first(plan: Mapping[str, Any]) -> frozenset[str]:
    """The replacements of a plan's JSON whose new one comes first."""
    changes = plan.get("resource_changes") or ()
    first = ["create", "delete"]
    return frozenset(one["address"] for one in changes if one.get("change", {}).get("actions") == first)


def managed(document: Document) -> dict[str, Block]:
    """The resources of a document, without data sources, by address."""
    return {a: block for a, block in document.blocks.items() if not block.kind.startswith("data.")}


class _Work:
    def __init__(
        self, old: Document, new: Document, before: Mapping[str, Block], after: Mapping[str, Block]
    ) -> None:
        self.old, self.new, self.before, self.after = old, new, before, after
        self._read_old, self._read_new = Reader(old, new), Reader(new, old)

    def differing(self, address: str) -> tuple[str, ...]:
        one, other = self.before[address], self.after[address]
        names = [name for name in self._compared(one, other) if not self._same(one, other, name)]
        if {"source_code_hash"} <= one.body.keys() & other.body.keys() and "source_code_hash" not in names:
            names = [name for name in names if name != "filename"]
        if not names and self.old.kind == self.new.kind == "configuration":
            meta = [n for n in ("depends_on", "lifecycle") if one.body.get(n) != other.body.get(n)]
            return ("depends_on or lifecycle",) if meta else ()
        return tuple(sorted(names))

    def _compared(self, one: Block, other: Block) -> set[str]:
        written, actual = _names(one), _names(other)
        if self.old.kind == self.new.kind == "configuration":
            names = written | actual
        elif "configuration" not in (self.old.kind, self.new.kind):
            table = computed_table()["resources"]
            names = (written & actual) - {*table.get(one.kind, ()), *_COMPUTED}
        else:
            names = written if self.old.kind == "configuration" else actual
        return {name for name in names if name not in _META and not name.startswith("//")}

    def _same(self, one: Block, other: Block, name: str) -> bool:
        values = self._read_old.plain(_value(one, name)), self._read_new.plain(_value(other, name))
        if self.new.kind == "configuration" != self.old.kind:
            values = values[1], values[0]
        return agree(*values, partly=self.old.kind != self.new.kind and name not in FREE_KEYS)

    def replaced(self, differing: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Follow the references from what is replaced until nothing more is."""
        found = {a: reasons for a, names in differing.items() if (reasons := self._own_reasons(a, names))}
        grown = True
        while grown:
            grown = False
            for address in sorted(self.before.keys() & self.after.keys() - found.keys()):
                if reasons := self._inherited_reasons(address, found, differing):
                    found[address] = reasons
                    grown = True
        return dict(sorted(found.items()))

    def _own_reasons(self, address: str, names: tuple[str, ...]) -> tuple[str, ...]:
        one, other = self.before[address], self.after[address]
        found = set()
        for path in forcing_arguments(one.kind):
            name, _, rest = path.partition(".")
            if name in names and (not rest or self._part(one, name, rest) != self._part(other, name, rest)):
                found.add(path)
        if one.kind in _RULES:
            found |= {name for name in _RULE_SOURCES if one.has(name) != other.has(name)}
        return tuple(sorted(found))

    def _part(self, block: Block, name: str, rest: str) -> Any:
        reader = self._read_old if block.document is self.old else self._read_new
        value = reader.plain(block.get(name))
        items = value if isinstance(value, list) else [value]
        return [item.get(rest) if isinstance(item, dict) else item for item in items]

    def _inherited_reasons(
        self, address: str, replaced: Mapping[str, object], differing: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        """Return the forcing arguments whose value becomes another one.

        It is an attribute that AWS gives to something replaced, or another resource's argument that differs.
        """
        block, reasons = self.after[address], set()
        for name in {path.partition(".")[0] for path in forcing_arguments(block.kind)} & block.body.keys():
            for reference in references_in(block.get(name)):
                owner = self.after.get(reference.address)
                configured = owner is not None and reference.attribute in owner.body
                if self.new.kind == "configuration" and configured:
                    changes = reference.attribute in differing.get(reference.address, ())
                else:
                    changes = reference.address in replaced
                if changes:
                    reasons.add(f"{name} ({reference.address})")
        return tuple(sorted(reasons))


def _names(block: Block) -> set[str]:
    """The arguments and nested blocks of a resource, also those that ``dynamic`` blocks make."""
    dynamic = block.body.get("dynamic")
    made = {name for one in (dynamic if isinstance(dynamic, list) else [dynamic or {}]) for name in one}
    return {name for name in block.body if name != "dynamic"} | made


def _value(block: Block, name: str) -> Any:
    if name in block.body:
        return block.get(name)
    return [{inner: one.get(inner) for inner in one.body} for one in block.blocks(name)]


def _new_first(document: Document) -> set[str]:
    """What is made before the old one goes: by itself, or because something that needs it is.

    https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy
    """
    found: set[str] = set()
    open_ = [base_address(a) for a, block in managed(document).items() if _is_first(block)]
    while open_:
        address = open_.pop()
        if address not in found:
            found.add(address)
            open_ += document.references.waits_for(address)
    return found


def _is_first(block: Block) -> bool:
    return any(one.flag("create_before_destroy", False) is True for one in block.blocks("lifecycle"))


def _moves_state(old: Document, new: Document) -> bool:
    """Whether the state gets another place; a local file's path is that of the folder, which may differ."""
    places = [{kind: body for kind, body in one.backend.items() if kind != "local"} for one in (old, new)]
    return {old.kind, new.kind} == {"configuration"} and places[0] != places[1]


def _other(old: Document, new: Document) -> Iterator[str]:
    if not old.providers or not new.providers:
        return
    one, other = old.providers[0], new.providers[0]
    for name, words in (("region", "region"), ("allowed_account_ids", "account")):
        before, after = Reader(old, new).plain(one.get(name)), Reader(new, old).plain(other.get(name))
        if before != after and before and after:
            yield f"{words}: {json.dumps(before)} -> {json.dumps(after)}"
    tags = [
        reader.plain(block.get("default_tags"))
        for reader, block in ((Reader(old, new), one), (Reader(new, old), other))
    ]
    if not agree(*tags, partly=False):
        yield "tags of every resource differ"
    if old.kind == new.kind == "configuration":
        yield from (f"outputs: + {name}" for name in sorted(new.outputs.keys() - old.outputs.keys()))
        yield from (f"outputs: - {name}" for name in sorted(old.outputs.keys() - new.outputs.keys()))
