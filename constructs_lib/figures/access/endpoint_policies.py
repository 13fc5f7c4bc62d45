"""Which endpoints take a policy, and what AWS itself needs through one.

https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies
"""

from __future__ import annotations

POLICY_LENGTH = 20_480
"""Characters of an endpoint policy, white space included."""

OF_THE_ACCOUNT = frozenset(
    {
        "dynamodb", "ecr.api", "ecr.dkr", "events", "kinesis-firehose", "kinesis-streams", "kms", "lambda",
        "logs", "monitoring", "s3", "secretsmanager", "sns", "sqs", "states"
    }
)  # fmt: skip
"""Services whose resources belong to an account, so that a policy can hold to one."""

FOR_ITS_PRINCIPALS = frozenset({"athena", "bedrock-runtime", "ecs", "glue", "rds-data", "ssm", "sts", "xray"})
"""Services that take a policy, and hand out what belongs to AWS or to nobody: public parameters, models."""


def image_layers(partition: str, region: str) -> str:
    """Give the ARN of what ECR keeps the layers of images in; ECR signs these requests, whoever pulls.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
    """
    return f"arn:{partition}:s3:::prod-{region}-starport-layer-bucket/*"
