"""How functions are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from constructs_lib.terraform_json.language.conversion import RefusedError, is_open

Function = Callable[[list[Any]], Any]


def plain(function: Callable[..., Any]) -> Function:
    """Call with arguments in which nothing is open; what Terraform refuses is a RefusedError."""

    def call(arguments: list[Any]) -> Any:
        return NotImplemented if any(map(is_open, arguments)) else refusing(function, arguments)

    return call


def partly(function: Callable[..., Any]) -> Function:
    """Call also with arguments that hold open values; the function gives NotImplemented where they matter."""
    return lambda arguments: refusing(function, arguments)


def refusing(function: Callable[..., Any], arguments: list[Any]) -> Any:
    """Call a function; wrong arguments are a RefusedError, as Terraform refuses them."""
    try:
        return function(*arguments)
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as fault:
        raise RefusedError(str(fault)) from fault
