"""The stand-in plans and applies as AWS and its provider would, as far as Terraform can tell."""

from __future__ import annotations

import json
import re

import pytest

from constructs_lib.figures.changes.force_new import force_new_table
from constructs_lib.testing.terraform import TerraformError
from tests.support.terraform.every_resource import everything
from tests.support.terraform.hand_written import VPC, function, security_group, write_stack

pytestmark = pytest.mark.engine


def attributes(session, address):
    kind, _, name = address.removeprefix("data.").partition(".")
    mode = "data" if address.startswith("data.") else "managed"
    return next(
        resource["instances"][0]["attributes"]
        for resource in session.state()["resources"]
        if (resource["mode"], resource["type"], resource["name"]) == (mode, kind, name)
    )


@pytest.fixture
def change(offline_terraform, tmp_path):
    """Applies one configuration, then plans another in its place."""

    def plan(before, after, **sections):
        session = offline_terraform(write_stack(tmp_path / "before", before, **sections))
        session.apply()
        session.update(write_stack(tmp_path / "after", after, **sections))
        return session.plan()

    return plan


def test_every_resource_type_of_the_constructs_lives_and_dies(terraform_on_each, tmp_path):
    session = terraform_on_each(everything(tmp_path))
    session.validate()
    created = session.apply().plan.created
    assert session.plan().changes == {}
    assert session.addresses() == created
    session.destroy()
    assert session.addresses() == []


def test_the_hand_written_stack_has_the_types_of_the_replacement_table(tmp_path):
    document = json.loads((everything(tmp_path) / "cdk.tf.json").read_text())
    absent = set(force_new_table()["resources"]) - set(document["resource"])
    assert absent == {
        *("aws_ecs_cluster_capacity_providers", "aws_lb_listener_certificate"),
        *("aws_s3_bucket_logging", "aws_vpc_endpoint_route_table_association"),
        *("aws_vpc_endpoint_security_group_association", "aws_vpc_endpoint_subnet_association"),
    }


@pytest.mark.parametrize(
    ("address", "attribute", "form"),
    [
        ("aws_vpc.network", "id", r"vpc-0[0-9a-f]{16}"),
        ("aws_vpc.network", "arn", r"arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0[0-9a-f]{16}"),
        ("aws_subnet.b", "availability_zone_id", r"euw1-az2"),
        ("aws_security_group.web", "name", r"web-\d{26}"),
        ("aws_lb.internal", "dns_name", r"internal-shop-dev-\d{10}\.eu-west-1\.elb\.amazonaws\.com"),
        (
            "aws_lb_listener.web",
            "arn",
            r"arn:aws:elasticloadbalancing:.*:listener/app/shop-dev/[^/]+/[0-9a-f]{16}",
        ),
        ("aws_lambda_function.inventory", "qualified_arn", r"arn:aws:lambda:.*:function:inventory:1"),
        ("aws_lambda_alias.inventory", "arn", r"arn:aws:lambda:.*:function:inventory:live"),
        ("aws_iam_role.web", "arn", r"arn:aws:iam::123456789012:role/web"),
        ("aws_ecs_task_definition.web", "arn", r"arn:aws:ecs:.*:task-definition/web:\d+"),
        ("aws_ecs_service.web", "arn", r"arn:aws:ecs:.*:service/web/web"),
        ("aws_vpc_endpoint.s3", "prefix_list_id", r"pl-[0-9a-f]{8}"),
        ("aws_route53_record.web", "name", r"_[0-9a-f]{32}\.shop\.example\.com\."),
    ],
)
def test_computed_values_have_the_form_that_aws_gives_them(applied, address, attribute, form):
    assert re.fullmatch(form, attributes(applied, address)[attribute])


def test_default_tags_and_own_tags_make_all_tags(applied):
    assert attributes(applied, "aws_eip.a")["tags_all"] == {"Project": "shop", "Name": "nat-a"}


def test_a_tag_that_is_known_after_apply_only_is_among_all_tags(offline_terraform, tmp_path):
    cluster = {"name": "web", "tags": {"network": "${aws_vpc.network.id}"}}
    session = offline_terraform(write_stack(tmp_path, {**VPC, "aws_ecs_cluster": {"web": cluster}}))
    session.apply()
    network = attributes(session, "aws_vpc.network")["id"]
    assert attributes(session, "aws_ecs_cluster.web")["tags_all"] == {"Project": "shop", "network": network}
    assert session.plan().is_empty


def test_ids_are_the_same_on_every_run_and_differ_between_resources(applied, offline_terraform, tmp_path):
    again = offline_terraform(everything(tmp_path))
    again.apply()
    assert attributes(again, "aws_subnet.a")["id"] == attributes(applied, "aws_subnet.a")["id"]
    assert attributes(applied, "aws_subnet.a")["id"] != attributes(applied, "aws_subnet.b")["id"]


@pytest.fixture(scope="module")
def applied(tmp_path_factory):
    from constructs_lib.testing.terraform import offline_terraform

    with offline_terraform(everything(tmp_path_factory.mktemp("everything"))) as session:
        session.apply()
        yield session


def test_a_computed_value_is_unknown_until_apply(offline_terraform, tmp_path):
    plan = offline_terraform(write_stack(tmp_path, VPC)).plan()
    change = plan.resource_changes["aws_vpc.network"]["change"]
    assert (change["after_unknown"]["id"], "id" in change["after"]) == (True, False)
    assert (plan.after("aws_vpc.network")["region"], plan.after("aws_vpc.network")["cidr_block"]) == (
        "eu-west-1",
        "10.0.0.0/16",
    )


def test_a_change_in_place_is_an_update(change):
    plan = change(function(memory_size=128), function(memory_size=256))
    assert plan.changes == {
        "aws_lambda_alias.inventory": ("update",),
        "aws_lambda_function.inventory": ("update",),
    }


def test_new_code_publishes_a_version_and_moves_the_alias(offline_terraform, tmp_path):
    session = offline_terraform(write_stack(tmp_path / "one", function()))
    session.apply()
    session.update(write_stack(tmp_path / "two", function(source_code_hash="two")))
    assert session.plan().updated == ["aws_lambda_alias.inventory", "aws_lambda_function.inventory"]
    session.apply()
    assert attributes(session, "aws_lambda_alias.inventory")["function_version"] == "2"
    assert session.plan().is_empty


def test_without_publish_new_code_leaves_the_version_alone(change):
    plan = change(function(publish=False), function(publish=False, source_code_hash="two"))
    assert plan.updated == ["aws_lambda_function.inventory"]


def test_new_tags_publish_no_version(change):
    plan = change(function(), function(tags={"team": "shop"}))
    assert plan.updated == ["aws_lambda_function.inventory"]


def test_new_default_tags_update_what_carries_tags(offline_terraform, tmp_path):
    session = offline_terraform(write_stack(tmp_path / "one", VPC))
    session.apply()
    provider = {"aws": [{"region": "eu-west-1", "default_tags": [{"tags": {"Project": "bakery"}}]}]}
    session.update(write_stack(tmp_path / "two", VPC, provider=provider))
    assert session.plan().updated == ["aws_vpc.network"]


def test_an_argument_that_forces_replacement_is_planned_as_one(change):
    plan = change(security_group(description="web"), security_group(description="shop"))
    assert (plan.replaced, plan.reasons("aws_security_group.web")) == (
        ["aws_security_group.web"],
        ["description"],
    )
    assert plan.replace_order("aws_security_group.web") == "destroy-before-create"


def test_create_before_destroy_reverses_the_order(change):
    lifecycle = {"create_before_destroy": True}
    plan = change(
        security_group(description="web", lifecycle=lifecycle),
        security_group(description="shop", lifecycle=lifecycle),
    )
    assert plan.replace_order("aws_security_group.web") == "create-before-destroy"


def test_a_replacement_takes_along_what_refers_to_it(change):
    other = {"aws_vpc": {"network": {"cidr_block": "10.1.0.0/16"}}}
    plan = change(security_group(), {**security_group(), **other})
    assert plan.replaced == ["aws_security_group.web", "aws_vpc.network"]


def test_another_region_replaces(change):
    moved = {"aws_vpc": {"network": {"cidr_block": "10.0.0.0/16", "region": "us-west-2"}}}
    assert change(VPC, moved).replaced == ["aws_vpc.network"]


def rule(**source):
    arguments = {
        "security_group_id": "sg-0123456789abcdef0",
        "ip_protocol": "tcp",
        "from_port": 80,
        "to_port": 80,
    }
    return {"aws_vpc_security_group_ingress_rule": {"web": {**arguments, **source}}}


def test_another_address_changes_a_rule_in_place(change):
    plan = change(rule(cidr_ipv4="10.0.0.0/8"), rule(cidr_ipv4="10.1.0.0/16"))
    assert plan.updated == ["aws_vpc_security_group_ingress_rule.web"]


def test_another_kind_of_source_replaces_a_rule(change):
    plan = change(rule(cidr_ipv4="10.0.0.0/8"), rule(referenced_security_group_id="sg-0fedcba9876543210"))
    assert plan.replaced == ["aws_vpc_security_group_ingress_rule.web"]


def test_what_is_removed_is_deleted_and_nothing_else(change):
    assert change(security_group(), VPC).changes == {"aws_security_group.web": ("delete",)}


def test_a_certificate_plans_one_validation_record_for_each_domain(offline_terraform, tmp_path):
    names = ["a.example.com", "b.example.com"]
    certificate = {"domain_name": names[0], "subject_alternative_names": names, "validation_method": "DNS"}
    record = {
        "for_each": "${{for o in aws_acm_certificate.web.domain_validation_options : o.domain_name => o}}",
        "zone_id": "Z123",
        "name": "${each.value.resource_record_name}",
        "type": "${each.value.resource_record_type}",
        "records": ["${each.value.resource_record_value}"],
        "ttl": 60,
    }
    resource = {"aws_acm_certificate": {"web": certificate}, "aws_route53_record": {"web": record}}
    session = offline_terraform(write_stack(tmp_path, resource))
    assert session.apply().plan.created == [
        "aws_acm_certificate.web",
        'aws_route53_record.web["a.example.com"]',
        'aws_route53_record.web["b.example.com"]',
    ]
    assert session.plan().is_empty


def existing_vpc(folder, **arguments):
    output = {"cidr": {"value": "${data.aws_vpc.existing.cidr_block}"}}
    return write_stack(folder, {}, data={"aws_vpc": {"existing": arguments}}, output=output)


def test_an_existing_vpc_answers_plausibly(offline_terraform, tmp_path):
    session = offline_terraform(existing_vpc(tmp_path, id="vpc-0123456789abcdef0"))
    session.apply()
    found = attributes(session, "data.aws_vpc.existing")
    assert (found["cidr_block"], found["enable_dns_support"], found["enable_dns_hostnames"]) == (
        "172.30.0.0/16",
        True,
        True,
    )


def test_a_test_answers_a_data_source_by_type(offline_terraform, tmp_path):
    session = offline_terraform(existing_vpc(tmp_path), data={"aws_vpc": {"cidr_block": "10.9.0.0/16"}})
    session.apply()
    assert session.outputs() == {"cidr": "10.9.0.0/16"}


def test_of_several_answers_the_one_that_agrees_with_the_arguments_is_taken(offline_terraform, tmp_path):
    answers = [{"id": f"vpc-{n}", "cidr_block": f"10.{n}.0.0/16"} for n in (1, 2)]
    session = offline_terraform(existing_vpc(tmp_path, id="vpc-2"), data={"aws_vpc": answers})
    session.apply()
    assert session.outputs() == {"cidr": "10.2.0.0/16"}


def test_where_no_answer_agrees_nothing_is_found(offline_terraform, tmp_path):
    session = offline_terraform(existing_vpc(tmp_path, id="vpc-3"), data={"aws_vpc": [{"id": "vpc-1"}]})
    with pytest.raises(TerraformError, match="no matching aws_vpc found"):
        session.plan()


def test_a_function_answers_a_data_source(offline_terraform, tmp_path):
    data = {"aws_vpc": lambda arguments: {"cidr_block": "10.7.0.0/16", "id": arguments["id"]}}
    session = offline_terraform(existing_vpc(tmp_path, id="vpc-7"), data=data)
    session.apply()
    assert session.outputs() == {"cidr": "10.7.0.0/16"}


def test_an_answer_with_an_attribute_that_does_not_exist_is_refused(offline_terraform, tmp_path):
    session = offline_terraform(existing_vpc(tmp_path), data={"aws_vpc": {"cidr": "10.9.0.0/16"}})
    with pytest.raises(TerraformError, match="data source aws_vpc has no attribute 'cidr'"):
        session.plan()


def test_provider_aliases_keep_their_regions_apart(offline_terraform, tmp_path):
    provider = {"aws": [{"region": "eu-west-1"}, {"region": "us-east-1", "alias": "global"}]}
    vpcs = {
        "here": {"cidr_block": "10.0.0.0/16"},
        "there": {"cidr_block": "10.0.0.0/16", "provider": "aws.global"},
    }
    session = offline_terraform(write_stack(tmp_path, {"aws_vpc": vpcs}, provider=provider))
    session.apply()
    regions = [attributes(session, f"aws_vpc.{name}")["arn"].split(":")[3] for name in ("here", "there")]
    assert regions == ["eu-west-1", "us-east-1"]


def test_an_imported_resource_comes_into_the_state(offline_terraform, tmp_path):
    imported = [{"to": "aws_vpc.network", "id": "vpc-0123456789abcdef0"}]
    session = offline_terraform(write_stack(tmp_path, VPC, **{"import": imported}))
    session.apply()
    assert attributes(session, "aws_vpc.network")["id"] == "vpc-0123456789abcdef0"


def target_group(**arguments):
    lifecycle = {"create_before_destroy": True}
    group = {"name": "web", "port": 80, "protocol": "HTTP", "vpc_id": "vpc-1", "lifecycle": lifecycle}
    return {"aws_lb_target_group": {"web": {**group, **arguments}}}


def test_a_replacement_that_keeps_its_name_is_refused_as_in_aws(terraform, tmp_path):
    session = terraform(write_stack(tmp_path / "one", target_group()))
    session.apply()
    session.update(write_stack(tmp_path / "two", target_group(port=81)))
    with pytest.raises(
        TerraformError, match="creating aws_lb_target_group web: DuplicateTargetGroupName: already exists"
    ):
        session.apply()


def test_a_replacement_with_a_name_of_its_own_is_made(terraform, tmp_path):
    session = terraform(write_stack(tmp_path / "one", target_group()))
    session.apply()
    session.update(write_stack(tmp_path / "two", target_group(port=81, name="web-81")))
    applied = session.apply()
    assert applied.plan.replace_order("aws_lb_target_group.web") == "create-before-destroy"
    assert [call.action for call in applied.calls] == ["create", "delete"]
    assert session.plan().is_empty


def attachments(*targets):
    """Attachments of several targets to the same group."""
    group = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
    named = {f"t{n}": {"target_group_arn": group, "target_id": target} for n, target in enumerate(targets)}
    return {"aws_lb_target_group_attachment": named}


def test_a_target_group_takes_one_function_and_any_number_of_addresses(offline_terraform, tmp_path):
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:"
    with pytest.raises(TerraformError, match="TooManyTargets"):
        offline_terraform(write_stack(tmp_path / "one", attachments(f"{arn}one", f"{arn}two"))).apply()
    offline_terraform(write_stack(tmp_path / "two", attachments("10.0.0.1", "10.0.0.2"))).apply()


def test_a_name_is_free_again_once_its_bearer_is_gone(offline_terraform, tmp_path):
    session = offline_terraform(write_stack(tmp_path, target_group()))
    session.apply()
    session.destroy()
    assert session.apply().plan.created == ["aws_lb_target_group.web"]


def test_what_no_state_knows_of_is_forgotten(offline_terraform, tmp_path):
    session = offline_terraform(write_stack(tmp_path, target_group()))
    session.apply()
    (session.folder / "terraform.tfstate").unlink()
    assert session.apply().plan.created == ["aws_lb_target_group.web"]
