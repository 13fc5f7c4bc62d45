"""What the console serves, and to whom."""

import http.client
import json

import pytest

from constructs_lib.testing.chain import LocalChain
from tests.support.local.console_pages import console_of
from tests.support.local.projects import CALLS, ECHO, stack_with


@pytest.fixture(scope="module")
def console(tmp_path_factory):
    stack = stack_with(tmp_path_factory.mktemp("console"), {"storefront": CALLS, "inventory": ECHO})
    with LocalChain(stack) as chain, console_of(chain) as address:
        yield int(address.rpartition(":")[2])


def asked(port, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_state_has_the_picture_and_who_reaches_whom(console):
    status, body = asked(console, "GET", "/state")
    state = json.loads(body)
    assert status == 200
    assert state["svg"].startswith("<svg")
    doors = {
        caller["name"]: caller["doors"]["aws_lb_listener.internal_8080"]["verdict"]
        for caller in state["callers"]
    }
    assert doors == {"internet": "blocked", "storefront": "carried", "inventory": "blocked"}


def test_a_request_as_a_workload_is_answered_and_one_without_a_rule_says_why(console):
    question = {"as": "storefront", "to": "inventory", "target": "/x"}
    _, body = asked(console, "POST", "/ask", json.dumps(question), **{"content-type": "application/json"})
    assert json.loads(body)["status"] == 200
    question["as"] = "nobody"
    _, body = asked(console, "POST", "/ask", json.dumps(question), **{"content-type": "application/json"})
    assert "nobody" in json.loads(body)["wrong"]


def test_every_file_of_the_page_is_served_and_nothing_else(console):
    for name in ("console.css", "console.mjs", "picture.mjs", "matrix.mjs", "form.mjs", "element.mjs"):
        assert asked(console, "GET", f"/page/{name}")[0] == 200
    assert b"<!doctype html>" in asked(console, "GET", "/")[1]
    assert asked(console, "GET", "/page/..%2fapp.py")[0] == 404


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_other_sites_are_refused(console, headers):
    assert asked(console, "GET", "/state", **headers)[0] == 403


def test_a_question_that_no_page_of_ours_asks_is_refused(console):
    assert asked(console, "POST", "/ask", "{}", **{"content-type": "text/plain"})[0] == 415
    assert asked(console, "POST", "/ask", "{", **{"content-type": "application/json"})[0] == 400
