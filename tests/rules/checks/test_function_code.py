"""What Lambda functions run."""

from __future__ import annotations

import pytest

from constructs_lib.figures.lambda_tables import DEPRECATED_RUNTIMES, RETIRED_RUNTIMES
from tests.support.ruling import ask, function

ORDERS = "aws_lambda_function.orders"


def said(rule, runtime):
    return ask(rule, function("orders", runtime=runtime), variable={"runtime": {}})[ORDERS]


def test_a_retired_runtime_is_named_with_the_day():
    assert said("lambda-runtime-retired", "nodejs14.x") == (
        "broken: has runtime nodejs14.x, of which AWS has made no function since 2024-01-09"
    )


def test_a_deprecated_runtime_is_named_with_its_successor():
    found = said("lambda-runtime-deprecated", "python3.8")
    assert found.endswith("gets no security updates any more: python3.13 does")
    assert said("lambda-runtime-retired", "python3.8") == "kept"


@pytest.mark.parametrize("rule", ["lambda-runtime-retired", "lambda-runtime-deprecated"])
def test_a_supported_runtime_is_in_order_and_an_open_one_cannot_be_told(rule):
    assert said(rule, "python3.13") == "kept"
    assert said(rule, "${var.runtime}").startswith("cannot tell")


def test_no_runtime_is_both_and_no_successor_is_either():
    assert not RETIRED_RUNTIMES.keys() & DEPRECATED_RUNTIMES.keys()
    assert not {*RETIRED_RUNTIMES, *DEPRECATED_RUNTIMES} & {*DEPRECATED_RUNTIMES.values()}
