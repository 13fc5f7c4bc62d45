"""The state bucket by the real engine: one apply makes it, the next changes nothing, none destroys it."""

from __future__ import annotations

import json

import pytest

from constructs_lib import load_environment
from constructs_lib.cli.support.bootstrap import synthesize_bootstrap
from constructs_lib.handoff.state_bucket import state_files
from constructs_lib.terraform_json import read_document
from constructs_lib.testing.terraform import TerraformError
from tests.support.projects import SHOP, project

STATE = '\n[state]\nbackend = "s3"\nbucket = "acme-terraform-state"\n'


@pytest.fixture
def environment(tmp_path):
    made = project(tmp_path / "shop")
    return load_environment(made.write(SHOP + STATE), project_root=made.root)


@pytest.fixture
def stack(tmp_path, environment):
    synthesize_bootstrap(environment, "dev-bootstrap", output=tmp_path / "out")
    return tmp_path / "out" / "stacks" / "dev-bootstrap"


def test_a_second_apply_changes_nothing(terraform, stack):
    session = terraform(stack)
    session.validate()
    session.apply()
    assert len(session.addresses()) == 7
    assert session.outputs() == {"bucket": "acme-terraform-state"}
    assert session.plan().is_empty


def test_a_destroy_is_refused(terraform, stack):
    session = terraform(stack)
    session.apply()
    with pytest.raises(TerraformError, match="prevent_destroy"):
        session.destroy()


def test_a_bundle_brings_it_in_both_syntaxes_to_go_on_with(terraform, stack, environment, tmp_path):
    document = read_document(stack / "cdk.tf.json")
    session = terraform(stack)
    session.apply()
    for hcl in (False, True):
        files = state_files(environment, document, hcl=hcl)
        for name, text in files.items():
            file = tmp_path / f"bundle-{hcl}" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        session.update(file.parent)
        assert session.plan().is_empty
        assert session.run("fmt", "-check", "-diff").output == ""
    actions = {
        action for one in json.loads(files["state/policy.json"])["Statement"] for action in one["Action"]
    }
    assert {"s3:CreateBucket", "s3:PutBucketVersioning", "sts:GetCallerIdentity"} <= actions
    assert [action for action in actions if "Delete" in action] == []
