"""Reads roles, users and groups with everything that says what they may do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constructs_lib.iam.evaluation import Policies
from constructs_lib.iam.parsing import unread
from constructs_lib.proof.model.principals import Access, Principal
from constructs_lib.proof.reading._arns import Arns
from constructs_lib.proof.reading._policies import PolicyReader, Statements
from constructs_lib.terraform_json.addresses import base_address, type_of
from constructs_lib.terraform_json.references import mentions, path_of
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from constructs_lib.proof.model.workloads import Function, Service
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

_PASSING_ON = ("local", "var", "output")
KINDS = ("role", "user", "group")
# Types of IAM that add nothing to what a role, user or group may do, or that are read.
_READ = re.compile(
    r"aws_iam_(?:role|user|group|policy|(?:role|user|group)_policy|(?:role|user|group)_policy_attachment"
    r"|policy_attachment|(?:role|user|group)_polic(?:y_attachments|ies)_exclusive|instance_profile"
    r"|(?:user_)?group_membership|access_key|user_login_profile|user_ssh_key|service_specific_credential"
    r"|virtual_mfa_device|signing_certificate)"
)
_ARN = re.compile(r"arn:[^:]*:iam::[^:]*:(?:role|user|group)/(?:.*/)?([^/]+)")


def read_access(
    document: Document, functions: Mapping[str, Function], services: Mapping[str, Service]
) -> Access:
    """Read who may do what by IAM."""
    arns = Arns(document)
    return Access(_Principals(document, arns, functions, services).all(), arns.known, arns.account, arns.root)


class _Principals:
    def __init__(
        self,
        document: Document,
        arns: Arns,
        functions: Mapping[str, Function],
        services: Mapping[str, Service],
    ) -> None:
        self.document, self.arns = document, arns
        self.functions, self.services = functions, services
        self.policies = PolicyReader(arns)
        self._names = {
            (kind, name): block.address
            for kind in KINDS
            for block in document.resources(f"aws_iam_{kind}")
            if isinstance(name := block.text("name"), str)
        }
        self._said: dict[str, list[Statements]] = {}
        self._boundaries: dict[str, Statements] = {}
        self._holders: dict[str, list[str]] = {}
        self._trusts: dict[str, Statements] = {}

    def all(self) -> dict[str, Principal]:
        for kind in KINDS:
            for block in self.document.resources(f"aws_iam_{kind}"):
                self._own(block)
            for block in self.document.resources(f"aws_iam_{kind}_policy"):
                self._say(kind, block, kind, self.policies.written(block, "policy"))
            for block in self.document.resources(f"aws_iam_{kind}_policy_attachment"):
                self._say(kind, block, kind, self._attached(block, "policy_arn"))
            for block in self.document.resources(f"aws_iam_{kind}_policy_attachments_exclusive"):
                self._say(kind, block, f"{kind}_name", self._attached(block, "policy_arns"))
        for block in self.document.resources("aws_iam_policy_attachment"):
            for kind in KINDS:
                if block.has(f"{kind}s"):
                    self._say(kind, block, f"{kind}s", self._attached(block, "policy_arn"))
        self._hold()
        self._doubt()
        found = dict.fromkeys((*self._said, *self._holders))
        return {address: self._principal(address) for address in found}

    def _principal(self, address: str) -> Principal:
        holders = tuple(dict.fromkeys(self._holders.get(address, ())))
        said = self._said.get(address)
        if said is None:
            said = [(unread(address, f"what {address} may do is not in this document"),)]
        policies = Policies(
            tuple(one for statements in said for one in statements), self._boundaries.get(address)
        )
        return Principal(address, self.arns.of(address), policies, holders, self._trusts.get(address))

    def _own(self, block: Block) -> None:
        said = self._said.setdefault(block.address, [])
        for number, part in enumerate(block.blocks("inline_policy")):
            if part.has("policy"):
                said.append(self.policies.written(part, "policy", f"{block.address}.inline_policy[{number}]"))
        if block.opens_blocks("inline_policy"):
            why = f"the inline policies of {block.address} are not in this document"
            said.append((unread(block.address, why),))
        if block.has("managed_policy_arns"):
            said.append(self._attached(block, "managed_policy_arns"))
        if block.has("permissions_boundary"):
            boundary = self.policies.managed(block.get("permissions_boundary"), block.address)
            self._boundaries[block.address] = boundary
        if block.has("assume_role_policy"):
            trust = self.policies.written(block, "assume_role_policy", trust=True)
            self._trusts[block.address] = trust

    def _attached(self, block: Block, name: str) -> Statements:
        value = self.document.settle(block.get(name))
        values = value if isinstance(value, list) else [value]
        found = [one for item in values for one in self.policies.managed(item, block.address)]
        if block.optional:
            return (
                tuple(found) if all(one.unread for one in found) else (unread(block.address, _count(block)),)
            )
        return tuple(found)

    def _say(self, kind: str, block: Block, name: str, statements: Statements) -> None:
        for identity in block.refs(name) or (Unknown(f"{block.address}.{name}"),):
            self._said.setdefault(self._address(kind, identity), []).append(statements)

    def _address(self, kind: str, identity: Identity) -> str:
        """The principal of the document that is meant, or the name of one that exists elsewhere."""
        text = str(identity)
        if text in self.document.blocks:
            return text
        if isinstance(identity, Unknown):
            value = self.arns.text(self.document.settle(identity))
            text = value[0] if len(value) == 1 and isinstance(value[0], str) else text
        found = _ARN.fullmatch(text)
        name = found[1] if found else text
        return self._names.get((kind, name), f"the {kind} {name}")

    def _hold(self) -> None:
        """Functions act with their role, tasks with the one of their definition."""
        for address in self.functions:
            block = self.document.blocks[address]
            if block.has("role"):
                self._give(address, block.ref("role"))
        for address, service in self.services.items():
            task = self.document.blocks.get(str(service.task_definition))
            if task is not None and task.has("task_role_arn"):
                self._give(address, task.ref("task_role_arn"))
            elif task is None and service.task_definition is not None:
                self._give(address, Unknown(f"the task role of {service.task_definition}"))

    def _give(self, workload: str, role: Any) -> None:
        if role is not None:
            self._holders.setdefault(self._address("role", role), []).append(workload)

    def _doubt(self) -> None:
        """Modules, and types of IAM that are not read, may say more about a role that they refer to."""
        for address, call in self.document.module_calls.items():
            self._may_say(address, call.body, f"{address} is a module that was not read")
        for address, declaration in self.document.declared.items():
            kind = declaration.type
            if kind.startswith("aws_iam_") and not _READ.fullmatch(kind):
                self._may_say(address, declaration.body, f"{address} is of a type that is not read ({kind})")

    def _may_say(self, where: str, body: Any, why: str) -> None:
        named = set(self._mentioned(body, path_of(where), set()))
        for address, said in self._said.items():
            if base_address(address) in named:
                said.append((unread(where, f"{why}, and refers to {address}"),))

    def _mentioned(self, body: Any, path: str, seen: set[str]) -> Iterator[str]:
        """Give what a body refers to, through local values, inputs and outputs of modules."""
        for address in mentions(body, path):
            yield address
            if type_of(address) in _PASSING_ON and address not in seen:
                seen.add(address)
                for raw, inner in self.document.references.contents.get(address, ()):
                    yield from self._mentioned(raw, inner, seen)


def _count(block: Block) -> str:
    return f"whether {block.address} is there is not in this document"
