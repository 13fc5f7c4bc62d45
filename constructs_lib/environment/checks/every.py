"""Every check that looks at more than one value, or at more than the form of one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from constructs_lib.environment.checks.calls import check_calls
from constructs_lib.environment.checks.functions import check_functions
from constructs_lib.environment.checks.identity import check_identity
from constructs_lib.environment.checks.listeners import check_listeners
from constructs_lib.environment.checks.load_balancers import check_load_balancers
from constructs_lib.environment.checks.names import check_names
from constructs_lib.environment.checks.network import check_network
from constructs_lib.environment.checks.services import check_services

if TYPE_CHECKING:
    from constructs_lib.environment.reading.draft import Draft
    from constructs_lib.errors import Problem

_CHECKS = (
    check_identity,
    check_network,
    check_names,
    check_calls,
    check_functions,
    check_services,
    check_listeners,
    check_load_balancers,
)


def check(draft: Draft) -> list[Problem]:
    """Everything that is wrong with a draft beyond the form of its single values."""
    return list(chain.from_iterable(run(draft) for run in _CHECKS))
