import importlib
import os
import subprocess
import sys
from pathlib import Path

import jsii
import pytest

from constructs_lib.bindings import TerraformOutput, TerraformStack, aws, node_program, transport
from constructs_lib.bindings import Testing as CdktfTesting
from constructs_lib.bindings.flavour import flavour

ROOT = Path(__file__).resolve().parents[2]


core = importlib.import_module(flavour().name)
Aspects, IAspect, Token = core.Aspects, core.IAspect, core.Token


@pytest.fixture
def stack():
    return TerraformStack(CdktfTesting.app(), "stack")


@jsii.implements(IAspect)
class Renaming:
    def __init__(self, failure=None):
        self.failure = failure

    def visit(self, node):
        if self.failure:
            raise ValueError(self.failure)
        if isinstance(node, aws.S3Bucket):
            node.bucket = "renamed"


def test_node_calls_back_into_python(stack):
    aws.S3Bucket(stack, "bucket", bucket="first")
    Aspects.of(stack).add(Renaming())
    assert '"bucket": "renamed"' in CdktfTesting.synth(stack)


def test_an_error_of_pythons_comes_back_through_node(stack):
    Aspects.of(stack).add(Renaming("no such name"))
    with pytest.raises(RuntimeError, match="no such name"):
        CdktfTesting.synth(stack)


def test_an_error_of_nodes_names_what_is_wrong(stack):
    TerraformOutput(stack, "twice", value="a")
    with pytest.raises(RuntimeError, match="already a Construct with name 'twice'"):
        TerraformOutput(stack, "twice", value="a")


def test_values_of_every_kind_go_to_node_and_come_back():
    value = {"text": "é", "list": [1, 2.5, None, True], "table": {"deep": {"deeper": "x"}}}
    assert Token.as_any(value) is not None
    assert Token.is_unresolved(value) is False
    assert Token.as_string("plain") == "plain"
    assert Token.as_list(["a", "b"]) == ["a", "b"]


def test_another_jsii_is_left_to_itself(monkeypatch):
    monkeypatch.setattr(jsii._kernel.types, "NewRequest", type("NewRequest", (), {}), raising=False)
    with pytest.raises(node_program.NotAsExpectedError, match="other requests: NewRequest"):
        transport.use(None)


class Silent:
    def hello(self):
        return b""


def test_a_node_that_does_not_answer_is_left_alone():
    with pytest.raises(node_program.NotAsExpectedError, match="answers with None instead of jsii 1"):
        transport.use(Silent())


def test_a_node_that_cannot_be_started_directly_is_started_as_jsii_does(tmp_path):
    program = tmp_path / "node"
    real = node_program.choose()
    refuses = 'case "$*" in *--preserve-symlinks-main*) exit 9;; esac'
    program.write_text(f'#!/bin/sh\n{refuses}\nexec {real} "$@"\n')
    program.chmod(0o755)
    result = subprocess.run(
        [sys.executable, "-c", "from constructs_lib.bindings import aws; aws.Vpc"],
        cwd=ROOT,
        env={**os.environ, "JSII_NODE": str(program)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "instead of jsii 1.142.0: starting node as jsii does" in result.stderr
