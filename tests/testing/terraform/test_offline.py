"""Sessions of offline Terraform: what they leave alone, how they fail, the order of an apply."""

from __future__ import annotations

import pytest

from constructs_lib.testing.terraform import TerraformError
from tests.support.terraform.hand_written import VPC, function, security_group, write_stack

GROUP = "aws_security_group.web"
NETWORK = "aws_vpc.network"


def test_the_folder_of_the_user_stays_as_it_is(offline_terraform, tmp_path):
    stack = write_stack(tmp_path, VPC)
    offline_terraform(stack).apply()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["cdk.tf.json"]


def test_a_local_state_that_lies_beside_the_stack_is_not_taken_along(offline_terraform, tmp_path):
    stack = write_stack(tmp_path, VPC)
    (stack / "terraform.tfstate").write_text("not a state")
    assert offline_terraform(stack).plan().created == [NETWORK]


def test_files_beside_the_configuration_are_there(offline_terraform, tmp_path):
    stack = write_stack(tmp_path, VPC, output={"hash": {"value": '${filesha1("assets/code.txt")}'}})
    (stack / "assets").mkdir()
    (stack / "assets" / "code.txt").write_text("code")
    session = offline_terraform(stack)
    session.apply()
    assert session.outputs() == {"hash": "e6fb06210fafc02fd7479ddbed2d042cc3a5155e"}


def test_a_remote_backend_is_not_touched(terraform, tmp_path):
    stack = write_stack(
        tmp_path,
        VPC,
        terraform={
            "required_providers": {"aws": {"source": "aws", "version": "6.25.0"}},
            "backend": {"s3": {"bucket": "nobody-has-this", "key": "k", "region": "eu-west-1"}},
        },
    )
    session = terraform(stack)
    session.apply()
    assert session.addresses() == [NETWORK]


def test_hcp_terraform_is_not_touched(terraform, tmp_path):
    cloud = {"organization": "acme", "workspaces": {"name": "shop"}}
    required = {"aws": {"source": "aws", "version": "6.25.0"}}
    stack = write_stack(tmp_path, VPC, terraform={"required_providers": required, "cloud": cloud})
    assert terraform(stack).plan().created == [NETWORK]


def test_the_configured_backend_is_used_on_request(offline_terraform, tmp_path):
    stack = write_stack(tmp_path / "in", VPC)
    session = offline_terraform(stack, backend="configured", workspace=tmp_path / "out")
    session.apply()
    assert (tmp_path / "out" / "terraform.dev.tfstate").is_file()


def test_terraform_variables_of_the_user_do_not_leak_in(offline_terraform, tmp_path, monkeypatch):
    monkeypatch.setenv("TF_CLI_ARGS_plan", "-nonsense")
    monkeypatch.setenv("AWS_PROFILE", "production")
    session = offline_terraform(
        write_stack(tmp_path, VPC), environment={"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"}
    )
    assert session.plan().created == [NETWORK]
    assert {key: value for key, value in session.environment.items() if key.startswith("AWS_")} == {
        "AWS_ACCESS_KEY_ID": "offline",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1",
        "AWS_REGION": "us-east-1",
        "AWS_SECRET_ACCESS_KEY": "offline",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }


def test_without_the_stand_in_credentials_stay_the_users(offline_terraform, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("TF_LOG", "trace")
    monkeypatch.setenv("TF_PLUGIN_CACHE_DIR", "/var/cache/plugins")
    environment = offline_terraform(write_stack(tmp_path, VPC), stand_in=False).environment
    assert (environment["AWS_PROFILE"], environment["TF_PLUGIN_CACHE_DIR"]) == (
        "production",
        "/var/cache/plugins",
    )
    assert {"TF_LOG", "TF_REATTACH_PROVIDERS"} & set(environment) == set()


def test_an_update_keeps_the_state_and_removes_what_is_gone(offline_terraform, tmp_path):
    first = write_stack(tmp_path / "first", VPC)
    (first / "more.tf.json").write_text('{"resource": {"aws_ecs_cluster": {"web": {"name": "web"}}}}')
    session = offline_terraform(first)
    session.apply()
    session.update(write_stack(tmp_path / "second", security_group()))
    assert session.plan().changes == {"aws_ecs_cluster.web": ("delete",), GROUP: ("create",)}


@pytest.mark.parametrize("backend", ["isolated", "configured"])
def test_a_later_session_knows_the_types_that_only_the_state_holds(offline_terraform, tmp_path, backend):
    options = {"workspace": tmp_path / "kept", "backend": backend}
    with offline_terraform(write_stack(tmp_path / "one", security_group()), **options) as first:
        first.apply()
    later = offline_terraform(write_stack(tmp_path / "two", VPC), **options)
    assert later.plan().changes == {GROUP: ("delete",)}


def test_hcl_is_understood_too(terraform, tmp_path):
    (tmp_path / "main.tf").write_text(
        'terraform {\n  required_providers {\n    aws = {\n      source = "aws"\n    }\n  }\n}\n'
        'provider "aws" {\n  region = "eu-west-1"\n}\n'
        'data "aws_partition" "current" {}\n'
        'resource "aws_vpc" "network" {\n  cidr_block = "10.0.0.0/16"\n}\n'
    )
    assert terraform(tmp_path).plan().created == [NETWORK]


def test_calls_are_in_the_order_of_the_dependencies_and_reversed_on_destroy(terraform, tmp_path):
    session = terraform(write_stack(tmp_path, security_group()))
    applied, destroyed = session.apply(), session.destroy()
    assert [(call.address, call.action) for call in applied.calls] == [(NETWORK, "create"), (GROUP, "create")]
    assert applied.is_before(NETWORK, GROUP)
    assert [(call.address, call.action) for call in destroyed.calls] == [
        (GROUP, "delete"),
        (NETWORK, "delete"),
    ]
    assert destroyed.is_before(GROUP, NETWORK)
    assert not destroyed.is_before(NETWORK, GROUP)


def test_the_stand_in_records_the_same_calls_with_their_values(terraform, tmp_path):
    session = terraform(write_stack(tmp_path, security_group()))
    session.apply()
    changes = [(call.operation, call.address) for call in session.calls]
    assert changes == [("create", NETWORK), ("create", GROUP)]
    assert session.calls[1].values["description"] == "web"


def test_a_failing_change_fails_the_apply_and_the_next_one_completes_it(terraform_on_each, tmp_path):
    session = terraform_on_each(write_stack(tmp_path, security_group()))
    with pytest.raises(TerraformError, match="quota exceeded") as caught:
        session.apply(fail_on={GROUP: "quota exceeded"})
    assert f"with {GROUP}," in str(caught.value)
    assert session.addresses() == [NETWORK]
    assert session.apply().plan.created == [GROUP]


def test_a_failure_is_of_that_address_alone(offline_terraform, tmp_path):
    groups = {name: {"description": name, "name_prefix": "x-"} for name in ("one", "two")}
    session = offline_terraform(write_stack(tmp_path, {"aws_security_group": groups}))
    with pytest.raises(TerraformError, match="no"):
        session.apply(fail_on={"aws_security_group.two": "no"})
    assert session.addresses() == ["aws_security_group.one"]


def test_while_an_apply_is_held_a_second_one_meets_its_lock(terraform_on_each, tmp_path):
    session = terraform_on_each(write_stack(tmp_path, VPC))
    held = session.hold(NETWORK)
    process = session.start_apply()
    held.wait()
    with pytest.raises(TerraformError, match="Error acquiring the state lock"):
        session.plan()
    held.release()
    assert process.finish().status == 0
    assert session.addresses() == [NETWORK]


def test_an_apply_that_is_killed_is_completed_by_the_next(terraform_on_each, tmp_path):
    session = terraform_on_each(write_stack(tmp_path, security_group()))
    held = session.hold(GROUP)
    process = session.start_apply()
    held.wait()
    process.kill()
    process.wait()
    held.release()
    assert session.apply().plan.created == [GROUP]
    assert session.plan().is_empty


def test_a_hold_that_is_never_reached_times_out(offline_terraform, tmp_path):
    held = offline_terraform(write_stack(tmp_path, VPC)).hold("aws_vpc.elsewhere")
    with pytest.raises(TimeoutError, match=r"aws_vpc\.elsewhere was not reached within 0\.01 s"):
        held.wait(timeout=0.01)


def test_a_changed_output_makes_a_plan_that_is_not_empty(offline_terraform, tmp_path):
    session = offline_terraform(write_stack(tmp_path / "one", VPC, output={"a": {"value": "1"}}))
    session.apply()
    session.update(write_stack(tmp_path / "two", VPC, output={"a": {"value": "2"}}))
    plan = session.plan()
    assert (plan.changes, plan.is_empty) == ({}, False)


def test_an_unknown_address_has_no_call(offline_terraform, tmp_path):
    applied = offline_terraform(write_stack(tmp_path, VPC)).apply()
    with pytest.raises(LookupError, match=r"0 calls for aws_vpc\.elsewhere"):
        applied.call("aws_vpc.elsewhere")


def test_only_a_repository_or_a_bucket_of_the_state_is_filled(offline_terraform, tmp_path):
    session = offline_terraform(write_stack(tmp_path, VPC))
    session.apply()
    for address in (NETWORK, "aws_ecr_repository.web"):
        with pytest.raises(LookupError, match=f"{address} is no repository or bucket in the state"):
            session.fill(address)


def test_a_later_session_in_the_same_folder_knows_what_is_live(offline_terraform, tmp_path):
    inside = {"vpc_config": {"subnet_ids": ["${aws_subnet.a.id}"], "security_group_ids": ["sg-1"]}}
    subnet = {"vpc_id": "${aws_vpc.network.id}", "cidr_block": "10.0.0.0/24"}
    kept = {"lifecycle": {"create_before_destroy": True}}
    network = {**VPC, "aws_subnet": {"a": {**subnet, **kept}}}
    options = {"workspace": tmp_path / "kept"}
    with offline_terraform(
        write_stack(tmp_path / "one", {**network, **function(**inside)}), **options
    ) as first:
        first.apply()
    second = offline_terraform(write_stack(tmp_path / "two", {**VPC, **function()}), **options)
    with pytest.raises(TerraformError, match="DependencyViolation") as caught:
        second.apply()
    (refusal,) = caught.value.refusals
    assert (refusal.address, refusal.used_by) == (
        "aws_subnet.a",
        ("version 1 of aws_lambda_function.inventory",),
    )
    assert second.delete_versions("inventory") == ["1"]
    second.apply()
    assert second.plan().is_empty
