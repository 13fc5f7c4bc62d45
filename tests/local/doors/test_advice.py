"""The smallest change of the file that opens a door: made, it opens it."""

import re

import pytest

from constructs_lib.local.doors.doors import Door
from constructs_lib.local.picture import Picture
from constructs_lib.proof import Blocked, read_document
from constructs_lib.views.written_stack import WrittenStack
from tests.support.architecture import document_of, environment_of

CALLERS = {"legacy": {"security_group_id": "sg-0123456789abcdef0", "calls": ["inventory"]}}


def picture_of(environment):
    return Picture(WrittenStack("dev", read_document(document_of(environment)), environment), {})


def change(picture, source, listener="aws_lb_listener.internal_8080"):
    caller = picture.callers.find(source)
    found = picture.listeners[listener]
    answer = picture.callers.answer(caller, found)
    assert isinstance(answer, Blocked)
    return picture.advice.denial(Door(caller, found, answer)).change


def test_a_call_that_is_missing_is_named_and_opens_the_door():
    functions = environment_of().model_dump()["functions"]
    functions["storefront"]["calls"] = []
    closed = picture_of(environment_of(functions=functions))
    assert change(closed, "storefront") == '[functions.storefront] calls = ["inventory"]'
    opened = picture_of(environment_of())
    answer = opened.callers.answer(
        opened.callers.find("storefront"), opened.listeners["aws_lb_listener.internal_8080"]
    )
    assert not isinstance(answer, Blocked)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "sg-0aaaaaaaaaaaaaaa0",
            r'\[callers.NAME\] security_group_id = "sg-0aaaaaaaaaaaaaaa0", calls = \["inventory"\]',
        ),
        ("internet", "only workloads and"),
        ("inventory", "no workload calls itself"),
    ],
)
def test_strangers_are_told_how_to_get_in(source, words):
    assert re.search(words, change(picture_of(environment_of(callers=CALLERS)), source))


def test_a_range_that_the_public_load_balancer_does_not_admit_is_named():
    balancers = {"public": {"insecure_http": True, "allowed_cidrs": ["203.0.113.0/24"]}}
    picture = picture_of(environment_of(load_balancers=balancers))
    said = change(picture, "198.51.100.0/24", "aws_lb_listener.public_80")
    assert said == '[load_balancers.public] allowed_cidrs = ["203.0.113.0/24", "198.51.100.0/24"]'
    assert picture.callers.front_of(picture.listeners["aws_lb_listener.public_80"]).name == "203.0.113.0/24"


def test_without_an_environment_file_the_rules_are_named():
    document = read_document(document_of(environment_of()))
    picture = Picture(WrittenStack("dev", document, None), {})
    assert "ingress in a security group of aws_lb.internal" in change(picture, "inventory")


@pytest.mark.parametrize(
    ("address", "port", "public", "said"),
    [
        ("198.51.100.7", 443, True, "[functions.inventory] internet = true"),
        ("10.1.2.3", 5432, False, '[functions.inventory.egress.NAME] cidr = "10.1.2.3/32", port = 5432'),
    ],
)
def test_a_way_out_is_named(address, port, public, said):
    advice = picture_of(environment_of()).advice
    denial = advice.outside("inventory", address, address, port, Blocked("x", "y"), public=public)
    assert denial.change == said
