"""The state bucket by the real engine: one apply makes it, the next changes nothing, none destroys it."""

from __future__ import annotations

import pytest

from constructs_lib import load_environment
from constructs_lib.cli.bootstrap import synthesize
from constructs_lib.testing.terraform import TerraformError
from tests.support.projects import SHOP, project

STATE = '\n[state]\nbackend = "s3"\nbucket = "acme-terraform-state"\n'


@pytest.fixture
def stack(tmp_path):
    made = project(tmp_path / "shop")
    environment = load_environment(made.write(SHOP + STATE), project_root=made.root)
    synthesize(environment, "dev-bootstrap", output=tmp_path / "out")
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
