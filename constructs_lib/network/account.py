"""The account and partition that Terraform runs in, read once per stack."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from constructs_lib.bindings import Construct, TerraformStack, aws


@dataclass(frozen=True)
class Account:
    """Tokens for the 12-digit account id and the partition (``aws``, ``aws-cn``, ``aws-us-gov``)."""

    id: str
    partition: str


_accounts: WeakKeyDictionary[TerraformStack, Account] = WeakKeyDictionary()


def account_of(construct: Construct) -> Account:
    """Return the account of the construct's stack; the data sources are made on first use."""
    stack = TerraformStack.of(construct)
    if stack not in _accounts:
        identity = aws.DataAwsCallerIdentity(stack, "caller_identity")
        identity.override_logical_id("current")
        partition = aws.DataAwsPartition(stack, "aws_partition")
        partition.override_logical_id("current")
        _accounts[stack] = Account(identity.account_id, partition.partition)
    return _accounts[stack]
