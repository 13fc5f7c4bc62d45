import pytest

from constructs_lib import load_environment
from constructs_lib.bindings import Testing as CdktfTesting
from constructs_lib.errors import ConfigError
from constructs_lib.state.bootstrap import BootstrapStack, state_bucket_of
from constructs_lib.testing import Template
from tests.support.projects import SHOP, project

S3 = '[state]\nbackend = "s3"\nbucket = "acme-terraform-state"\n'


def environment(folder, state=S3, top=""):
    made = project(folder)
    return load_environment(made.write(f"{top}{SHOP}\n{state}"), project_root=made.root)


def template(folder, **more):
    stack = BootstrapStack(CdktfTesting.app(), "dev-bootstrap", environment=environment(folder, **more))
    return Template.from_stack(stack)


def test_the_stack_makes_the_bucket_that_the_environment_names(tmp_path):
    found = template(tmp_path)
    assert found.one("aws_s3_bucket")["bucket"] == "acme-terraform-state"
    assert {address.rpartition(".")[2] for address in found.addresses} == {"state"}


def test_its_own_state_is_a_file_of_its_own(tmp_path):
    path = "../../../terraform.dev-bootstrap.tfstate"
    assert template(tmp_path).backend == {"local": {"path": path}}


def test_the_bucket_lies_in_the_region_of_the_state_or_else_of_the_environment(tmp_path):
    def region(found):
        return found.to_dict()["provider"]["aws"][0]["region"]

    assert region(template(tmp_path)) == "eu-west-1"
    assert region(template(tmp_path, state=f'{S3}region = "us-east-1"')) == "us-east-1"


def test_the_provider_is_that_of_the_environment(tmp_path):
    role = "arn:aws:iam::123456789012:role/deploy"
    top = f'account_id = "123456789012"\nassume_role_arn = "{role}"\n'
    found = template(tmp_path, top=top, state=f'{S3}[tags]\nowner = "platform"').to_dict()
    (provider,) = found["provider"]["aws"]
    assert provider["allowed_account_ids"] == ["123456789012"]
    assert provider["assume_role"] == [{"role_arn": role}]
    tags = {"owner": "platform", "Project": "shop", "ManagedBy": "terraform"}
    assert provider["default_tags"] == [{"tags": tags}]
    assert found["terraform"]["required_version"] == ">= 1.11"


def test_the_key_of_the_state_encrypts_the_bucket(tmp_path):
    key = "arn:aws:kms:eu-west-1:123456789012:key/0123-abc"
    found = template(tmp_path, state=f'{S3}kms_key_arn = "{key}"')
    rule = found.one("aws_s3_bucket_server_side_encryption_configuration")["rule"]
    assert rule[0]["apply_server_side_encryption_by_default"]["kms_master_key_id"] == key


def test_an_environment_with_local_state_has_no_bucket_to_make(tmp_path):
    with pytest.raises(ConfigError) as raised:
        state_bucket_of(environment(tmp_path, state=""))
    (problem,) = raised.value.problems
    assert (problem.field, problem.value) == ("state.backend", "local")
