"""The whole chain: internet, load balancer, function, load balancer, function, and the walls between them."""

import contextlib
import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from constructs_lib.testing.chain import LocalChain
from tests.support.architecture import drop
from tests.support.local.projects import CALLS, ECHO, stack_with

EGRESS = "aws_vpc_security_group_egress_rule"

MANY = """
import json, os, sys, threading, time

def handler(event, context):
    path = event["path"]
    if path == "/crash":
        os._exit(3)
    if path == "/raise":
        raise ValueError("no such thing")
    if path == "/sleep":
        time.sleep(30)
    if path == "/slow":
        time.sleep(0.5)
    if path == "/nonsense":
        return "nonsense"
    if path == "/no-status":
        return {"body": "x"}
    if path == "/fork":
        if os.fork() == 0:
            time.sleep(60)
        return {"statusCode": 200, "body": str(os.getpid())}
    if path == "/big":
        return {"statusCode": 200, "body": "x" * 2_000_000}
    if path == "/memory":
        held = bytearray(400_000_000)
        return {"statusCode": 200, "body": str(len(held))}
    if path == "/out":
        import socket
        try:
            socket.create_connection(("203.0.113.7", 443), timeout=0.3)
        except OSError as fault:
            return {"statusCode": 200, "body": type(fault).__name__}
        return {"statusCode": 200, "body": "connected"}
    if path == "/where":
        return {"statusCode": 200, "body": json.dumps({
            "tmp": os.environ["TMPDIR"], "path": sys.path, "pid": os.getpid(),
            "secrets": [name for name in os.environ if "SECRET" in name or "TOKEN" in name],
            "left": context.get_remaining_time_in_millis(), "memory": context.memory_limit_in_mb,
        })}
    print("asked for", path)
    return {"statusCode": 200, "body": path}
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A storefront that misbehaves on demand, and may not leave for the internet."""

    def change(document):
        drop(document, f"{EGRESS}.storefront_to_internet_443")

    folder = tmp_path_factory.mktemp("many")
    stack = stack_with(folder, {"storefront": MANY, "inventory": ECHO}, change=change, timeout=1)
    with LocalChain(stack) as chain:
        yield chain


def test_a_request_goes_through_both_load_balancers(tmp_path):
    with LocalChain(stack_with(tmp_path, {"storefront": CALLS, "inventory": ECHO})) as chain:
        answer = chain.get("storefront", "/products/1")
        event = json.loads(answer.text)
        assert (answer.status, event["path"]) == (200, "/products/1")
        hops = [event for event in chain.events if event["event"] == "answer"]
        assert [hop["source"] for hop in hops] == ["storefront", "internet"]
        assert hops[0]["parent"] == hops[1]["hop"]
        assert hops[0]["trace"] == hops[1]["trace"]


def test_a_call_that_no_rule_allows_times_out_and_says_which_rule_is_missing(tmp_path):
    def change(document):
        drop(document, f"{EGRESS}.storefront_to_internal_8080")

    with LocalChain(stack_with(tmp_path, {"storefront": CALLS, "inventory": ECHO}, change=change)) as chain:
        answer = chain.get("storefront", "/products/1")
        assert answer.status == 502
        (denial,) = chain.denied
        assert (denial.source, denial.target, denial.port) == ("storefront", "aws_lb.internal", 8080)
        assert denial.hop == "aws_lambda_function.storefront"
        assert any("timed out" in line for line in chain.logs)
        assert not any(
            event["event"] == "start" and event["function"] == "inventory" for event in chain.events
        )


def test_nobody_else_enters_and_the_smallest_change_is_named(many):
    answer = many.request("inventory", "/", source="inventory")
    assert answer.status == 0
    assert "calls itself" in answer.denial.change
    assert many.request("internal:8080", "/", source="internet").status == 0


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/crash", "exit status 3"),
        ("/raise", "ValueError: no such thing"),
        ("/sleep", "timed out after 1.00 seconds"),
        ("/nonsense", "has to be an object"),
        ("/no-status", "statusCode is missing"),
        ("/big", "1048576"),
        ("/memory", "memory"),
    ],
)
def test_a_function_that_fails_is_a_502_with_its_reason(many, path, words):
    assert many.get("storefront", path).status == 502
    last = [event for event in many.events if event["event"] == "answer"][-1]
    assert words in last["why"]
    assert many.get("storefront", "/next").status == 200


def test_a_function_is_told_what_lambda_tells_and_nothing_of_the_user(many, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "mine")
    told = many.get("storefront", "/where").json()
    assert told["secrets"] == []
    assert 0 < told["left"] <= 1000
    assert told["memory"] == "128"
    assert not [path for path in told["path"] if "site-packages" in path]


def test_what_a_function_connects_to_outside_is_held_to_the_proof(many):
    assert many.get("storefront", "/out").text == "TimeoutError"
    assert (many.denied[-1].target, many.denied[-1].port) == ("203.0.113.7", 443)
    assert many.denied[-1].change == "[functions.storefront] internet = true"


def test_a_process_that_is_killed_is_replaced(many):
    pid = many.get("storefront", "/where").json()["pid"]
    os.kill(pid, signal.SIGKILL)
    assert many.get("storefront", "/next").status == 200


def test_what_a_function_forked_ends_with_it(tmp_path):
    with LocalChain(stack_with(tmp_path, {"storefront": MANY, "inventory": ECHO})) as chain:
        group = int(chain.get("storefront", "/fork").text)
    alive = [
        process.pid
        for process in psutil.process_iter(["status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE and _group(process.pid) == group
    ]
    assert alive == []


def _group(pid):
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(pid)


def test_three_hundred_requests_at_a_time_are_all_answered(many):
    with ThreadPoolExecutor(300) as threads:
        answers = list(threads.map(lambda number: many.get("storefront", f"/n/{number}"), range(300)))
    assert [(a.status, a.text) for a in answers] == [(200, f"/n/{number}") for number in range(300)]


def test_slow_requests_run_at_the_same_time(many):
    began = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: many.get("storefront", "/slow"), range(4)))
    assert [answer.status for answer in answers] == [200] * 4
    assert time.monotonic() - began < 1.9  # one after the other they take 2 s


def test_reserved_concurrency_throttles(tmp_path):
    stack = stack_with(
        tmp_path, {"storefront": MANY, "inventory": ECHO}, reserved_concurrent_executions=1, timeout=5
    )
    with LocalChain(stack) as chain, ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(lambda _: chain.get("storefront", "/slow").status, range(2)))
        assert statuses == [200, 502]


def test_a_body_of_two_megabytes_is_too_large_for_a_function(many):
    answer = many.request("storefront", "/", method="POST", body=b"x" * 2_000_000)
    assert answer.status == 413


def test_nothing_listens_on_another_interface(many):
    ports = list(many.running.doors.by_port)
    assert ports
    for port in ports:
        with socket.socket() as asking:
            asking.settimeout(0.2)
            assert asking.connect_ex(("127.0.0.2", port)) != 0
