import json
import re
from pathlib import Path

import botocore.session
import pytest

from constructs_lib.bindings.modules import MODULES
from constructs_lib.environment import Environment
from constructs_lib.handoff import iam_actions
from tests.support.written_stacks import read

TABLE = json.loads((Path(iam_actions.__file__).parent / "iam_actions.json").read_text())
# Permissions that belong to no operation of their service's API.
NO_OPERATION = {
    "elasticloadbalancing:SetWebAcl",
    "iam:PassRole",
    *(f"logs:{verb}LogDelivery" for verb in ("Create", "Delete", "Get", "Update")),
    "logs:ListLogDeliveries",
}
ENVIRONMENT = Environment(project="shop", environment="dev", region="eu-west-1")


def statements(document, **environment):
    values = ENVIRONMENT.model_copy(update=environment)
    policy = iam_actions.deploy_policy(values, read(document))
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_everything_that_the_generator_can_make_is_in_the_table():
    modules = {name for name in MODULES if name != "provider"}
    data = {name.removeprefix("data_") for name in modules if name.startswith("data_")}
    resources = {f"aws_{name}" for name in modules if not name.startswith("data_")}
    assert (resources - TABLE["resources"].keys(), data - TABLE["data_sources"].keys()) == (set(), set())


def test_every_action_is_an_operation_of_aws():
    session = botocore.session.get_session()
    actions = {
        action for part in ("resources", "data_sources") for found in TABLE[part].values() for action in found
    }
    actions |= {
        a for by_argument in TABLE["arguments"].values() for found in by_argument.values() for a in found
    }
    # The names of S3's permissions are not those of its operations.
    asked = {action for action in actions - NO_OPERATION if not action.startswith("s3:")}
    unknown = []
    for action in sorted(asked):
        service, _, name = action.partition(":")
        model = session.get_service_model({"elasticloadbalancing": "elbv2"}.get(service, service))
        names = {re.sub(r"\d{4}_\d\d_\d\d$|\d{8}$", "", known).lower() for known in model.operation_names}
        unknown += [action] if name.lower() not in names else []
    assert unknown == []
    assert actions >= NO_OPERATION


def test_a_type_that_the_table_does_not_know_is_our_mistake():
    with pytest.raises(KeyError):
        iam_actions.needed_actions(read({"resource": {"aws_sqs_queue": {"x": {}}}}))


def test_an_argument_may_need_more():
    def needed(**body):
        document = {"resource": {"aws_lambda_function": {"f": body}}}
        return {a for a in iam_actions.needed_actions(read(document)) if a.startswith(("ecr:", "kms:"))}

    assert needed(filename="packages/f.zip") == set()
    assert "ecr:BatchGetImage" in needed(image_uri="x")
    assert "kms:CreateGrant" in needed(kms_key_arn="x")


def test_actions_are_grouped_by_service():
    assert iam_actions.by_service(["ec2:A", "ec2:B", "iam:C"]) == {"ec2": ["A", "B"], "iam": ["C"]}


def test_the_policy_names_the_roles_of_the_environment_only():
    found = statements({"resource": {"aws_iam_role": {"f": {}}, "aws_lambda_function": {"f": {}}}})
    assert sorted(found) == ["Deploy", "OwnRoles", "PassOwnRoles"]
    assert found["OwnRoles"]["Resource"] == ["arn:aws:iam::*:role/shop-dev-*"]
    assert found["PassOwnRoles"] == {
        "Sid": "PassOwnRoles",
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": "arn:aws:iam::*:role/shop-dev-*",
        "Condition": {"StringEquals": {"iam:PassedToService": ["lambda.amazonaws.com"]}},
    }
    assert [action for action in found["Deploy"]["Action"] if action.startswith("iam:")] == []


def test_the_policy_follows_account_and_partition():
    document = {"resource": {"aws_iam_role": {"f": {}}}}
    found = statements(document, account_id="123456789012", region="cn-north-1")
    assert found["OwnRoles"]["Resource"] == ["arn:aws-cn:iam::123456789012:role/shop-dev-*"]


def test_the_state_in_s3_is_part_of_the_policy():
    key = "arn:aws:kms:eu-west-1:123456789012:key/1"
    backend = {"bucket": "b", "key": "shop/dev.tfstate", "region": "eu-west-1", "kms_key_id": key}
    found = statements({"terraform": {"backend": {"s3": backend}}})
    assert (found["StateBucket"]["Resource"], found["StateKey"]["Resource"]) == ("arn:aws:s3:::b", key)
    assert found["State"]["Resource"] == [
        "arn:aws:s3:::b/shop/dev.tfstate",
        "arn:aws:s3:::b/shop/dev.tfstate.tflock",
    ]


def test_service_linked_roles_are_those_of_the_services_in_use():
    found = statements({"resource": {"aws_lb": {"l": {}}, "aws_ecs_service": {"s": {}}}})
    assert found["ServiceLinkedRoles"]["Condition"]["StringEquals"]["iam:AWSServiceName"] == [
        "ecs.amazonaws.com",
        "elasticloadbalancing.amazonaws.com",
    ]


def test_the_policy_asks_for_all_descriptions_of_a_service_where_it_asks_for_many():
    few = statements({"resource": {"aws_lb_target_group_attachment": {"a": {}}}})["Deploy"]["Action"]
    many = statements({"resource": {"aws_vpc": {"a": {}}}})["Deploy"]["Action"]
    assert [action for action in few if "Describe" in action] == ["elasticloadbalancing:DescribeTargetHealth"]
    assert [action for action in many if "Describe" in action] == ["ec2:Describe*"]
    assert "ec2:DescribeVpcs" in iam_actions.needed_actions(read({"resource": {"aws_vpc": {"a": {}}}}))
