"""Where the access logs of a load balancer go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.load_balancing.log_bucket import log_bucket_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft


def check_access_logs(draft: Draft, name: str) -> Iterator[Problem]:
    """Whether a bucket can be made for them, and that nothing is said of one that is not made."""
    environment, table = draft.environment, ("load_balancers", name)
    settings = getattr(environment.load_balancers, name)
    if draft.any_unknown(table, "access_logs", "access_logs_bucket"):
        return
    field = f"load_balancers.{name}.access_logs"
    if settings.access_logs:
        yield from log_bucket_problems(
            field,
            f"{environment.name_prefix}-{name}",
            region=None if draft.unknown("region") else environment.region,
            named_bucket=settings.access_logs_bucket,
        )
        return
    for key in ("access_logs_days", "access_logs_when_removed"):
        if key in settings.model_fields_set:
            rule = "is of the bucket that access_logs = true makes"
            value = getattr(settings, key)
            yield Problem(
                f"load_balancers.{name}.{key}", value, rule, "write access_logs = true, or remove it"
            )
