"""IAM beside the default document: roles of its workloads with whatever policies a test is about."""

from __future__ import annotations

import json
from typing import Any

from tests.support.architecture import Document, add, default_document, ref, resource

ACCOUNT = "123456789012"


def statement(action: Any, resource_: Any = "*", effect: str = "Allow", **more: Any) -> dict[str, Any]:
    """One statement of a policy."""
    return {"Effect": effect, "Action": action, "Resource": resource_, **more}


def policy(*statements: dict[str, Any]) -> str:
    """A policy as Terraform JSON holds it."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(**principal: Any) -> str:
    """A trust policy."""
    allow = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [allow]})


def with_roles(*, account: str | None = ACCOUNT) -> Document:
    """The default document with a job that calls nobody, and a role for every function."""
    document = default_document()
    document["provider"] = {"aws": [{"region": "us-east-1"}]}
    if account:
        document["provider"]["aws"][0]["allowed_account_ids"] = [account]
    add(document, "aws_lambda_function.batch", function_name="app-dev-batch")
    for name in ("batch", "inventory", "storefront"):
        role = add(
            document,
            f"aws_iam_role.{name}",
            name=f"app-dev-{name}",
            assume_role_policy=trust(Service="lambda.amazonaws.com"),
        )
        resource(document, f"aws_lambda_function.{name}")["role"] = ref(role, "arn")
    return document


def granted(*statements: dict[str, Any], to: str = "batch", **options: Any) -> Document:
    """The document in which the role of a function has an inline policy of these statements."""
    document = with_roles(**options)
    body = {"role": ref(f"aws_iam_role.{to}"), "policy": policy(*statements)}
    add(document, f"aws_iam_role_policy.{to}", name="own", **body)
    return document
