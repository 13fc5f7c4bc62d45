"""Ways by IAM: whatever lets somebody invoke, change or open a function is found, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

from constructs_lib.proof import Carried, Reachability
from tests.support.architecture import Document, add, drop, ref, resource
from tests.support.iam.grants import ACCOUNT, granted, policy, statement, trust, with_roles

INVENTORY = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:app-dev-inventory"
OWN = ref("aws_lambda_function.inventory", "arn")


def ways(document: Document, target: str = "inventory") -> dict[str, bool]:
    """Who gets to a function by IAM, and whether that is certain."""
    found = Reachability(document).who_reaches(target)
    return {one.source.split(".")[-1]: isinstance(one.answer, Carried) for one in found if one.by == "IAM"}


def batch(*statements: dict[str, Any], **options: Any) -> bool | None:
    """Whether the job gets to the inventory by these statements; None where nobody can tell."""
    found = ways(granted(*statements, **options))
    assert found.keys() <= {"batch"}
    return (found["batch"] or None) if found else False


SURE = [
    statement("lambda:InvokeFunction"),
    statement("lambda:invoke*", INVENTORY),
    statement("lambda:InvokeFunction", [f"{INVENTORY}:live", f"{INVENTORY}x"]),
    statement("lambda:InvokeFunction", OWN),
    statement("lambda:InvokeFunction", f"{OWN}:*"),
    statement("lambda:InvokeFunction", ref("aws_lambda_alias.inventory", "arn")),
    statement("Lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:app-dev-*"),
    statement("lambda:AddPermission", "arn:aws:lambda:*"),
    statement("lambda:Updat?Alias"),
    statement("*", "arn:aws:*:*:*:*"),
    statement("*:*"),
    {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"},
    {"Effect": "Allow", "Action": "lambda:*", "NotResource": "arn:aws:lambda:*:*:function:other"},
    statement("iam:PutRolePolicy"),
    statement("iam:Attach*", f"arn:aws:iam::{ACCOUNT}:role/app-dev-batch"),
    statement(["iam:CreateRole", "iam:PutRolePolicy"], "arn:aws:iam::*:role/jobs-*"),
    statement(["iam:PassRole", "lambda:CreateFunction"]),
    statement(["iam:PassRole", "ecs:RunTask"], "*"),
    statement("ec2:AuthorizeSecurityGroupIngress"),
    statement("elasticloadbalancing:*"),
]
NEVER = [
    statement("lambda:GetFunction"),
    statement("s3:*"),
    statement("lambda:InvokeFunction", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:app-dev-other"),
    statement("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:*:function:*"),
    statement("lambda:InvokeFunction", "arn:aws:lambda:*:999999999999:function:*"),
    {"Effect": "Allow", "NotAction": "*", "Resource": "*"},
    {"Effect": "Allow", "Action": "lambda:*", "NotResource": "*"},
    statement("iam:PassRole"),
    statement(["iam:PassRole", "lambda:CreateFunction"], f"arn:aws:iam::{ACCOUNT}:role/app-dev-inventory"),
    statement("sts:AssumeRole", "arn:aws:iam::999999999999:role/partner"),
    statement("sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/app-dev-inventory"),
    statement("ec2:Describe*"),
]
OPEN = [
    statement("lambda:InvokeFunction", Condition={"StringEquals": {"aws:ResourceTag/team": "jobs"}}),
    statement("lambda:InvokeFunction", "${var.target}"),
    statement("${var.action}"),
    statement("sts:AssumeRole"),
    statement(["iam:PassRole", "ecs:RunTask"], f"arn:aws:iam::{ACCOUNT}:role/elsewhere"),
    statement("iam:PutRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/elsewhere"),
]


def test_an_allow_that_matches_is_a_way_in_however_it_is_written() -> None:
    assert [one for one in SURE if batch(one) is not True] == []


def test_an_allow_of_anything_else_is_none() -> None:
    assert [one for one in NEVER if batch(one) is not False] == []


def test_an_allow_that_depends_on_what_is_not_here_is_a_doubt() -> None:
    assert [one for one in OPEN if batch(one) is not None] == []


def test_an_account_that_nobody_says_leaves_an_arn_open() -> None:
    assert batch(statement("lambda:InvokeFunction", INVENTORY), account=None) is None
    assert batch(statement("lambda:InvokeFunction", OWN), account=None) is True


def test_a_denial_counts_where_it_leaves_nothing() -> None:
    allow = statement("lambda:InvokeFunction")
    deny = statement("lambda:*", [INVENTORY, f"{INVENTORY}:*"], "Deny")
    assert batch(allow, deny) is False
    assert batch(allow, statement("lambda:*", INVENTORY, "Deny")) is True, "its aliases are left"
    assert batch(allow, {**deny, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}) is None
    assert batch(allow, {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}) is False
    assert batch(allow, {"Effect": "Deny", "Action": "lambda:*", "NotResource": "arn:aws:s3:::x"}) is False


def boundary(*statements: dict[str, Any], arn: str = "") -> bool | None:
    document = granted(statement("*"))
    own = add(document, "aws_iam_policy.boundary", name="boundary", policy=policy(*statements))
    resource(document, "aws_iam_role.batch")["permissions_boundary"] = arn or ref(own, "arn")
    return (ways(document)["batch"] or None) if ways(document) else False


def test_a_boundary_limits_what_policies_allow() -> None:
    assert boundary(statement("s3:*")) is False
    assert boundary(statement("lambda:*")) is True
    assert (
        boundary(
            statement("*"),
            statement(["lambda:*", "iam:*", "sts:*", "ec2:*", "ecs:*", "elasticload*"], effect="Deny"),
        )
        is False
    )
    assert boundary(statement("s3:*"), arn=f"arn:aws:iam::{ACCOUNT}:policy/elsewhere") is None


ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def attached(arn: Any) -> Document:
    document = with_roles()
    body = {"role": ref("aws_iam_role.batch", "name"), "policy_arn": arn}
    add(document, "aws_iam_role_policy_attachment.batch", **body)
    return document


def test_policies_are_read_wherever_they_are_attached() -> None:
    own = policy(statement("lambda:*"))
    documents = [
        attached(ADMIN),
        attached(ADMIN.replace("arn:aws:", "arn:${data.aws_partition.x.partition}:")),
    ]
    attach = {"name": "x", "roles": ["app-dev-batch"], "policy_arn": ADMIN}
    for address, body in (
        ("aws_iam_policy_attachment.x", attach),
        (
            "aws_iam_role_policy_attachments_exclusive.x",
            {"role_name": "app-dev-batch", "policy_arns": [ADMIN]},
        ),
        ("aws_iam_role_policy.x", {"role": "app-dev-batch", "policy": own}),
        ("aws_iam_role_policy.x", {"role": "${local.role}", "policy": "${local.policy}"}),
        (
            "aws_iam_role_policy.x",
            {"role": "app-dev-batch", "policy": "${data.aws_iam_policy_document.x.json}"},
        ),
        (
            "aws_iam_role_policy.x",
            {
                "role": "app-dev-batch",
                "policy": "${jsonencode({Statement = [{Effect = "
                '"Allow", Action = "lambda:*", Resource = aws_lambda_function.inventory.arn}]})}',
            },
        ),
    ):
        document = with_roles()
        document["locals"] = {"role": ref("aws_iam_role.batch"), "policy": own}
        statements = [{"actions": ["lambda:*"], "resources": ["*"]}]
        document["data"] = {"aws_iam_policy_document": {"x": {"statement": statements}}}
        add(document, address, **body)
        documents.append(document)
    for key, value in (
        ("managed_policy_arns", [ADMIN]),
        ("inline_policy", [{"name": "x", "policy": own}]),
    ):
        document = with_roles()
        resource(document, "aws_iam_role.batch")[key] = value
        documents.append(document)
    assert [number for number, one in enumerate(documents) if ways(one) != {"batch": True}] == []


def test_what_is_attached_and_not_known_is_a_doubt_by_its_name() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/elsewhere"
    [found] = [one for one in Reachability(attached(arn)).who_reaches("inventory") if one.by == "IAM"]
    assert arn in str(found.answer)
    assert ways(attached(arn)) == {"batch": False}
    known = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
    assert ways(attached(known)) == {}


def test_a_data_source_is_put_together_as_terraform_does_it() -> None:
    document = with_roles()
    add(
        document,
        "aws_iam_role_policy.x",
        role="app-dev-batch",
        policy="${data.aws_iam_policy_document.x.json}",
    )
    wide = {"sid": "Own", "actions": ["lambda:*"], "resources": ["*"]}
    narrow = {**wide, "actions": ["s3:GetObject"]}
    sources = {
        "x": {"statement": wide, "override_policy_documents": ["${data.aws_iam_policy_document.y.json}"]}
    }
    document["data"] = {"aws_iam_policy_document": {**sources, "y": {"statement": [narrow]}}}
    assert ways(document) == {}
    sources["x"] = {"source_policy_documents": ["${data.aws_iam_policy_document.z.json}"]}
    document["data"] = {"aws_iam_policy_document": {**sources, "z": {"statement": [wide]}}}
    assert ways(document) == {"batch": True}


def test_a_role_that_somebody_may_take_counts_for_him() -> None:
    document = granted(statement("sts:AssumeRole", ref("aws_iam_role.operator", "arn")))
    body = {"name": "operator", "assume_role_policy": trust(AWS=ref("aws_iam_role.batch", "arn"))}
    add(document, "aws_iam_role.operator", **body)
    add(document, "aws_iam_role_policy.operator", role="operator", policy=policy(statement("lambda:*", OWN)))
    assert ways(document) == {"batch": True, "operator": True}
    resource(document, "aws_iam_role.operator")["assume_role_policy"] = trust(Service="ec2.amazonaws.com")
    assert ways(document) == {"operator": True}
    resource(document, "aws_iam_role.operator")["assume_role_policy"] = trust(
        AWS=f"arn:aws:iam::{ACCOUNT}:root"
    )
    assert ways(document) == {"batch": True, "operator": True}


def test_users_groups_and_roles_elsewhere_are_named() -> None:
    document = with_roles()
    own = policy(statement("lambda:*"))
    add(document, "aws_iam_user.deployer", name="deployer")
    add(document, "aws_iam_user_policy.deployer", user=ref("aws_iam_user.deployer", "name"), policy=own)
    add(document, "aws_iam_group_policy.admins", group="admins", policy=own)
    assert ways(document) == {"deployer": True, "the group admins": True}


def test_a_role_that_is_not_here_is_a_doubt_of_its_workload() -> None:
    document = with_roles()
    resource(document, "aws_lambda_function.batch")["role"] = f"arn:aws:iam::{ACCOUNT}:role/elsewhere"
    assert ways(document) == {"batch": False}
    drop(document, "aws_lambda_function.batch")
    assert ways(document) == {}


def test_a_module_that_gets_a_role_may_give_it_more() -> None:
    document = with_roles()
    document["module"] = {"more": {"source": "./more", "role": ref("aws_iam_role.batch", "name")}}
    assert ways(document) == {"batch": False}


def test_a_function_may_do_to_itself_what_lets_nobody_else_in() -> None:
    assert (
        ways(
            granted(
                statement(
                    ["lambda:Invoke*", "lambda:UpdateFunctionCode"],
                    OWN,
                ),
                to="inventory",
            )
        )
        == {}
    )
    assert ways(granted(statement("lambda:AddPermission", OWN), to="inventory")) == {"inventory": True}


def test_a_permission_names_its_principal() -> None:
    document = with_roles()
    body = {"function_name": OWN, "action": "lambda:InvokeFunction"}
    add(document, "aws_lambda_permission.x", principal=f"arn:aws:iam::{ACCOUNT}:role/x", **body)
    assert ways(document) == {f"arn:aws:iam::{ACCOUNT}:role/x": True}
    resource(document, "aws_lambda_permission.x")["function_name"] = "${var.function}"
    assert ways(document) == {f"arn:aws:iam::{ACCOUNT}:role/x": False}


def test_a_policy_that_is_no_policy_is_a_doubt() -> None:
    for text in ("{", "[1]", '${file("policy.json")}', json.dumps({"Statement": ["x"]})):
        document = with_roles()
        add(document, "aws_iam_role_policy.x", role="app-dev-batch", policy=text)
        assert ways(document) == {"batch": False}, text
