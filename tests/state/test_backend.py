import pytest

from constructs_lib.bindings import TerraformStack
from constructs_lib.bindings import Testing as CdktfTesting
from constructs_lib.environment import State
from constructs_lib.state.backend import use_hcp, use_state
from constructs_lib.testing import Template

KEY = "arn:aws:kms:us-east-1:123456789012:key/0123-abc"


def backend(use, **settings):
    stack = TerraformStack(CdktfTesting.app(), "dev")
    use(stack, **settings)
    return Template.from_stack(stack).backend


def state(**settings):
    return backend(use_state, state=State(**settings), key="shop/dev", region="us-east-1")


def test_local_state_lies_beside_the_output_folder():
    assert state() == {"local": {"path": "../../../terraform.dev.tfstate"}}


def test_s3_state_is_encrypted_and_locked():
    assert state(backend="s3", bucket="acme-terraform-state") == {
        "s3": {
            "bucket": "acme-terraform-state",
            "key": "shop/dev.tfstate",
            "region": "us-east-1",
            "encrypt": True,
            "use_lockfile": True,
        }
    }


def test_the_bucket_may_lie_in_another_region_and_have_a_key():
    found = state(backend="s3", bucket="b" * 3, region="eu-west-1", kms_key_arn=KEY)["s3"]
    assert (found["region"], found["kms_key_id"]) == ("eu-west-1", KEY)


def test_s3_without_a_bucket_is_a_bug_of_the_caller():
    with pytest.raises(ValueError, match="without a bucket"):
        state(backend="s3")


def test_hcp_terraform_has_one_workspace():
    assert backend(use_hcp, organization="acme", workspace="shop-dev") == {
        "cloud": {"organization": "acme", "workspaces": {"name": "shop-dev"}}
    }


def test_or_those_with_tags_perhaps_on_a_host_of_ones_own():
    assert backend(use_hcp, organization="acme", tags=["shop", "dev"], hostname="tfe.example.org") == {
        "cloud": {
            "hostname": "tfe.example.org",
            "organization": "acme",
            "workspaces": {"tags": ["shop", "dev"]},
        }
    }


def test_the_workspace_is_the_environments_unless_it_or_tags_are_named():
    def workspaces(**settings):
        return state(backend="hcp", organization="acme", **settings)["cloud"]["workspaces"]

    assert workspaces() == {"name": "shop-dev"}
    assert workspaces(workspace="other") == {"name": "other"}
    assert workspaces(tags=["shop"]) == {"tags": ["shop"]}


@pytest.mark.parametrize("settings", [{}, {"workspace": "shop", "tags": ["dev"]}])
def test_neither_or_both_is_a_bug_of_the_caller(settings):
    with pytest.raises(ValueError, match="either a workspace or tags"):
        backend(use_hcp, organization="acme", **settings)
