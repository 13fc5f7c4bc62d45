import json

import pytest

from constructs_lib.handoff.bundle import build_bundle
from constructs_lib.terraform_json import read_document
from constructs_lib.views.written_stack import WrittenStack
from tests.support.handoffs import all_python


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = all_python(tmp_path_factory.mktemp("orders"), tags={"app": "orders"})
    return build_bundle(WrittenStack("orders", read_document(folder), folder=folder))


def test_it_says_that_nothing_is_promised_and_what_was_found(bundle):
    text = bundle["README.md"].decode()
    assert "no environment file says who shall reach whom" in text
    assert "types that are not modelled: aws_kinesis_stream" in text
    assert "| taker | keeper | 8080 | yes |" in text
    assert "| internet | taker | 80 | yes |" in text
    assert "| keeper | taker" not in text


def test_the_proof_has_its_answers_in_the_place_of_promises(bundle):
    found = json.loads(bundle["proof.json"])
    assert "promises" not in found
    [call] = [one for one in found["connections"] if (one["from"], one["to"]) == ("taker", "keeper")]
    assert (call["port"], call["reached"]) == ("8080", "yes")
    assert [one["name"] for one in found["internet"]] == ["public", "taker"]


def test_it_says_what_the_policies_leave_out_and_leave_open(bundle):
    text = bundle["README.md"].decode()
    assert "Not in there, since this version knows no actions of them: `aws_kinesis_stream`." in text
    assert "has the tags `app` = `orders`" in text
    assert "`arn:aws:s3:::orders-*`" in text


def test_functions_that_load_balancers_invoke_are_tried_by_their_alias(bundle):
    text = bundle["README.md"].decode()
    assert text.count("aws lambda invoke --function-name shop-dev-taker:live") == 1


def test_tags_that_tell_it_from_others_are_no_input(bundle):
    variables = json.loads(bundle["terraform/variables.tf.json"])["variable"]
    assert variables["tags"]["default"] == {}
    main = json.loads(bundle["terraform/main.tf.json"])
    assert main["provider"]["aws"][0]["default_tags"] == [
        {"tags": '${merge(var.tags, { "app" = "orders" })}'}
    ]
