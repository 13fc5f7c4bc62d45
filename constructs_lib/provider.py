"""The AWS provider of a stack, and the Terraform that it needs."""

from __future__ import annotations

from collections.abc import Mapping

from constructs_lib.bindings import TerraformStack, aws, literal
from constructs_lib.environment import Environment

# S3 locks without DynamoDB since this release.
REQUIRED_TERRAFORM = ">= 1.11"


def use_aws(stack: TerraformStack, *, environment: Environment, region: str, tags: Mapping[str, str]) -> None:
    """Give the stack its provider: the environment's account and role, its tags, and ``tags`` over them."""
    stack.add_override("terraform.required_version", REQUIRED_TERRAFORM)
    role = environment.assume_role_arn
    every = {**literal(environment.tags), **tags, "ManagedBy": "terraform"}
    aws.AwsProvider(
        stack,
        "aws_provider",  # no workload can have this id: their names have no "_"
        region=region,
        allowed_account_ids=[environment.account_id] if environment.account_id else None,
        assume_role=[aws.AwsProviderAssumeRole(role_arn=role)] if role else None,
        default_tags=[aws.AwsProviderDefaultTags(tags=every)],
    )
