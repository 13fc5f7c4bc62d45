"""Runtimes: what is on the machine runs, what is not is said; requirements, /tmp, node."""

import sys
from dataclasses import replace

import pytest

from constructs_lib.local.runtime import interpreters, own_tmp
from constructs_lib.local.runtime.requirements import RequirementsError, installed
from constructs_lib.testing.chain import LocalChain
from tests.support.architecture import resource
from tests.support.local.projects import ECHO, stack_with

NODE = """
exports.handler = async (event, context) => {
  if (event.path === "/raise") throw new TypeError("not so");
  console.log("node says", event.path);
  const left = context.getRemainingTimeInMillis();
  return {statusCode: 200, body: JSON.stringify({path: event.path, left})};
};
"""
TMP = """
import os, tempfile

def handler(event, context):
    with open("/tmp/mark", "a") as file:
        file.write("x")
    return {"statusCode": 200, "body": str(os.path.getsize("/tmp/mark"))}
"""


def test_a_node_function_runs_and_its_errors_are_502(tmp_path):
    def node(document):
        body = resource(document, "aws_lambda_function.storefront")
        body.update({"runtime": "nodejs24.x", "handler": "index.handler"})

    stack = stack_with(tmp_path, {"storefront": NODE, "inventory": ECHO}, change=node, file="index.js")
    with LocalChain(stack) as chain:
        answer = chain.get("storefront", "/x")
        assert (answer.status, answer.json()["path"]) == (200, "/x")
        assert chain.get("storefront", "/raise").status == 502
        assert "node says /x" in chain.logs
        assert any("TypeError: not so" in line for line in chain.logs)


def test_a_runtime_that_this_machine_has_not_is_a_502_that_says_so(tmp_path):
    stack = stack_with(tmp_path, {"storefront": ECHO, "inventory": ECHO}, runtime="java21")
    with LocalChain(stack) as chain:
        assert chain.get("storefront").status == 502
        assert "java21" in [e for e in chain.events if e["event"] == "answer"][-1]["why"]


@pytest.mark.skipif(not own_tmp.possible(), reason="this system gives processes no /tmp of their own")
def test_every_process_has_a_tmp_of_its_own(tmp_path):
    with LocalChain(stack_with(tmp_path, {"storefront": TMP, "inventory": ECHO})) as chain:
        assert chain.get("storefront").text == "1"
    with LocalChain(stack_with(tmp_path, {"storefront": TMP, "inventory": ECHO})) as chain:
        assert chain.get("storefront").text == "1"


def test_the_small_loop_answers_as_awslambdaric_does(tmp_path, monkeypatch):
    """Where awslambdaric is not made for, such as macOS: handler, context, errors, wrong handlers."""
    (tmp_path / "packages").mkdir()
    plain = replace(interpreters.interpreter_of("python3.11"), native=False)
    monkeypatch.setattr(
        "constructs_lib.local.runtime.host.packages_folder", lambda: str(tmp_path / "packages")
    )
    monkeypatch.setattr("constructs_lib.local.runtime.host.interpreter_of", lambda _: plain)
    code = "def handler(event, context):\n    return {'statusCode': 200, 'body': event['path']}"
    failing = "def handler(event, context):\n    raise ValueError('no')"
    with LocalChain(stack_with(tmp_path, {"storefront": code, "inventory": failing})) as chain:
        assert chain.get("storefront", "/x").text == "/x"
        assert chain.request("inventory", source="storefront").status == 502
        assert any("ValueError: no" in line for line in chain.logs)


def test_another_interpreter_than_this_one_knows_how_much_time_is_left(tmp_path, monkeypatch):
    plain = replace(interpreters.interpreter_of("python3.11"), native=False)
    monkeypatch.setattr("constructs_lib.local.runtime.host.interpreter_of", lambda _: plain)
    code = """def handler(event, context):
    return {"statusCode": 200, "body": str(0 < context.get_remaining_time_in_millis() <= 3000)}"""
    with LocalChain(stack_with(tmp_path, {"storefront": code, "inventory": ECHO})) as chain:
        assert chain.get("storefront").text == "True"


def test_an_interpreter_of_another_version_is_named(monkeypatch):
    monkeypatch.setattr(interpreters.shutil, "which", lambda _: None)
    found = interpreters._python("3.9")
    assert found.version == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert "python3.9 is not on PATH" in found.said


def test_requirements_that_are_none_for_this_machine_are_said(tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").write_text("nothing-like-this==1.0 --hash=sha256:" + "0" * 64)
    found = interpreters.interpreter_of("python3.11")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(RequirementsError, match="not for Python"):
        installed(tmp_path, found, tmp_path / "cache")


def test_without_requirements_nothing_is_installed(tmp_path):
    assert installed(tmp_path, interpreters.interpreter_of("python3.11"), tmp_path / "cache") is None
    assert not (tmp_path / "cache").exists()
