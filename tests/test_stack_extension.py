"""``environments/dev.py`` beside ``dev.toml``: every command and every test sees what it adds."""

from __future__ import annotations

import json

import pytest

from constructs_lib import EnvironmentStack, load_environment
from constructs_lib.bindings import Testing as CdktfTesting
from constructs_lib.testing import Template
from tests.support.command_line import command, contents
from tests.support.projects import SHOP, project

QUEUE = """
from constructs_lib.bindings import aws

def extend(stack):
    aws.SqsQueue(stack, "orders", name="orders")
"""
OPEN = """
from constructs_lib import AddressRange, allow

def extend(stack):
    allow(AddressRange("everybody", "0.0.0.0/0"), stack.load_balancers["internal"], 8080)
"""


@pytest.fixture
def shop(tmp_path):
    made = project(tmp_path)
    made.write(SHOP)
    return made


def extended(shop, text):
    (shop.root / "environments" / "dev.py").write_text(text)
    return shop


def test_synth_writes_what_it_adds(shop):
    made = command(extended(shop, QUEUE), "synth")
    assert (made.returncode, made.stderr) == (0, "")
    document = json.loads((shop.root / "cdktf.out/stacks/dev/cdk.tf.json").read_text())
    assert document["resource"]["aws_sqs_queue"]["orders"]["name"] == "orders"


def test_a_users_own_test_sees_it(shop):
    file = extended(shop, QUEUE).root / "environments" / "dev.toml"
    environment = load_environment(file, project_root=shop.root)
    stack = EnvironmentStack(CdktfTesting.app(), "dev", environment=environment, project_root=shop.root)
    Template.from_stack(stack).one("aws_sqs_queue", name="orders")


def test_check_reads_it_and_says_that_only_synth_runs_it(shop):
    said = command(extended(shop, "def extend(stack): raise ValueError"), "check")
    assert said.stdout == "dev: in order; what environments/dev.py adds, only synth sees\n"
    wrong = command(extended(shop, "def extend(stack:"), "check")
    assert wrong.returncode == 2
    assert "environments/dev.py: 'dev.py': is no Python in line 1" in wrong.stderr


def test_what_it_raises_is_wrong_input_and_nothing_is_written(shop):
    before = contents(extended(shop, "def extend(stack):\n    stack.nothing()\n").root)
    made = command(shop, "synth")
    assert made.returncode == 2
    assert "environments/dev.py:2: \"AttributeError: 'EnvironmentStack' object has no" in made.stderr
    assert contents(shop.root) == before


@pytest.mark.parametrize("arguments", [("synth",), ("handoff", "environments/dev.toml", "--output", "out")])
def test_a_promise_that_it_breaks_is_the_users(shop, arguments):
    made = command(extended(shop, OPEN), *arguments)
    assert made.returncode == 2
    assert "environments/dev.py adds resources: one of them breaks it" in made.stderr
    assert "aws_security_group.internal opens nothing that is not declared" in made.stderr
