"""ARNs as policies spell them: of what the document makes, in the provider's region and account."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.regions import partition_of
from constructs_lib.iam.parsing import with_variables
from constructs_lib.iam.patterns import Open, Text
from constructs_lib.terraform_json.addresses import type_of
from constructs_lib.terraform_json.values import Reference, Template, Unknown, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

_ACCOUNT, _REGION = "data.aws_caller_identity", "data.aws_region"
_PARTITION = "data.aws_partition"


class Arns:
    """Spells the ARNs of a document's things, and the strings in which they are named."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.account = _only(
            (id_ for one in document.providers for id_ in one.texts("allowed_account_ids")), "account"
        )
        self.region = _only((one.text("region") for one in document.providers), "region")
        known = self.region[0] if isinstance(self.region[0], str) else None
        self.partition: Text = (partition_of(known),) if known else (Open("partition", one_segment=True),)
        self._spelled: dict[str, Text] = {}

    @cached_property
    def known(self) -> dict[str, Text]:
        """Give the ARNs of functions, services, roles, users, groups and policies, by address."""
        kinds = ("aws_lambda_function", "aws_ecs_service", *_IAM)
        return {
            block.address: self.of(block.address) for kind in kinds for block in self.document.resources(kind)
        }

    @property
    def root(self) -> Text:
        """Give the ARN of the account, which policies name for everybody in it."""
        return _merged((*self._head("iam", ()), "root"))

    def of(self, address: str) -> Text:
        """Give the ARN of a resource; an open one where its parts are not known here."""
        if address not in self._spelled:
            self._spelled[address] = _merged(self._of(address))
        return self._spelled[address]

    def _of(self, address: str) -> Iterable[str | Open]:
        block = self.document.blocks.get(address)
        kind = block.kind if block else ""
        if block is None:
            return (Open(f"{address}.arn"),)
        if kind == "aws_lambda_function":
            return self._arn("lambda", "function:", self._part(block, "function_name"))
        if kind == "aws_ecs_service":
            cluster = Open(f"the cluster of {address}", one_segment=True)
            return self._arn("ecs", "service/", (cluster, "/"), self._part(block, "name"))
        if kind in _IAM:
            path = self._part(block, "path") if block.has("path") else ("/",)
            name = self._part(block, "name")
            return (*self._head("iam", ()), _IAM[kind], *path, *name)
        return (Open(f"{address}.arn"),)

    def _arn(self, service: str, kind: str, *parts: Text) -> Text:
        return (*self._head(service, self.region), kind, *(one for part in parts for one in part))

    def _head(self, service: str, region: Text) -> Text:
        return ("arn:", *self.partition, f":{service}:", *region, ":", *self.account, ":")

    def _part(self, block: Block, name: str) -> Text:
        value = block.settled(name)
        return (value,) if isinstance(value, str) else (Open(f"{block.address}.{name}", one_segment=True),)

    def text(self, value: Any) -> Text:
        """Give what a value of the document is as a string of a policy."""
        return _merged(self._parts(value))

    def _parts(self, value: Any) -> Text:
        if isinstance(value, Template):
            return tuple(one for part in value.parts for one in self._parts(part))
        if isinstance(value, Reference):
            return self._reference(value)
        if isinstance(value, Unknown):
            return (Open(value.text),)
        return with_variables(value if isinstance(value, str) else text_of(value))

    def _reference(self, reference: Reference) -> Text:
        block = self.document.blocks.get(reference.address)
        kind = type_of(reference.address)
        if kind == _ACCOUNT:
            return self.account if reference.attribute in ("account_id", "id") else self._open(reference)
        if kind == _PARTITION:
            return self.partition if reference.attribute in ("partition", "id") else self._open(reference)
        if kind == _REGION:
            return self.region
        if kind == "aws_lambda_alias" and block is not None and reference.attribute == "arn":
            return (*self._function_of(block), ":", *self._part(block, "name"))
        if block is not None and reference.attribute in ("arn", "id", "qualified_arn"):
            arn = self.of(reference.address)
            if reference.attribute == "qualified_arn":
                return (*arn, ":", Open(f"{reference.address}.version", one_segment=True))
            if arn != (Open(f"{reference.address}.arn"),) and reference.attribute == "arn":
                return arn
        settled = self.document.settle(reference)
        return self._parts(settled) if settled != reference else self._open(reference)

    def _function_of(self, alias: Block) -> Text:
        value = alias.get("function_name")
        if isinstance(value, Reference) and value.address in self.known:
            return self.of(value.address)
        return self._arn("lambda", "function:", self._part(alias, "function_name"))

    def _open(self, reference: Reference) -> Text:
        return (Open(reference.text),)


_IAM = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group", "aws_iam_policy": "policy"}


def _only(values: Iterable[Any], what: str) -> Text:
    found = list(dict.fromkeys(values))
    if len(found) == 1 and isinstance(found[0], str):
        return (found[0],)
    return (Open(what, one_segment=True),)


def _merged(parts: Iterable[str | Open]) -> Text:
    """Written parts that follow one another are one, so that equal texts are equal values."""
    found: list[str | Open] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)
