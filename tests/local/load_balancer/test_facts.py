"""Each sentence of AWS, probed on a load balancer that runs here."""

import base64
import json
import time

import pytest

from constructs_lib.local.control.asking import ask
from constructs_lib.local.load_balancer.event import health_check_event
from constructs_lib.local.load_balancer.facts import FACTS
from constructs_lib.testing.chain import LocalChain
from tests.support.architecture import add, drop, ref, resource
from tests.support.local.projects import ECHO, stack_with

ANSWERS = """
import base64, time

BINARY = base64.b64encode(b"\\x00\\xff").decode()
HOP = {"Connection": "x", "Transfer-Encoding": "y", "X-Own": "z"}
ANSWERS = {
    "/s/binary": {"statusCode": 200, "isBase64Encoded": True, "body": BINARY},
    "/s/hop": {"statusCode": 200, "headers": HOP, "body": "abc"},
    "/s/nobody": {"statusCode": 204},
    "/s/string-status": {"statusCode": "200"},
    "/s/no-status": {"body": "x"},
    "/s/odd-header": {"statusCode": 200, "headers": {"a b": "c"}},
    "/s/split-header": {"statusCode": 200, "headers": {"a": "c\\r\\nd: e"}},
    "/s/not-base64": {"statusCode": 200, "isBase64Encoded": True, "body": "%%"},
    "/s/large": {"statusCode": 200, "body": "x" * (1024 * 1024)},
    "/s/large-headers": {"statusCode": 200, "headers": {"x": "y" * 33000}},
    "/s/text": "only text",
    "/s/list": [1, 2],
}

def handler(event, context):
    if event["path"] == "/s/raise":
        raise RuntimeError("no")
    if event["path"] == "/s/sleep":
        time.sleep(5)
    if event["path"] == "/s/idle":
        time.sleep(1.5)
    return ANSWERS.get(event["path"], {"statusCode": 200})
"""


def said(text):
    return [
        {
            "type": "fixed-response",
            "fixed_response": {"status_code": "200", "content_type": "text/plain", "message_body": text},
        }
    ]


def change(document):
    """The public listener with rules of every kind in front of the function's; the internal one as it is."""
    rules = {
        1: ({"path_pattern": {"values": ["/exact?", "/wild/*/end"]}}, said("path")),
        2: ({"path_pattern": {"values": ["/wild/*"]}}, said("later")),
        3: ({"host_header": {"values": ["*.example.com"]}}, said("host")),
        4: ({"http_header": {"http_header_name": "X-Kind", "values": ["blue*"]}}, said("header")),
        5: ({"http_request_method": {"values": ["PATCH"]}}, said("method")),
        6: ({"query_string": [{"key": "version", "value": "v1"}, {"value": "example"}]}, said("query")),
        7: ({"source_ip": {"values": ["203.0.113.0/24"]}}, said("source")),
        8: (
            {"path_pattern": {"values": ["/old/*"]}},
            [
                {
                    "type": "redirect",
                    "redirect": {
                        "protocol": "HTTPS",
                        "port": "443",
                        "host": "new.#{host}",
                        "path": "/n/#{path}",
                        "query": "q=1&#{query}",
                        "status_code": "HTTP_301",
                    },
                }
            ],
        ),
        9: (
            {"path_pattern": {"values": ["/empty"]}},
            [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.empty", "arn")}],
        ),
        10: (
            {"path_pattern": {"values": ["/several*"]}},
            [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.several", "arn")}],
        ),
        11: (
            {"path_pattern": {"values": ["/forbidden"]}},
            [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.forbidden", "arn")}],
        ),
        12: (
            {"path_pattern": {"values": ["/s/*"]}},
            [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.public_storefront", "arn")}],
        ),
        13: (
            {"path_pattern": {"values": ["/e*", "/upper"]}},
            [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.echo", "arn")}],
        ),
    }
    drop(document, "aws_lb_listener_rule.public_storefront")
    for priority, (condition, action) in reversed(rules.items()):
        add(
            document,
            f"aws_lb_listener_rule.r{priority}",
            listener_arn=ref("aws_lb_listener.public_80", "arn"),
            priority=priority,
            condition=[condition],
            action=action,
        )
    resource(document, "aws_lb.public").update({"idle_timeout": 1, "drop_invalid_header_fields": True})
    permission = resource(document, "aws_lambda_permission.internal_inventory")
    for name in ("empty", "several", "forbidden", "echo"):
        add(document, f"aws_lb_target_group.{name}", name=name, target_type="lambda")
        if name != "empty":
            body = dict(resource(document, "aws_lb_target_group_attachment.internal_inventory"))
            body["target_group_arn"] = ref(f"aws_lb_target_group.{name}", "arn")
            add(document, f"aws_lb_target_group_attachment.{name}", **body)
        if name in ("several", "echo"):
            body = permission | {"source_arn": ref(f"aws_lb_target_group.{name}", "arn")}
            add(document, f"aws_lambda_permission.{name}", **body)
    resource(document, "aws_lb_target_group.several")["lambda_multi_value_headers_enabled"] = True


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    stack = stack_with(
        tmp_path_factory.mktemp("facts"), {"storefront": ANSWERS, "inventory": ECHO}, change=change, timeout=1
    )
    with LocalChain(stack) as running:
        yield running


class Asked:
    """Asks the public listener; headers are pairs, so that one may be there twice."""

    def __init__(self, chain):
        self.port = chain.running.public[0].port

    def __call__(self, path, *headers, method="GET", body=b""):
        return ask(self.port, method, path, headers=headers, body=body)

    def text(self, path, *headers, **options):
        return self(path, *headers, **options).body.decode()

    def event(self, path, *headers, **options):
        return json.loads(self(path, *headers, **options).body)


def header(reply, name):
    return [value for key, value in reply.headers if key.lower() == name]


JSON = ("content-type", "application/json")
PROBES = {
    "priority": lambda a: a.text("/wild/x/end") == "path" and a.text("/wild/x") == "later",
    "default rule": lambda a: a("/nothing").status == 404,
    "path": lambda a: (
        a.text("/exact1") == "path" and a("/Wild/x").status == 404 and a.text("/wild/") == "later"
    ),
    "path alone": lambda a: a("/x?/exact1").status == 404 and a.text("/exact1?y=z") == "path",
    "host": lambda a: (
        a.text("/", ("host", "Shop.EXAMPLE.com:80")) == "host"
        and a("/", ("host", "example.com")).status == 404
    ),
    "header": lambda a: (
        a.text("/", ("X-KIND", "Blueish")) == "header"
        and a.text("/", ("x-kind", "red"), ("x-kind", "blue")) == "header"
    ),
    "method": lambda a: a.text("/", method="PATCH") == "method" and a("/", method="patch").status == 404,
    "query": lambda a: (
        a.text("/?VERSION=V1") == "query"
        and a.text("/?any=Example") == "query"
        and a("/?version=v2").status == 404
    ),
    "source address": lambda a: a("/", ("x-forwarded-for", "203.0.113.9")).status == 404,
    "fixed response": lambda a: header(a("/exact1"), "content-type") == ["text/plain; charset=utf-8"],
    "redirect": lambda a: (
        header(a("/old/a?b=c", ("host", "shop.test:80")), "location")
        == ["https://new.shop.test/n/old/a?q=1&b=c"]
        and a("/old/a").status == 301
    ),
    "added headers": lambda a: (
        (h := a.event("/e", ("X-Forwarded-For", "198.51.100.1"))["headers"])
        and h["x-forwarded-for"] == "198.51.100.1, 127.0.0.1"
        and (h["x-forwarded-port"], h["x-forwarded-proto"]) == ("80", "http")
        and h["x-amzn-trace-id"].startswith("Root=1-")
    ),
    "content encoding": lambda a: a.event(
        "/e", JSON, ("content-encoding", "gzip"), method="POST", body=b"{}"
    )["isBase64Encoded"],
    "content type": lambda a: (
        (
            a.event("/e", JSON, method="POST", body=b"{}")["body"],
            a.event("/e", ("content-type", "application/octet-stream"), method="POST", body=b"\x00\xff")[
                "body"
            ],
        )
        == ("{}", base64.b64encode(b"\x00\xff").decode())
    ),
    "last value": lambda a: (
        (e := a.event("/e?k=1&k=2", ("cookie", "a=1"), ("cookie", "b=2")))
        and (e["queryStringParameters"], e["headers"]["cookie"], "multiValueHeaders" in e)
        == ({"k": "2"}, "b=2", False)
    ),
    # ECHO answers with headers, not multiValueHeaders: the body alone is taken
    "several values": lambda a: (
        (e := a.event("/several?k=1&k=2", ("x-a", "1"), ("x-a", "2")))
        and (e["multiValueQueryStringParameters"], e["multiValueHeaders"]["x-a"], "headers" in e)
        == ({"k": ["1", "2"]}, ["1", "2"], False)
        and header(a("/several"), "content-type") == []
    ),
    "undecoded": lambda a: (
        a.event("/e%20x?k=%2F+y")["queryStringParameters"] == {"k": "%2F+y"}
        and a.event("/e%20x")["path"] == "/e%20x"
    ),
    "binary answer": lambda a: a("/s/binary").body == b"\x00\xff",
    "hop by hop": lambda a: (
        (r := a("/s/hop"))
        and (header(r, "x-own"), header(r, "transfer-encoding"), header(r, "content-length"))
        == (["z"], [], ["3"])
    ),
    "no body": lambda a: (a("/s/nobody").status, a("/s/nobody").body) == (204, b""),
    "upgrade": lambda a: a("/e", ("connection", "upgrade"), ("upgrade", "websocket")).status == 400,
    "413": lambda a: (
        (
            a("/e", method="POST", body=b"x" * (1024 * 1024 + 1)).status,
            a("/e", JSON, method="POST", body=b"1" * (1024 * 300)).status,
        )
        == (413, 200)
    ),
    "414": lambda a: a("/e?" + "x" * 17_000).status == 414,
    "405": lambda a: a("/e", method="TRACE").status == 405,
    "463": lambda a: (
        (
            a("/e", ("x-forwarded-for", ",".join(["192.0.2.1"] * 31))).status,
            a("/e", ("x-forwarded-for", ",".join(["192.0.2.1"] * 30))).status,
        )
        == (463, 200)
    ),
    "502 malformed": lambda a: (
        {
            a(f"/s/{one}").status
            for one in (
                "string-status",
                "no-status",
                "odd-header",
                "split-header",
                "not-base64",
                "text",
                "list",
            )
        }
        == {502}
    ),
    "502 large": lambda a: a("/s/large").status == 502,
    "502 headers": lambda a: a("/s/large-headers").status == 502,
    "502 error": lambda a: a("/s/raise").status == 502,
    "502 permission": lambda a: a("/forbidden").status == 502,
    "503": lambda a: a("/empty").status == 503,
    "drop invalid headers": lambda a: (
        (h := a.event("/e", ("x_under", "1"), ("x-fine", "2"))["headers"])
        and ("x_under" in h, h["x-fine"]) == (False, "2")
    ),
}
ELSEWHERE = {"502 timeout", "504", "health check"}


def test_every_fact_has_a_probe():
    assert PROBES.keys() | ELSEWHERE == FACTS.keys()


@pytest.mark.parametrize("name", PROBES)
def test_a_load_balancer_does_what_aws_says(chain, name):
    assert PROBES[name](Asked(chain)), FACTS[name].sentence


def test_504_comes_before_the_functions_own_timeout_where_the_idle_timeout_is_shorter(tmp_path):
    stack = stack_with(tmp_path, {"storefront": ANSWERS, "inventory": ECHO}, change=change, timeout=5)
    with LocalChain(stack) as running:
        assert running.get("public:80", "/s/idle").status == 504


def test_502_where_the_functions_own_timeout_is_shorter(tmp_path):
    def patient(document):
        change(document)
        resource(document, "aws_lb.public")["idle_timeout"] = 60

    stack = stack_with(tmp_path, {"storefront": ANSWERS, "inventory": ECHO}, change=patient, timeout=1)
    with LocalChain(stack) as running:
        assert running.get("public:80", "/s/sleep").status == 502


def test_a_health_check_is_an_invocation_that_nobody_asked_for(tmp_path):
    def checked(document):
        resource(document, "aws_lb_target_group.public_storefront")["health_check"] = {
            "enabled": True,
            "interval": 1,
        }

    stack = stack_with(tmp_path, {"storefront": ECHO, "inventory": ECHO}, change=checked)
    with LocalChain(stack) as running:
        for _ in range(60):
            if found := [event for event in running.events if event["event"] == "health check"]:
                break
            time.sleep(0.05)
        assert (found[0]["target"], found[0]["failure"]) == ("aws_lambda_function.storefront", None)


def test_health_checks_are_off_unless_the_target_group_asks(chain):
    group = next(iter(chain.running.picture.groups.values()))
    event = health_check_event(group)
    assert event["headers"] == {"user-agent": "ELB-HealthChecker/2.0"}
    assert (event["path"], event["body"], event["isBase64Encoded"]) == ("/", "", False)
    assert chain.running.health_checks.running == 0
