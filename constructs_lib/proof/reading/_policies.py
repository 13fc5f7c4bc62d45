"""Reads policies: JSON texts with references in them, policy document data sources, managed policies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.access.managed_policies import managed_policy
from constructs_lib.iam.parsing import Texts, read_statements, unread, with_variables
from constructs_lib.iam.patterns import Text, spelled
from constructs_lib.iam.statements import Choice, Statement
from constructs_lib.terraform_json.values import Reference, Template, Unknown, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.reading._arns import Arns
    from constructs_lib.terraform_json.block import Block

_DATA = "data.aws_iam_policy_document"
_HOLE = re.compile("\ue000(\\d+)\ue001")
_JSON_ATTRIBUTES = ("json", "minified_json")

Statements = tuple[Statement, ...]


class PolicyReader:
    """Reads the policies of one document, each once."""

    def __init__(self, arns: Arns) -> None:
        self.arns, self.document = arns, arns.document
        self._data: dict[str, Statements] = {}
        self._managed: dict[str, Statements] = {}
        names = ((one.text("name"), one.address) for one in self.document.resources("aws_iam_policy"))
        self._own = {name: address for name, address in names if isinstance(name, str)}

    def written(self, block: Block, name: str, address: str = "", *, trust: bool = False) -> Statements:
        """Give the statements of an attribute that holds a policy.

        address: where that is, if not at the block's. trust: whether principals are read for resources.
        """
        where = address or block.address
        found = self.read(block.get(name), where, trust=trust)
        if not block.optional:
            return found
        open_ = f"whether {block.address} is there is not in this document"
        return tuple(replace(one, condition=one.condition or open_) for one in found)

    def read(self, value: Any, where: str, *, trust: bool = False) -> Statements:
        """Give the statements of a value that holds a policy."""
        if isinstance(value, Reference):
            block = self.document.blocks.get(value.address)
            if block is not None and block.kind == _DATA and value.attribute in _JSON_ATTRIBUTES:
                return tuple(replace(one, address=where) for one in self._data_source(block, trust))
            settled = self.document.settle(value)
            if settled != value:
                return self.read(settled, where, trust=trust)
        holes: list[Any] = []
        text = _with_holes(value, holes)
        try:
            policy = json.loads(text, strict=False) if text is not None else None
        except (ValueError, RecursionError):
            policy = None
        if policy is None:
            return (unread(where, f"the policy of {where} is not in this document ({text_of(value)[:60]})"),)
        return tuple(
            read_statements(_for_trust(policy) if trust else policy, where, texts=self._texts(holes))
        )

    def _texts(self, holes: list[Any]) -> Texts:
        def texts(text: str) -> Text:
            parts: list[Any] = []
            for number, part in enumerate(_HOLE.split(text)):
                parts.append(holes[int(part)] if number % 2 else part)
            return self.arns.text(Template(tuple(parts))) if len(parts) > 1 else with_variables(text)

        return texts

    def _data_source(self, block: Block, trust: bool) -> Statements:
        key = f"{block.address} {trust}"
        if key not in self._data:
            self._data[key] = (unread(block.address, f"{block.address} refers to itself"),)
            self._data[key] = tuple(self._compose(block, trust))
        return self._data[key]

    def _compose(self, block: Block, trust: bool) -> Iterator[Statement]:
        """Sources first; statements with a Sid that an override has are replaced.

        https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
        """
        own = [self._block_statement(part, trust) for part in block.blocks("statement")]
        if block.opens_blocks("statement"):
            own.append(unread(block.address, f"the statements of {block.address} are not in this document"))
        sources = self._others(block, ("source_policy_documents", "source_json"), trust)
        overrides = self._others(block, ("override_policy_documents", "override_json"), trust)
        sids = {one.sid for one in overrides if one.sid}
        yield from (one for one in (*sources, *own) if one.sid not in sids)
        yield from overrides

    def _others(self, block: Block, names: tuple[str, ...], trust: bool) -> list[Statement]:
        found: list[Statement] = []
        for name in names:
            value = block.get(name)
            for item in value if isinstance(value, list) else [value] if value is not None else []:
                found += self.read(item, block.address, trust=trust)
        return found

    def _block_statement(self, part: Block, trust: bool) -> Statement:
        keys: dict[str, Choice] = {}
        for name in ("action", "resource"):
            for given, inverted in ((f"{name}s", False), (f"not_{name}s", True)):
                if part.has(given):
                    keys[name] = Choice(self._items(part, given), inverted)
        if trust:
            keys["resource"] = Choice(
                tuple(
                    text if one.text("type") == "AWS" else (f"{one.text('type')}:", *text)
                    for one in part.blocks("principals")
                    for text in self._items(one, "identifiers")
                )
            )
        everything = Choice((("*",),))
        effect = part.text("effect") or "Allow"
        condition = [text_of(one.get("variable")) for one in part.blocks("condition")]
        if part.opens_blocks("condition"):
            condition.append("a dynamic block")
        return Statement(
            address=part.address,
            allows=None if isinstance(effect, Unknown) else effect == "Allow",
            actions=keys.get("action", everything),
            resources=keys.get("resource", everything),
            condition=" and ".join(condition),
            sid=str(part.text("sid") or ""),
        )

    def _items(self, block: Block, name: str) -> tuple[Text, ...]:
        value = self.document.settle(block.get(name))
        return tuple(self.arns.text(item) for item in (value if isinstance(value, list) else [value]))

    def managed(self, value: Any, where: str) -> Statements:
        """Give the statements of the policy that an ARN means. where: what attaches it."""
        if isinstance(value, Reference):
            block = self.document.blocks.get(value.address)
            if block is not None and block.kind == "aws_iam_policy":
                return self._own_policy(block.address)
            if block is not None and block.kind == "data.aws_iam_policy":
                for attribute in ("arn", "name"):
                    if block.has(attribute):
                        text = spelled(self.arns.text(block.get(attribute)))
                        aws = text if attribute == "arn" else f"arn:aws:iam::aws:policy/{text}"
                        return self._by_arn(aws, where)
        return self._by_arn(spelled(self.arns.text(value)), where)

    def _own_policy(self, address: str) -> Statements:
        if address not in self._managed:
            self._managed[address] = self.written(self.document.blocks[address], "policy")
        return self._managed[address]

    def _by_arn(self, arn: str, where: str) -> Statements:
        if arn not in self._managed:
            known = managed_policy(arn)
            name = arn.rpartition("/")[2]
            if known is not None:
                self._managed[arn] = tuple(read_statements(known[1], f"the managed policy {known[0]}"))
            elif ":iam::aws:" not in arn and name in self._own:
                self._managed[arn] = self._own_policy(self._own[name])
            else:
                return (unread(where, f"{where}: what {arn} allows is not in this document"),)
        return self._managed[arn]


def _with_holes(value: Any, holes: list[Any]) -> str | None:
    """Give a JSON text with a mark for each part that is not known; None for what is no text."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Template):
        return None
    parts = []
    for part in value.parts:
        if isinstance(part, str):
            parts.append(part)
        else:
            parts.append(f"\ue000{len(holes)}\ue001")
            holes.append(part)
    return "".join(parts)


def _for_trust(policy: Any) -> Any:
    """A trust policy with its principals in the place of resources; a service is ``Service:name``."""
    statements = policy.get("Statement") if isinstance(policy, dict) else policy
    found = []
    for one in statements if isinstance(statements, list) else [statements]:
        if isinstance(one, dict):
            named = "NotPrincipal" in one
            principal = one.get("NotPrincipal") if named else one.get("Principal", "*")
            key = "NotResource" if named else "Resource"
            found.append({**one, key: _principals(principal)})
    return {"Statement": found}


def _principals(principal: Any) -> list[str]:
    if not isinstance(principal, dict):
        return [str(principal)]
    return [
        str(item) if kind == "AWS" else f"{kind}:{item}"
        for kind, value in principal.items()
        for item in (value if isinstance(value, list) else [value])
    ]
