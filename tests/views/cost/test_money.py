"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal

from constructs_lib.views.cost.money import dollars, plain


def test_an_amount_has_two_digits_of_cents_and_a_price_all_of_its_own():
    assert dollars(Decimal("1234.005")) == "$1,234.01"
    assert dollars(Decimal("0.04048"), exact=True) == "$0.04048"
    assert dollars(None) == "?"


def test_a_number_has_no_zeros_at_its_end():
    assert plain(Decimal("1460.50")) == "1,460.5"


def test_the_largest_amount_is_an_amount():
    assert dollars(Decimal(10) ** 40) == f"${10**40:,}.00"
