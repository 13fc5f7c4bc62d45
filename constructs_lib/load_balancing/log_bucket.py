"""What keeps access logs from a bucket of their own, and what the bucket is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from constructs_lib.errors import Problem
from constructs_lib.figures.ids import ACCOUNT_DIGITS
from constructs_lib.figures.load_balancer import LOG_DELIVERY_PARTITIONS
from constructs_lib.figures.quotas import BUCKET_NAME_LENGTH, BUCKET_RESERVED_PREFIXES
from constructs_lib.figures.regions import partition_of
from constructs_lib.names import physical_name

WhenRemoved = Literal["refuse", "delete"]
"""What becomes of logs when their bucket goes: AWS refuses to delete it, or they are deleted with it."""


def log_bucket_name(name: str, account: str) -> str:
    """The bucket's name: that of the load balancer and the account, since all of AWS shares such names."""
    limit = BUCKET_NAME_LENGTH.most - ACCOUNT_DIGITS - 1
    return f"{physical_name(name, 'access-logs', limit=limit).lower()}-{account}"


def log_bucket_problems(
    field: str, name: str, *, region: str | None, named_bucket: str | None
) -> Iterator[Problem]:
    """What keeps a load balancer of that name from a bucket of its own. named_bucket: one that exists."""
    if named_bucket is not None:
        rule = f"makes a bucket, and {field}_bucket names one that exists"
        yield Problem(field, True, rule, "leave one of the two out")
    if region and partition_of(region) not in LOG_DELIVERY_PARTITIONS:
        rule = f"who delivers access logs in the partition {partition_of(region)} is not known here"
        yield Problem(field, True, rule, f"make a bucket that admits it, and name it in {field}_bucket")
    if name.startswith(BUCKET_RESERVED_PREFIXES):
        rule = f"S3 reserves names that begin with {', '.join(BUCKET_RESERVED_PREFIXES)}, as {name} does"
        yield Problem(
            field, True, rule, f"name a bucket that exists in {field}_bucket, or rename the project"
        )
