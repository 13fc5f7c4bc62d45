import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from constructs_lib.cli import app, will_synthesize

ROOT = Path(__file__).resolve().parents[2]
NEED_NODE = [
    "",
    "synth",
    "synth environments/dev.toml --output /tmp/x",
    "handoff environments/dev.toml --output /tmp/x",
    "bootstrap environments/dev.toml",
    "explain environments/dev.toml --format json",
    "diagram environments/dev.toml",
    "prove environments/dev.toml",
]
NEED_NONE = [
    "--help",
    "synth --help",
    "check environments/dev.toml",
    "lint cdktf.out/stacks/dev",
    "explain cdktf.out/stacks/dev/cdk.tf.json",
    "diagram cdktf.out/stacks/dev",
    "prove environments/dev.toml --terraform cdktf.out/stacks/dev",
    "cidr 10.0.0.0/16",
]


def test_node_starts_ahead_of_exactly_the_commands_that_synthesize():
    assert [line for line in NEED_NODE + NEED_NONE if will_synthesize(line.split())] == NEED_NODE


def test_no_command_imports_what_another_needs():
    code = "import sys, constructs_lib.cli.commands; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"rich.console", "pydantic", "jsii", "botocore", "detect_secrets", "packaging.requirements"}
    assert heavy.isdisjoint(loaded.stdout.split())


def test_check_reads_an_environment_without_what_only_output_needs():
    code = """
import sys
from constructs_lib.cli import main
from pathlib import Path
sys.argv = ["main.py", "check", "environments/dev.toml"]
try:
    main(project_root=Path.cwd())
except SystemExit as end:
    assert not end.code
print(*sys.modules)
"""
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {
        "rich.console",
        "jsii",
        "botocore",
        "detect_secrets",
        "packaging.requirements",
        "constructs_lib.proof",
    }
    assert heavy.isdisjoint(loaded.stdout.split())


def test_deploying_is_said_to_be_terraforms(tmp_path):
    for word, verb in (("deploy", "apply"), ("destroy", "destroy")):
        result = CliRunner().invoke(app, [word, "dev"], obj=tmp_path)
        assert result.exit_code == 2
        assert f"`make {word} ENV=<name>`" in result.stderr
        assert f"-chdir=cdktf.out/stacks/<name> {verb}`" in result.stderr
