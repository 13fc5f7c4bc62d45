import pytest

from constructs_lib.bindings import json_text
from constructs_lib.handoff.hcl.json_texts import read_json_text


def test_json_as_the_generator_writes_it_is_read_with_its_references():
    arn = "${aws_sqs_queue.orders.arn}"
    written = json_text(
        {"Version": "2012-10-17", "Statement": [{"Resource": [f"{arn}:*", arn], "N": [1, None]}]}
    )
    assert read_json_text(written) == {
        "Version": "2012-10-17",
        "Statement": [{"Resource": [f"{arn}:*", arn], "N": [1, None]}],
    }


def test_people_read_a_policy_in_the_order_of_its_documentation():
    written = json_text(
        {"Statement": [{"Action": "*", "Zzz": 1, "Effect": "Allow", "Sid": "All"}], "Version": "1"}
    )
    found = read_json_text(written)
    assert [*found] == ["Version", "Statement"]
    assert [*found["Statement"][0]] == ["Sid", "Effect", "Action", "Zzz"]


def test_escaped_templates_in_it_stay_escaped():
    assert read_json_text('{"a":"$${aws:username}"}') == {"a": "$${aws:username}"}


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        '{"a": 1}',  # spaces
        '{"b":1,"a":2}',  # not sorted
        '{"a":1.0}',
        '{"a":1,"a":1}',
        '{"a":"<"}',  # jsonencode writes \\u003c
        '{"a":"\\u00e9"}',
        '{"a":"\\b"}',
        '{"a":${var.count}}',
        '{"a":"${var.count}"}',  # a number would lose its quotes
        '{"a":"${aws_lb.public.subnets}"}',
        "{",
    ],
)
def test_what_jsonencode_would_write_otherwise_stays_a_text(text):
    assert read_json_text(text) is None
