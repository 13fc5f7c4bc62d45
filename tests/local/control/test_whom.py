"""Whom a request means: paths, urls, listeners by name, workloads behind them."""

import pytest

from constructs_lib.testing.chain import LocalChain
from tests.support.local.projects import CALLS, ECHO, stack_with


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    stack = stack_with(tmp_path_factory.mktemp("whom"), {"storefront": CALLS, "inventory": ECHO})
    with LocalChain(stack) as running:
        yield running


def told(chain, target, source="", to=""):
    from constructs_lib.local.control.server import door_for

    found = chain.do(door_for(chain.running, {"as": source, "to": to, "target": target}))
    return found.get("wrong") or (found["as"], found["to"], found["path"], found["verdict"])


@pytest.mark.parametrize(
    ("target", "source", "to", "meant"),
    [
        ("/x", "", "", ("internet", "public:80", "/x", "carried")),
        ("x?y", "", "", ("internet", "public:80", "/x?y", "carried")),
        ("/x", "storefront", "", ("storefront", "internal:8080", "/x", "carried")),
        (
            "http://internal:8080/x?y=z",
            "storefront",
            "",
            ("storefront", "internal:8080", "/x?y=z", "carried"),
        ),
        ("http://inventory/x", "storefront", "", ("storefront", "internal:8080", "/x", "carried")),
        ("/x", "inventory", "internal", ("inventory", "internal:8080", "/x", "blocked")),
        ("/x", "203.0.113.0/24", "storefront", ("203.0.113.0/24", "public:80", "/x", "carried")),
        (
            "/x",
            "aws_lambda_function.storefront",
            "aws_lb_listener.internal_8080",
            ("storefront", "internal:8080", "/x", "carried"),
        ),
    ],
)
def test_a_request_means(chain, target, source, to, meant):
    assert told(chain, target, source, to) == meant


def test_an_address_of_a_door_means_that_door(chain):
    port = chain.running.public[0].port
    assert told(chain, f"http://127.0.0.1:{port}/x") == ("internet", "public:80", "/x", "carried")


@pytest.mark.parametrize(("source", "to", "words"), [("nobody", "", "nobody"), ("", "nothing", "public:80")])
def test_an_unknown_name_is_said_with_what_there_is(chain, source, to, words):
    assert words in told(chain, "/", source, to)
