from __future__ import annotations

import pytest

from constructs_lib.testing.assertions.serialized import MISSING, parsed_json


def encoded(argument: str) -> str:
    return "${jsonencode(" + argument + ")}"


def test_json_text_is_its_value():
    assert parsed_json('{"a": [1, null, "${aws_lb.a.arn}"]}') == {"a": [1, None, "${aws_lb.a.arn}"]}


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ('{"a" = 1, b = -1.5, c: true, "d e" = null}', {"a": 1, "b": -1.5, "c": True, "d e": None}),
        ("{}", {}),
        ("[]", []),
        ('[[], {"a" = ["b"]},]', [[], {"a": ["b"]}]),
        ('"q\\"uo\\nte \\u00e9 $${x}"', 'q"uo\nte é $${x}'),
        ('["x-${aws_lb.a["arn"]}:*"]', ["x-${aws_lb.a.arn}:*"]),
        ('[aws_lb.a["arn"], join(",", ["a", var.b])]', ["${aws_lb.a.arn}", '${join(",",["a",var.b])}']),
        ("local.policy", "${local.policy}"),
    ],
)
def test_a_literal_inside_jsonencode_is_its_value(argument, value):
    assert parsed_json(encoded(argument)) == value


@pytest.mark.parametrize(
    "text",
    [
        "x",
        7,
        None,
        "${aws_lb.a.arn}",
        "${jsonencode(",
        "${jsonencode(a}",
        '${jsonencode("a}',
        "xxjsonencode({})}",
        encoded("[{} {}]"),
        encoded("{}") + "x",
        encoded(""),
        encoded("[,]"),
        encoded('["a"'),
        encoded("[1][0]"),
        encoded("{a}"),
        encoded("{1 = 2}"),
        encoded("{} == 1 ? 2 : 3"),
        encoded("a == 1 ? 2 : 3"),
        encoded("[for x in y : x]"),
        encoded("{for k, v in y : k => v}"),
        encoded("{a = 1\nb = 2}"),
    ],
)
def test_what_only_terraform_can_compute_is_missing(text):
    assert parsed_json(text) is MISSING
