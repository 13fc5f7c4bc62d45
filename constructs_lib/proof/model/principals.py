"""Who may do something by IAM: roles, users and groups of the document, with what their policies say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constructs_lib.iam.evaluation import Policies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs_lib.iam.patterns import Text
    from constructs_lib.iam.statements import Statement


@dataclass(frozen=True, slots=True)
class Principal:
    """A role, user or group.

    address: its Terraform address, or what the document calls one that exists elsewhere. holders: addresses
    of the workloads that run with it. trust: the statements of who may take it, with principals as resources;
    None where that is not written.
    """

    address: str
    arn: Text
    policies: Policies
    holders: tuple[str, ...] = ()
    trust: tuple[Statement, ...] | None = None

    @property
    def bearers(self) -> tuple[str, ...]:
        """Who acts with it: its workloads, or itself where none of the document does."""
        return self.holders or (self.address,)


@dataclass(frozen=True, slots=True)
class Access:
    """All that IAM says in a document.

    principals: by address. arns: of functions, services and their like, by address, as policies spell them.
    account: its id. root: its ARN, as trust policies spell it.
    """

    principals: Mapping[str, Principal] = field(default_factory=dict)
    arns: Mapping[str, Text] = field(default_factory=dict)
    account: Text = ()
    root: Text = ()
