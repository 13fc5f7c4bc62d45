"""What AWS says of Application Load Balancers, sentence by sentence, as far as those here do it."""

from __future__ import annotations

from dataclasses import dataclass

_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application"
_LAMBDA = f"{_GUIDE}/lambda-functions.html"
_CONDITIONS = f"{_GUIDE}/rule-condition-types.html"
_ERRORS = f"{_GUIDE}/load-balancer-troubleshooting.html"
_ACTIONS = f"{_GUIDE}/rule-action-types.html"
_RULES = f"{_GUIDE}/listener-rules.html"
_ATTRIBUTES = f"{_GUIDE}/edit-load-balancer-attributes.html"


@dataclass(frozen=True, slots=True)
class Fact:
    """AWS's sentence, and the page that says it."""

    sentence: str
    page: str


FACTS = {
    "priority": Fact(
        "Rules are evaluated in priority order, from the lowest value to the highest value.", _RULES
    ),
    "default rule": Fact("The default rule is evaluated last.", _RULES),
    "path": Fact(
        "A path pattern is case-sensitive, can be up to 128 characters in length; * matches 0 or more "
        "characters, ? matches exactly 1 character.",
        _CONDITIONS,
    ),
    "path alone": Fact(
        "The path pattern is applied only to the path of the URL, not to its query parameters.", _CONDITIONS
    ),
    "host": Fact("A hostname is case-insensitive.", _CONDITIONS),
    "header": Fact("The header name and the match evaluation are case-insensitive.", _CONDITIONS),
    "method": Fact(
        "The match evaluation is case-sensitive. Wildcard characters are not supported.", _CONDITIONS
    ),
    "query": Fact(
        "Route requests based on key/value pairs or values in the query string. The match evaluation is "
        "case-insensitive.",
        _CONDITIONS,
    ),
    "source address": Fact(
        "This condition is not satisfied by the addresses in the X-Forwarded-For header.", _CONDITIONS
    ),
    "fixed response": Fact(
        "You can use fixed-response actions to drop client requests and return a custom HTTP response.",
        _ACTIONS,
    ),
    "redirect": Fact(
        "You can reuse URI components using the following reserved keywords: #{protocol}, #{host}, #{port}, "
        "#{path}, #{query}.",
        _ACTIONS,
    ),
    "added headers": Fact(
        "The load balancer adds the following headers to every request: X-Amzn-Trace-Id, X-Forwarded-For, "
        "X-Forwarded-Port, and X-Forwarded-Proto.",
        _LAMBDA,
    ),
    "content encoding": Fact(
        "If the content-encoding header is present, the load balancer Base64 encodes the body and sets "
        "isBase64Encoded to true.",
        _LAMBDA,
    ),
    "content type": Fact(
        "For the following types, the load balancer sends the body as is and sets isBase64Encoded to false: "
        "text/*, application/json, application/javascript, and application/xml. Otherwise, the load balancer "
        "Base64 encodes the body.",
        _LAMBDA,
    ),
    "last value": Fact(
        "If you do not enable multi-value header syntax and a header or query parameter has multiple "
        "values, the load balancer uses the last value that it receives.",
        _LAMBDA,
    ),
    "several values": Fact(
        "After you enable multi-value headers, the headers and query parameters exchanged between the load "
        "balancer and the Lambda function use arrays instead of strings.",
        _LAMBDA,
    ),
    "undecoded": Fact(
        "If the query parameters are URL-encoded, the load balancer does not decode them.", _LAMBDA
    ),
    "binary answer": Fact(
        "The load balancer decodes the content to retrieve the binary content and sends it to the client.",
        _LAMBDA,
    ),
    "hop by hop": Fact(
        "The load balancer does not honor hop-by-hop headers, such as Connection or Transfer-Encoding. You "
        "can omit the Content-Length header because the load balancer computes it.",
        _LAMBDA,
    ),
    "no body": Fact("You can omit the body.", _LAMBDA),
    "upgrade": Fact(
        "WebSockets are not supported. Upgrade requests are rejected with an HTTP 400 code.", _LAMBDA
    ),
    "413": Fact("The target is a Lambda function and the request body exceeds 1 MB.", _ERRORS),
    "414": Fact("The request URL or query string parameters are too large.", _ERRORS),
    "405": Fact(
        "The client used the TRACE method, which is not supported by Application Load Balancers.", _ERRORS
    ),
    "463": Fact(
        "The load balancer received an X-Forwarded-For request header with too many IP addresses. The upper "
        "limit for IP addresses is 30.",
        _ERRORS,
    ),
    "502 malformed": Fact(
        "The target response is malformed or contains HTTP headers that are not valid.", _ERRORS
    ),
    "502 large": Fact("The target is a Lambda function and the response body exceeds 1 MB.", _ERRORS),
    "502 headers": Fact("The target response header exceeded 32 K for the entire response header.", _ERRORS),
    "502 error": Fact(
        "The target is a Lambda function that returned an error or the function was throttled by the Lambda "
        "service.",
        _ERRORS,
    ),
    "502 timeout": Fact(
        "The target is a Lambda function that did not respond before its configured timeout was reached.",
        _ERRORS,
    ),
    "502 permission": Fact(
        "You must use the add-permission command to grant Elastic Load Balancing permission to invoke your "
        "Lambda function.",
        _LAMBDA,
    ),
    "503": Fact("The target groups for the load balancer have no registered targets.", _ERRORS),
    "504": Fact(
        "The load balancer established a connection to the target but the target did not respond before the "
        "idle timeout period elapsed.",
        _ERRORS,
    ),
    "drop invalid headers": Fact(
        "Indicates whether HTTP headers with header fields that are not valid are removed by the load "
        "balancer: names conform to the regular expression [-A-Za-z0-9]+.",
        _ATTRIBUTES,
    ),
    "health check": Fact(
        "By default, health checks are disabled for target groups of type lambda. The user agent for health "
        "checks is ELB-HealthChecker/2.0.",
        _LAMBDA,
    ),
}
"""The facts by name. A test has a probe for each of them."""
