"""Amounts as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, getcontext

_CENT = Decimal("0.01")


def dollars(amount: Decimal | None, *, exact: bool = False) -> str:
    """Give an amount in dollars and cents, a price (``exact``) with all its digits; ``?`` if not known."""
    if amount is None:
        return "?"
    digits = Context(prec=max(getcontext().prec, amount.adjusted() + 4))  # a document may ask for any number
    rounded = amount.quantize(_CENT, ROUND_HALF_UP, context=digits)
    return f"${amount.normalize():f}" if exact and amount != rounded else f"${rounded:,}"


def plain(number: Decimal) -> str:
    """Give a number without zeros at its end."""
    return f"{number.normalize():,f}"
