"""Tells which function, and which alias or version of it, a value of a Terraform document means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Identity, Reference, Template, Unknown, text_of

if TYPE_CHECKING:
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

_ARN = re.compile(r"arn:[\w-]+:lambda:[^:]*:[^:]*:function:([\w-]+)(?::([\w$-]+))?")
_NAME = re.compile(r"([\w-]+)(?::([\w$-]+))?")

Qualified = tuple[Identity, Identity | None]
"""A function and its alias or version; None for the unqualified function."""


class FunctionReferences:
    """Resolves function names, ARNs and references to functions and aliases."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names: dict[str, str] = {}
        for block in document.resources("aws_lambda_function"):
            name = block.text("function_name")
            if isinstance(name, str):
                self.names.setdefault(name, block.address)

    def of(self, block: Block, name: str) -> Qualified:
        """Give what an attribute means; an open value stays open."""
        value = block.get(name)
        return (Unknown(f"{block.address}.{name}"), None) if value is None else self.meant(value)

    def meant(self, value: Any) -> Qualified:
        """Give which function and which qualifier a value means."""
        if isinstance(value, Reference):
            return self._reference(value)
        if isinstance(value, str):
            found = _ARN.fullmatch(value) or _NAME.fullmatch(value)
            return (self.names.get(found[1], found[1]), found[2]) if found else (value, None)
        if isinstance(value, Template) and len(value.parts) == 2:
            head, tail = value.parts
            if isinstance(head, Reference) and isinstance(tail, str) and tail.startswith(":"):
                return self._reference(head)[0], tail[1:]
        return (value if isinstance(value, Unknown) else Unknown(text_of(value))), None

    def _reference(self, reference: Reference) -> Qualified:
        block = self.document.blocks.get(reference.address)
        kind = type_of(reference.address)
        if kind == "aws_lambda_alias":
            if block is None:
                return reference.address, None
            return self.of(block, "function_name")[0], block.text("name")
        if kind == "aws_lambda_function":
            qualified = reference.attribute.startswith("qualified")
            return reference.address, Unknown(f"{reference.address}.version") if qualified else None
        settled = self.document.settle(reference)
        return self.meant(settled) if settled != reference else (Unknown(reference.text), None)
