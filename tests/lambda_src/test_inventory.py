import base64
import importlib
import json
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "lambda_src" / "inventory"
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
EVENT = {
    "requestContext": {
        "elb": {
            "targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/inventory/6d0e"
        }
    },
    "httpMethod": "GET",
    "path": "/inventory/apple",
    "queryStringParameters": {"a": "1%202"},
    "headers": {"accept": "*/*", "host": "internal-shop.elb.amazonaws.com", "x-forwarded-proto": "http"},
    "body": "",
    "isBase64Encoded": False,
}
HEALTH_CHECK = {
    "requestContext": EVENT["requestContext"],
    "httpMethod": "GET",
    "path": "/health",
    "queryStringParameters": {},
    "headers": {"user-agent": "ELB-HealthChecker/2.0"},
    "body": "",
    "isBase64Encoded": False,
}


def multi_value(event):
    """The same event from a target group with lambda.multi_value_headers.enabled."""
    single = dict(event)
    headers, query = single.pop("headers"), single.pop("queryStringParameters")
    return single | {
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()},
    }


@pytest.fixture
def handler(monkeypatch):
    """The function as Lambda loads it: its folder's files are top-level modules."""
    modules = [path.stem for path in FOLDER.glob("*.py")]
    for name in modules:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(FOLDER)
    yield importlib.import_module("handler").handler
    for name in modules:
        sys.modules.pop(name, None)


def ask(handler, event=EVENT, **changes):
    response = handler(event | changes, None)
    return response["statusCode"], json.loads(response["body"])


def test_a_known_sku_is_answered_with_its_quantity(handler):
    assert ask(handler) == (200, {"sku": "apple", "quantity": 120})


def test_the_response_has_the_shape_that_a_load_balancer_takes(handler):
    assert handler(EVENT, None) == {
        "statusCode": 200,
        "statusDescription": "200 OK",
        "isBase64Encoded": False,
        "headers": {"Content-Type": "application/json"},
        "body": '{"sku": "apple", "quantity": 120}',
    }


def test_a_request_with_multi_value_headers_is_answered_with_multi_value_headers(handler):
    response = handler(multi_value(EVENT), None)
    assert response["multiValueHeaders"] == {"Content-Type": ["application/json"]}
    assert "headers" not in response
    assert response["statusCode"] == 200


@pytest.mark.parametrize("shape", [dict, multi_value])
def test_the_load_balancers_health_check_succeeds_whatever_its_path(handler, shape):
    assert ask(handler, shape(HEALTH_CHECK)) == (200, {"status": "ok"})
    assert ask(handler, shape(HEALTH_CHECK), path="/health") == (200, {"status": "ok"})


def test_an_unknown_sku_is_not_found(handler):
    assert ask(handler, path="/inventory/unicorn") == (404, {"error": "unknown sku", "sku": "unicorn"})


@pytest.mark.parametrize("path", ["/", "/inventory", "/orders/apple", ""])
def test_another_path_is_not_found(handler, path):
    assert ask(handler, path=path) == (404, {"error": "ask for /inventory/{sku}"})


@pytest.mark.parametrize("path", ["/inventory/%61pple", "/inventory/appl%65"])
def test_a_percent_encoded_sku_is_decoded_once(handler, path):
    assert ask(handler, path=path)[0] == 200
    assert ask(handler, path=path.replace("%", "%25"))[0] == 400


@pytest.mark.parametrize(
    "sku",
    ["", "a%20b", "a b", "a/b", "a%2Fb", "..", "%2e%2e", "-apple", "a" * 65, "%C3%A9", "%FF", "%00", "a%0A"],
)
def test_a_malformed_sku_is_a_bad_request(handler, sku):
    status, body = ask(handler, path=f"/inventory/{sku}")
    assert (status, set(body)) == (400, {"error"})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_another_method_is_refused_and_told_which_one_is_allowed(handler, method):
    response = handler(EVENT | {"httpMethod": method}, None)
    assert (response["statusCode"], response["statusDescription"]) == (405, "405 Method Not Allowed")
    assert response["headers"]["Allow"] == "GET"
    assert handler(multi_value(EVENT) | {"httpMethod": method}, None)["multiValueHeaders"]["Allow"] == ["GET"]


def test_a_body_in_base64_is_read_and_one_that_is_none_is_a_bad_request(handler):
    body = base64.b64encode(b"\x00\xff").decode()
    assert ask(handler, body=body, isBase64Encoded=True)[0] == 200
    assert ask(handler, body="not base64!", isBase64Encoded=True) == (
        400,
        {"error": "the body is not base64"},
    )


def test_a_body_that_is_absent_is_empty(handler):
    assert ask(handler, body=None)[0] == 200


@pytest.mark.parametrize("event", [{}, {"httpMethod": "GET"}, {"path": "/"}, {"httpMethod": None, "path": 1}])
def test_an_event_that_is_no_request_is_a_bad_request(handler, event):
    assert ask(handler, event) == (400, {"error": "the event has no httpMethod or no path"})


def test_each_function_has_the_same_file_for_the_load_balancers_shapes():
    assert (FOLDER / "alb.py").read_bytes() == (FOLDER.parent / "storefront" / "alb.py").read_bytes()
