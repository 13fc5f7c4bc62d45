"""The policies for whoever applies, evaluated: what they allow and what they refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cloudsplaining.scan.policy_document import PolicyDocument

from constructs_lib.environment import Environment
from constructs_lib.handoff.deploy_policy.documents import deploy_policies, policy_file
from constructs_lib.handoff.deploy_policy.words import beyond
from constructs_lib.handoff.identity import Identity, of_document, of_environment
from tests.support.handoffs import handed_over
from tests.support.iam.policy_requests import allows
from tests.support.projects import SHOP
from tests.support.written_stacks import read

ACCOUNT = "123456789012"
LIMITS = f"arn:aws:iam::{ACCOUNT}:policy/limits"
WEB_ACL = f"arn:aws:wafv2:eu-west-1:{ACCOUNT}:regional/webacl/shop/0f5b7a1c"
BIG = (
    SHOP.replace('region = "eu-west-1"', f'region = "eu-west-1"\naccount_id = "{ACCOUNT}"')
    .replace("[network]", '[state]\nbackend = "s3"\nbucket = "acme-state"\n[network]\nflow_logs = true')
    .replace(
        "insecure_http = true",
        f'domain = "shop.example.com"\nzone_id = "Z0123456789ABCDEFGHIJ"\nweb_acl_arn = "{WEB_ACL}"\n'
        "access_logs = true",
    )
    + f'[iam]\npermissions_boundary_arn = "{LIMITS}"\npath = "/teams/"\n'
    + '[services.web]\nimage = "public.ecr.aws/nginx/nginx:1.27"\ncontainer_port = 80\ncpu = 256\n'
    + 'memory_mb = 512\nexposure = "public"\npaths = ["/web/*"]\ninternet = true\n'
    + 'hosts = ["api.example.com", "*.shop.example.com"]\n'
    + "autoscaling = {min_count = 1, max_count = 3, cpu_percent = 60}\n"
    + '[alarms]\nemail = "on-call@example.com"\n'
    + '[functions.inventory.triggers.orders]\nqueue = "new"\n'
    + '[functions.inventory.triggers.nightly]\nschedule = "rate(1 day)"\n'
    + '[functions.inventory.triggers.stopped]\npattern = {source = ["aws.ecs"]}\n'
    + '[functions.inventory.triggers.uploads]\nbucket = "arn:aws:s3:::acme-uploads"\n'
    + "replaces_notifications = true\n"
    + f'[functions.inventory.triggers.news]\ntopic = "arn:aws:sns:eu-west-1:{ACCOUNT}:news"\n'
)
OWN = {"aws__ResourceTag___Project": "shop", "aws__ResourceTag___Environment": "prod"}
NEW = {"aws__RequestTag___Project": "shop", "aws__RequestTag___Environment": "prod"}
THEIRS = {**OWN, "aws__ResourceTag___Environment": "prod-eu"}
EC2, ELB = f"arn:aws:ec2:eu-west-1:{ACCOUNT}", f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function"
CLOUDWATCH, SNS = f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}", f"arn:aws:sns:eu-west-1:{ACCOUNT}"
SQS, RULE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}", f"arn:aws:events:eu-west-1:{ACCOUNT}:rule"
SCHEDULE = f"arn:aws:scheduler:eu-west-1:{ACCOUNT}:schedule"
POLLER = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:event-source-mapping"
LOGS = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/teams"
LIMITED = {"iam__PermissionsBoundary": LIMITS}

Request = tuple[str, str, dict[str, str]]
ALLOWED: list[Request] = [
    ("ec2:DescribeVpcs", "*", {}),
    ("ec2:CreateSubnet", f"{EC2}:subnet/subnet-1", NEW),
    ("ec2:CreateSubnet", f"{EC2}:vpc/vpc-1", OWN),
    ("ec2:CreateTags", f"{EC2}:subnet/subnet-1", {**NEW, "ec2__CreateAction": "CreateSubnet"}),
    ("ec2:DeleteSubnet", f"{EC2}:subnet/subnet-1", OWN),
    ("ec2:RevokeSecurityGroupIngress", f"{EC2}:security-group/sg-1", {}),
    ("ec2:AuthorizeSecurityGroupIngress", f"{EC2}:security-group/sg-1", OWN),
    ("elasticloadbalancing:CreateLoadBalancer", f"{ELB}:loadbalancer/app/shop-prod-public/1", NEW),
    ("elasticloadbalancing:DeleteTargetGroup", f"{ELB}:targetgroup/old/1", OWN),
    ("wafv2:AssociateWebACL", WEB_ACL, {}),
    ("wafv2:DisassociateWebACL", f"{ELB}:loadbalancer/app/shop-prod-public/1", {}),
    ("lambda:UpdateFunctionCode", f"{FUNCTION}:shop-prod-inventory", {}),
    ("lambda:AddPermission", f"{FUNCTION}:shop-prod-inventory:live", {}),
    ("lambda:DeleteFunction", f"{FUNCTION}:shop-prod-gone", OWN),
    ("iam:CreateRole", f"{ROLE}/shop-prod-inventory", LIMITED),
    ("iam:PutRolePolicy", f"{ROLE}/shop-prod-web", LIMITED),
    ("iam:PassRole", f"{ROLE}/shop-prod-inventory", {"iam__PassedToService": "lambda.amazonaws.com"}),
    ("iam:PassRole", f"{ROLE}/shop-prod-web-execution", {"iam__PassedToService": "ecs-tasks.amazonaws.com"}),
    ("s3:GetObject", "arn:aws:s3:::acme-state/shop/prod.tfstate", {}),
    ("s3:PutBucketPolicy", f"arn:aws:s3:::shop-prod-public-access-logs-{ACCOUNT}", {}),
    ("ecs:UpdateService", f"arn:aws:ecs:eu-west-1:{ACCOUNT}:service/shop-prod/shop-prod-web", {}),
    ("cloudwatch:PutMetricAlarm", f"{CLOUDWATCH}:alarm:shop-prod-inventory-errors", {}),
    ("cloudwatch:PutCompositeAlarm", f"{CLOUDWATCH}:alarm:shop-prod-alarms", {}),
    ("cloudwatch:PutDashboard", f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/shop-prod", {}),
    ("sns:Subscribe", f"{SNS}:shop-prod-alarms", {}),
    ("sns:Subscribe", f"{SNS}:news", {}),
    ("sqs:SetQueueAttributes", f"{SQS}:shop-prod-inventory--orders--dead-letters", {}),
    ("scheduler:DeleteSchedule", f"{SCHEDULE}/default/shop-prod-gone--nightly", {}),
    ("events:PutTargets", f"{RULE}/shop-prod-inventory--stopped", {}),
    ("s3:PutBucketNotification", "arn:aws:s3:::acme-uploads", {}),
    ("lambda:CreateEventSourceMapping", "*", {"lambda__FunctionArn": f"{FUNCTION}:shop-prod-inventory:live"}),
    ("lambda:UntagResource", f"{POLLER}:1", {}),
    (
        "iam:PassRole",
        f"{ROLE}/shop-prod-inventory--nightly",
        {"iam__PassedToService": "scheduler.amazonaws.com"},
    ),
    ("sns:SetTopicAttributes", f"{SNS}:shop-prod-alarms", {}),
    (
        "route53:ChangeResourceRecordSets",
        "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
        {"route53__ChangeResourceRecordSetsNormalizedRecordNames": "shop.example.com"},
    ),
    *(
        (
            "route53:ChangeResourceRecordSets",
            "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
            {"route53__ChangeResourceRecordSetsNormalizedRecordNames": name},
        )
        for name in ("api.example.com", r"\052.shop.example.com", "_x1.api.example.com")
    ),
    ("elasticloadbalancing:AddListenerCertificates", f"{ELB}:listener/app/shop-prod-public/1/2", OWN),
    (
        "logs:CreateLogGroup",
        f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/aws/lambda/shop-prod-inventory",
        {},
    ),
]
REFUSED: list[Request] = [
    ("sns:Subscribe", f"{SNS}:others", {}),
    ("sqs:CreateQueue", f"{SQS}:shop-prod-inventory", {}),
    ("scheduler:UpdateSchedule", f"{SCHEDULE}/default/shop-prod2-report--nightly", {}),
    ("events:PutRule", f"{RULE}/others", {}),
    ("s3:PutBucketNotification", "arn:aws:s3:::acme-state", {}),
    ("lambda:CreateEventSourceMapping", "*", {"lambda__FunctionArn": f"{FUNCTION}:others"}),
    (
        "iam:PassRole",
        f"{ROLE}/shop-prod-inventory",
        {"iam__PassedToService": "scheduler.amazonaws.com"},
    ),
    ("ec2:CreateSubnet", f"{EC2}:subnet/subnet-1", {}),
    ("ec2:CreateSubnet", f"{EC2}:vpc/vpc-1", THEIRS),
    ("ec2:DeleteVpc", f"{EC2}:vpc/vpc-1", THEIRS),
    ("ec2:CreateTags", f"{EC2}:vpc/vpc-1", NEW),
    ("ec2:CreateTags", f"{EC2}:security-group/sg-1", {**NEW, **THEIRS}),
    ("ec2:AuthorizeSecurityGroupIngress", f"{EC2}:security-group/sg-1", {}),
    ("ec2:RunInstances", f"{EC2}:instance/i-1", OWN),
    ("elasticloadbalancing:ModifyListener", f"{ELB}:listener/app/x/1/2", THEIRS),
    ("elasticloadbalancing:AddTags", f"{ELB}:listener/app/x/1/2", NEW),
    ("wafv2:AssociateWebACL", WEB_ACL.replace("shop", "other"), {}),
    ("wafv2:DisassociateWebACL", f"{ELB}:loadbalancer/app/other/1", {}),
    ("lambda:UpdateFunctionCode", f"{FUNCTION}:shop-prod-eu-inventory", {}),
    ("lambda:UpdateFunctionCode", f"{FUNCTION}:shop-prod-inventory-2", {}),
    ("lambda:GetFunction", f"{FUNCTION}:other", {}),
    ("lambda:InvokeFunction", f"{FUNCTION}:shop-prod-inventory", {}),
    ("lambda:DeleteFunction", f"{FUNCTION}:shop-prod-eu-inventory", THEIRS),
    ("iam:CreateRole", f"{ROLE}/shop-prod-inventory", {}),
    ("iam:PutRolePolicy", f"{ROLE}/shop-prod-inventory", {"iam__PermissionsBoundary": LIMITS + "x"}),
    ("iam:DeleteRolePermissionsBoundary", f"{ROLE}/shop-prod-inventory", LIMITED),
    ("iam:CreateRole", f"{ROLE}/shop-prod-mine", LIMITED),
    ("iam:PassRole", f"{ROLE}/shop-prod-inventory", {"iam__PassedToService": "ec2.amazonaws.com"}),
    ("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/admin", {"iam__PassedToService": "lambda.amazonaws.com"}),
    ("iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/x", {}),
    ("s3:GetObject", "arn:aws:s3:::acme-state/shop/prod-eu.tfstate", {}),
    ("s3:GetObject", "arn:aws:s3:::acme-data/x", {}),
    ("s3:PutBucketPolicy", "arn:aws:s3:::acme-state", {}),
    ("s3:DeleteObject", f"arn:aws:s3:::shop-prod-public-access-logs-{ACCOUNT}/x", {}),
    ("ecs:UpdateService", f"arn:aws:ecs:eu-west-1:{ACCOUNT}:service/shop-prod/other", {}),
    (
        "route53:ChangeResourceRecordSets",
        "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
        {"route53__ChangeResourceRecordSetsNormalizedRecordNames": "example.com"},
    ),
    (
        "route53:ChangeResourceRecordSets",
        "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
        {"route53__ChangeResourceRecordSetsNormalizedRecordNames": "any.shop.example.com"},
    ),
    ("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/ZOTHER", {}),
    ("kms:Decrypt", f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1", {}),
    ("cloudwatch:DeleteAlarms", f"{CLOUDWATCH}:alarm:other-prod-errors", {}),
    ("sns:Subscribe", f"{SNS}:other-alarms", {}),
]


@pytest.fixture(scope="module")
def prod(tmp_path_factory):
    stack = handed_over(tmp_path_factory.mktemp("prod"), BIG, "prod")
    return stack.intent, stack.document, deploy_policies(of_environment(stack.intent), stack.document)


def test_the_policies_allow_what_an_apply_asks_for_and_nothing_of_the_neighbours(prod):
    policies = prod[2]
    assert [one for one in ALLOWED if not allows(policies, one[0], one[1], **one[2])] == []
    assert [one for one in REFUSED if allows(policies, one[0], one[1], **one[2])] == []


def test_nobody_finds_a_way_to_more_in_them(prod):
    for policy in prod[2]:
        found = PolicyDocument(policy)
        assert found.allows_privilege_escalation == []
        assert found.permissions_management_without_constraints == []
        assert found.allows_data_exfiltration_actions == []
        assert found.credentials_exposure == []
        assert found.service_wildcard == []


def test_each_policy_has_the_size_that_a_managed_policy_may_have(prod):
    sizes = [len("".join(json.dumps(policy).split())) for policy in prod[2]]
    assert len(sizes) > 1
    assert max(sizes) <= 6144
    assert [policy_file(number) for number in (1, 2)] == ["deploy-policy.json", "deploy-policy-2.json"]


def test_what_a_holder_can_do_beyond_is_said_and_ends_with_a_boundary(prod):
    environment, document, policies = prod
    assert LIMITS in beyond(of_environment(environment), policies)[0]
    free = environment.model_copy(
        update={"iam": environment.iam.model_copy(update={"permissions_boundary_arn": None})}
    )
    own = deploy_policies(of_environment(free), document)
    assert "administrator" in beyond(of_environment(free), own)[0]
    assert allows(own, "iam:CreateRole", f"{ROLE}/shop-prod-inventory")
    assert not allows(own, "iam:CreateRole", f"{ROLE}/shop-prod-mine")


def many(count: int) -> tuple[Environment, Any]:
    names = [f"f{number:04}" for number in range(count)]
    environment = Environment(project="shop", environment="prod", region="eu-west-1", account_id=ACCOUNT)
    functions = {
        name: {"function_name": f"shop-prod-{name}", "role": f"${{aws_iam_role.{name}.arn}}"}
        for name in names
    }
    roles = {name: {"name": f"shop-prod-{name}"} for name in names}
    return environment, read({"resource": {"aws_lambda_function": functions, "aws_iam_role": roles}})


def test_very_many_names_are_meant_by_their_beginning_and_that_is_said():
    environment, few = many(60)
    exact = deploy_policies(of_environment(environment), few)
    assert 1 < len(exact) <= 10
    assert not allows(exact, "lambda:UpdateFunctionCode", f"{FUNCTION}:shop-prod-eu-x")
    assert allows(exact, "lambda:UpdateFunctionCode", f"{FUNCTION}:shop-prod-f0059:live")
    environment, all_ = many(900)
    wide = deploy_policies(of_environment(environment), all_)
    assert len(wide) <= 10
    assert allows(wide, "lambda:UpdateFunctionCode", f"{FUNCTION}:shop-prod-f0899")
    assert any(
        "whose names begin with `shop-prod-`" in line for line in beyond(of_environment(environment), wide)
    )
    assert not any("begin with" in line for line in beyond(of_environment(environment), exact))


def test_what_exists_already_is_used_by_its_id_and_not_changed():
    environment = Environment(project="shop", environment="prod", region="eu-west-1", account_id=ACCOUNT)
    document = read(
        {
            "data": {"aws_vpc": {"network": {"id": "vpc-1"}}},
            "resource": {
                "aws_subnet": {"a": {"vpc_id": "${data.aws_vpc.network.id}"}},
                "aws_vpc_security_group_ingress_rule": {"x": {"security_group_id": "sg-9"}},
            },
        }
    )
    policies = deploy_policies(of_environment(environment), document)
    assert allows(policies, "ec2:CreateSubnet", f"{EC2}:vpc/vpc-1")
    assert not allows(policies, "ec2:CreateSubnet", f"{EC2}:vpc/vpc-2")
    assert not allows(policies, "ec2:DeleteVpc", f"{EC2}:vpc/vpc-1")
    assert allows(policies, "ec2:AuthorizeSecurityGroupIngress", f"{EC2}:security-group/sg-9")
    assert not allows(policies, "ec2:DeleteSecurityGroup", f"{EC2}:security-group/sg-9")


def test_partition_account_and_layers_are_those_of_the_environment():
    environment = Environment(project="shop", environment="dev", region="cn-north-1")
    layer = "arn:aws-cn:lambda:cn-north-1:123456789012:layer:tools:3"
    document = read(
        {"resource": {"aws_lambda_function": {"f": {"function_name": "shop-dev-f", "layers": [layer]}}}}
    )
    text = json.dumps(deploy_policies(of_environment(environment), document))
    assert "arn:aws-cn:lambda:cn-north-1:*:function:shop-dev-f" in text
    assert f'"{layer}"' in text


def test_a_stack_that_is_all_python_is_meant_by_what_it_writes_itself():
    content = {
        "provider": {"aws": [{"region": "eu-west-1", "allowed_account_ids": [ACCOUNT]}]},
        "resource": {
            "aws_sqs_queue": {"q": {"name": "orders"}},
            "aws_s3_bucket": {"b": {"bucket_prefix": "orders-"}, "c": {}},
            "aws_vpc": {"v": {}},
            "aws_iam_role": {"r": {}},
        },
    }
    identity = of_document("orders", read(content))
    policies = deploy_policies(identity, read(content))
    assert allows(policies, "sqs:CreateQueue", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:orders")
    assert not allows(policies, "sqs:CreateQueue", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:other")
    assert allows(policies, "s3:CreateBucket", "arn:aws:s3:::orders-1")
    assert allows(policies, "s3:CreateBucket", "arn:aws:s3:::terraform-1")
    assert not allows(policies, "s3:CreateBucket", "arn:aws:s3:::others")
    assert allows(policies, "iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/terraform-1")
    assert allows(policies, "ec2:DeleteVpc", f"{EC2}:vpc/vpc-1")
    said = " ".join(beyond(identity, policies))
    assert "change and delete every network" in said
    assert f"`arn:aws:iam::{ACCOUNT}:role/terraform-*`, `arn:aws:s3:::orders-*`" in said


def test_keys_that_are_made_are_told_from_others_by_the_tags():
    content = {"resource": {"aws_kms_key": {"k": {}}, "aws_kms_alias": {"k": {"name": "alias/orders"}}}}
    identity = Identity("orders", "eu-west-1", ACCOUNT, {"Project": "shop", "Environment": "prod"})
    policies = deploy_policies(identity, read(content))
    kms = f"arn:aws:kms:eu-west-1:{ACCOUNT}"
    assert allows(policies, "kms:CreateKey", "*", **NEW)
    assert allows(policies, "kms:ScheduleKeyDeletion", f"{kms}:key/1", **OWN)
    assert not allows(policies, "kms:ScheduleKeyDeletion", f"{kms}:key/1", **THEIRS)
    assert allows(policies, "kms:CreateAlias", f"{kms}:alias/orders")
    assert not allows(policies, "kms:CreateAlias", f"{kms}:alias/others")


def test_a_regional_nat_gateway_uses_addresses_that_exist_and_nothing_of_others(tmp_path):
    given = 'nat = "regional"\nnat_eip_ids = { a = "eipalloc-00000001" }'
    text = BIG.replace('nat = "single"\nnat_zone = "a"', given)
    stack = handed_over(tmp_path, text, "prod")
    policies = deploy_policies(of_environment(stack.intent), stack.document)
    for action in ("ec2:CreateNatGateway", "ec2:AssociateNatGatewayAddress"):
        assert allows(policies, action, f"{EC2}:elastic-ip/eipalloc-00000001")
        assert not allows(policies, action, f"{EC2}:elastic-ip/eipalloc-00000002")
