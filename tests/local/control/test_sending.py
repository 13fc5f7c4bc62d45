"""Events that are handed to a function of a stack that runs, and what became of them."""

import json

import pytest
from typer.testing import CliRunner

from constructs_lib.cli import app
from constructs_lib.local.control.places import socket_path
from constructs_lib.local.control.server import Control
from constructs_lib.testing.chain import LocalChain
from tests.support.architecture import add, ref
from tests.support.local.projects import stack_with

WORKER = """
def handler(event, context):
    failed = [one["messageId"] for one in event["Records"] if one["body"] == "bad"]
    if "all" in failed:
        raise ValueError("no such thing")
    return {"batchItemFailures": [{"itemIdentifier": name.removeprefix("un")} for name in failed]}
"""


def batch(**bodies):
    return {"Records": [{"messageId": name, "body": body} for name, body in bodies.items()]}


def triggered(document):
    queue = add(document, "aws_sqs_queue.orders", name="orders")
    add(
        document,
        "aws_lambda_event_source_mapping.inventory_trigger_orders",
        event_source_arn=ref(queue, "arn"),
        function_name=ref("aws_lambda_alias.inventory", "arn"),
        function_response_types=["ReportBatchItemFailures"],
    )


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sending")
    with LocalChain(stack_with(folder, {"inventory": WORKER}, change=triggered)) as made:
        yield made


def test_a_batch_is_answered_and_only_the_messages_return_that_the_answer_names(chain):
    assert chain.send("inventory", batch(a="good")).answer == {"batchItemFailures": []}
    assert chain.send("inventory", batch(a="good", b="bad")).returned == ("b",)
    assert chain.send("inventory", batch(a="good", unb="bad")).returned == ("a", "unb")


def test_a_failure_and_a_function_that_is_not_there_are_said(chain):
    assert chain.send("inventory", batch(all="bad")).failure == "error: ValueError: no such thing"
    with pytest.raises(LookupError, match='did you mean "inventory"'):
        chain.send("inventry", {})


def test_the_command_prints_the_answer_and_ends_with_1_where_messages_return(chain, tmp_path):
    variables = {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    def said(function, event):
        file = tmp_path / "event.json"
        file.write_text(event if isinstance(event, str) else json.dumps(event))
        command = ["send", function, str(file)]
        return CliRunner().invoke(app, command, obj=tmp_path, env=variables, catch_exceptions=False)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", variables["XDG_CACHE_HOME"])
        assert "nothing of this project runs" in said("inventory", {}).stderr
        control = Control(chain.running, socket_path(tmp_path, "dev"))
    chain.do(control.start())
    found = said("inventory", batch(a="good"))
    assert (found.exit_code, json.loads(found.stdout)) == (0, {"batchItemFailures": []})
    found = said("inventory", batch(a="good", b="bad"))
    assert (found.exit_code, found.stderr) == (1, "1 of 2 messages return to the queue: b\n")
    assert said("inventory", batch(all="bad")).exit_code == 1
    assert "no trigger hands storefront" in said("storefront", {}).stderr
    for function, event, words in (("inventory", "{", "is not JSON"), ("nobody", {}, "there are: ")):
        found = said(function, event)
        assert (found.exit_code, words in found.stderr) == (2, True), found.stderr
    chain.do(control.stop())
