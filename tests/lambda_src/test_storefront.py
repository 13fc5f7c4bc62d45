import importlib
import json
import socket
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from types import SimpleNamespace

import pytest

from constructs_lib.names import callee_urls_text

FOLDER = Path(__file__).resolve().parents[2] / "lambda_src" / "storefront"
ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012"
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
EVENT = {
    "requestContext": {"elb": {"targetGroupArn": f"{ARN}:targetgroup/storefront/6d0e"}},
    "httpMethod": "GET",
    "path": "/products/apple",
    "multiValueQueryStringParameters": {"a": ["1", "2"]},
    "multiValueHeaders": {"host": ["shop.example.com"], "accept": ["text/html", "*/*"]},
    "body": "",
    "isBase64Encoded": False,
}
UNAVAILABLE = "the inventory cannot be reached"


class Inventory(BaseHTTPRequestHandler):
    """The other side: does what ``server.reply`` says, and notes what it was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.reply(self)

    def log_message(self, *_):
        pass


def context(remaining_ms=30_000):
    return SimpleNamespace(get_remaining_time_in_millis=lambda: remaining_ms)


def send(status=200, body=b'{"sku": "apple", "quantity": 3}', **headers):
    def reply(request):
        request.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return reply


def raw(content):
    return lambda request: request.wfile.write(content)


@contextmanager
def serving(reply):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Inventory)
    server.reply, server.asked = reply, []
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def loaded(monkeypatch, url, folder=FOLDER):
    """The function as Lambda loads it: its folder's files are top-level modules, its environment is set."""
    modules = [path.stem for path in folder.glob("*.py")]
    for name in modules:
        sys.modules.pop(name, None)
    monkeypatch.setenv("INVENTORY_URL", url)
    monkeypatch.syspath_prepend(folder)
    try:
        yield importlib.import_module("handler").handler
    finally:
        for name in modules:
            sys.modules.pop(name, None)


@pytest.fixture
def ask(monkeypatch):
    """Send an event while the inventory replies as told; returns status, body and what it was asked."""

    def ask(reply, remaining_ms=30_000, **changes):
        with (
            serving(reply) as server,
            loaded(monkeypatch, f"http://127.0.0.1:{server.server_port}/") as handler,
        ):
            response = handler(EVENT | changes, context(remaining_ms))
        return response["statusCode"], json.loads(response["body"]), server.asked

    return ask


def test_a_product_is_answered_with_what_the_inventory_says(ask):
    assert ask(send()) == (200, {"sku": "apple", "quantity": 3}, ["/inventory/apple"])


def test_callees_are_found_in_variables_of_their_own_or_in_one(monkeypatch):
    with loaded(monkeypatch, ""):
        from callees import url_of
    assert url_of("price-list", {"PRICE_LIST_URL": "http://own:8081/"}) == "http://own:8081"
    one = {"CALLEE_URLS": callee_urls_text("http://all", {"inventory": 8080, "price-list": 8081})}
    assert url_of("price-list", one) == "http://all:8081"
    with pytest.raises(KeyError):
        url_of("other", one)
    with pytest.raises(KeyError, match="OTHER_URL"):
        url_of("other", {})


def test_the_storefront_understands_the_inventory_of_this_project(ask, monkeypatch):
    with loaded(monkeypatch, "", FOLDER.parent / "inventory") as inventory:
        pass

    def reply(request):
        response = inventory({"httpMethod": "GET", "path": request.path, "headers": {}}, None)
        send(response["statusCode"], response["body"].encode())(request)

    assert ask(reply)[:2] == (200, {"sku": "apple", "quantity": 120})
    assert ask(reply, path="/products/unicorn")[0] == 404


def test_the_response_has_the_shape_that_a_load_balancer_takes(monkeypatch):
    with serving(send()) as server, loaded(monkeypatch, f"http://127.0.0.1:{server.server_port}") as handler:
        multi = handler(EVENT, context())
        single = handler(
            {"httpMethod": "GET", "path": "/products/apple", "headers": {"host": "x"}}, context()
        )
    assert multi == {
        "statusCode": 200,
        "statusDescription": "200 OK",
        "isBase64Encoded": False,
        "multiValueHeaders": {"Content-Type": ["application/json"]},
        "body": '{"sku": "apple", "quantity": 3}',
    }
    assert single["headers"] == {"Content-Type": "application/json"}
    assert "multiValueHeaders" not in single


def test_the_health_check_does_not_call_the_inventory(ask):
    assert ask(send(), path="/health") == (200, {"status": "ok"}, [])


def test_nobody_is_answered_for_calling_himself_a_health_checker(ask):
    headers = {"multiValueHeaders": {"user-agent": ["ELB-HealthChecker/2.0"]}}
    assert ask(send(), path="/", **headers)[::2] == (404, [])


@pytest.mark.parametrize(
    "body",
    [
        b'{"sku": "apple"}',
        b'{"sku": "bread", "quantity": 3}',
        b'{"sku": "apple", "quantity": "3"}',
        b'{"sku": "apple", "quantity": true}',
        b'{"sku": "apple", "quantity": -1}',
        b'{"error": "internal: db-1.shop.internal refused"}',
    ],
)
def test_an_answer_that_is_no_quantity_is_not_passed_on(ask, body):
    status, said, _ = ask(send(200, body))
    assert (status, said["error"]) == (502, "the inventory's answer is no quantity of this sku")


def test_what_stands_beside_the_quantity_is_not_the_clients(ask):
    _, said, _ = ask(send(200, b'{"sku": "apple", "quantity": 3, "cost": 0.12, "supplier": "x"}'))
    assert said == {"sku": "apple", "quantity": 3}


def test_an_unknown_product_is_not_found(ask):
    status, body, _ = ask(send(404, b'{"error": "unknown sku"}'))
    assert (status, body) == (404, {"error": "unknown product", "sku": "apple"})


@pytest.mark.parametrize("sku", ["", "a%20b", "a%2F..%2Fb", "..", "%FF", "a" * 65, "a?x=1", "a#b"])
def test_a_malformed_sku_is_a_bad_request_and_never_reaches_the_inventory(ask, sku):
    status, _, asked = ask(send(), path=f"/products/{sku}")
    assert (status, asked) == (400, [])


def test_another_path_another_method_and_no_request_at_all_never_reach_the_inventory(ask):
    assert ask(send(), path="/")[::2] == (404, [])
    assert ask(send(), httpMethod="POST")[::2] == (405, [])
    assert ask(send(), path=None)[::2] == (400, [])
    assert ask(send(), body="?", isBase64Encoded=True)[::2] == (400, [])


@pytest.mark.parametrize("status", [400, 403, 429, 500, 502, 503, 504, 204, 201])
def test_an_inventory_that_fails_is_a_bad_gateway(ask, status):
    error = f"the inventory answered with status {status}"
    assert ask(send(status, b""))[:2] == (502, {"error": error, "sku": "apple"})


def test_a_redirect_is_not_followed(ask):
    status, body, asked = ask(send(302, b"", Location="/elsewhere"))
    assert (status, body["error"], asked) == (
        502,
        "the inventory answered with status 302",
        ["/inventory/apple"],
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'"x"',
        b"{",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"1" * 5000,
    ],
)
def test_an_inventory_that_sends_no_json_object_is_a_bad_gateway(ask, body):
    assert ask(send(200, body))[:2] == (
        502,
        {"error": "the inventory's answer is no quantity of this sku", "sku": "apple"},
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b" " * 200_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200,
    ],
)
def test_an_inventory_that_does_not_speak_http_or_sends_too_much_is_a_bad_gateway(ask, content):
    assert ask(raw(content))[:2] == (502, {"error": UNAVAILABLE, "sku": "apple"})


def test_the_largest_reply_is_read_and_not_passed_on(monkeypatch):
    numbers = b'{"sku": "apple", "quantity": 3, "a": [' + b",".join([b"1e15"] * 26_000) + b"]}"
    assert 128_000 < len(numbers) <= 128 * 1024
    with (
        serving(send(200, numbers)) as server,
        loaded(monkeypatch, f"http://127.0.0.1:{server.server_port}") as handler,
    ):
        response = handler(EVENT, context())
    assert response["statusCode"] == 200
    assert json.loads(response["body"]) == {"sku": "apple", "quantity": 3}


def test_an_inventory_that_refuses_connections_is_a_bad_gateway(monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with loaded(monkeypatch, f"http://127.0.0.1:{unused.getsockname()[1]}") as handler:
            response = handler(EVENT, context())
    assert response["statusDescription"] == "502 Bad Gateway"
    assert json.loads(response["body"]) == {"error": UNAVAILABLE, "sku": "apple"}


@pytest.mark.parametrize("sent", [[], [b"HTTP/1.1 200 OK\r\n"], [b"HTTP/1.1 200 OK\r\n\r\n", b"{"]])
def test_an_inventory_that_is_slow_is_a_gateway_timeout(monkeypatch, sent):
    over = Flag()

    def reply(request):
        for part in sent:
            request.wfile.write(part)
        over.wait(30)

    with serving(reply) as server, loaded(monkeypatch, f"http://127.0.0.1:{server.server_port}") as handler:
        response = handler(EVENT, context(400))
        over.set()
    assert response["statusDescription"] == "504 Gateway Timeout"
    assert json.loads(response["body"]) == {"error": "the inventory did not answer in time", "sku": "apple"}


def test_an_inventory_that_sends_a_byte_now_and_then_is_a_gateway_timeout(monkeypatch):
    over = Flag()

    def reply(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not over.wait(0.05):
            request.wfile.write(b" ")

    with serving(reply) as server, loaded(monkeypatch, f"http://127.0.0.1:{server.server_port}") as handler:
        response = handler(EVENT, context(400))
        over.set()
    assert response["statusCode"] == 504


def test_no_time_left_is_a_gateway_timeout(ask):
    assert ask(send(), remaining_ms=0)[0] == 504
    assert ask(send(), remaining_ms=-5)[0] == 504


@pytest.mark.parametrize(
    ("remaining", "patience"), [(15.0, 14.0), (4.0, 3.0), (2.0, 1.5), (0.0, 0.0), (-1.0, 0.0)]
)
def test_the_storefront_is_less_patient_than_lambda(monkeypatch, remaining, patience):
    with loaded(monkeypatch, "http://127.0.0.1"):
        assert sys.modules["logic"].patience_s(remaining) == patience


def test_without_lambdas_context_its_default_timeout_counts(monkeypatch):
    patience = []

    def fetch(_, timeout_s):
        patience.append(timeout_s)
        raise TimeoutError

    with loaded(monkeypatch, "http://127.0.0.1") as handler:
        sys.modules["client"].fetch = fetch
        assert handler(EVENT, None)["statusCode"] == 504
        assert handler(EVENT, SimpleNamespace())["statusCode"] == 504
    assert patience == [2.25, 2.25]


def test_a_proxy_of_the_environment_is_not_asked(ask, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert ask(send())[0] == 200


def test_a_function_without_the_address_of_its_callee_does_not_start(monkeypatch):
    with loaded(monkeypatch, "http://127.0.0.1"):
        sys.modules.pop("handler")
        monkeypatch.delenv("INVENTORY_URL")
        with pytest.raises(KeyError, match="INVENTORY_URL"):
            importlib.import_module("handler")
