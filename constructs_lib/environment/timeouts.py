"""How long functions may take: as the file says, else long enough for whom they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.figures.lambda_tables import TIMEOUT_S

if TYPE_CHECKING:
    from constructs_lib.environment.tables.environment import Environment

MARGIN_S = 5
"""What a caller has beyond the slowest of its callees, to answer when that was stopped."""
_DEEPEST = 5  # calls behind each other; a circle of calls ends there, too


def timeouts_s(environment: Environment) -> dict[str, int]:
    """The timeout of every function in seconds.

    Where the file has none, a caller's is that of the slowest function that it calls and ``MARGIN_S`` more.
    """
    functions = environment.functions
    found = {name: function.timeout_s for name, function in functions.items()}
    left_out = {name for name, one in functions.items() if "timeout_s" not in one.model_fields_set}
    for _ in range(_DEEPEST):
        slowest = {
            name: max((found[callee] for callee in functions[name].calls if callee in found), default=0)
            for name in left_out
        }
        found |= {
            name: min(max(functions[name].timeout_s, needed + MARGIN_S), TIMEOUT_S.most)
            for name, needed in slowest.items()
            if needed
        }
    return found
