"""Every check that looks at more than one value, or at more than the form of one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from .checks_calls import check_calls
from .checks_functions import check_functions
from .checks_identity import check_identity
from .checks_listeners import check_listeners
from .checks_load_balancers import check_load_balancers
from .checks_names import check_names
from .checks_network import check_network
from .checks_services import check_services

if TYPE_CHECKING:
    from constructs_lib.errors import Problem

    from .draft import Draft

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
