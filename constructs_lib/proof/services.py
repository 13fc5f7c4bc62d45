"""Names of AWS services as VPC endpoints use them.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

import re

_REGIONAL = re.compile(r"(?:com|cn|cn\.com)\.amazonaws\.(?:vpce\.)?(?:\$\{[^}]*\}|[a-z0-9-]+)\.(.+)")

KNOWN = frozenset(
    {
        *("athena", "bedrock-runtime", "cloudformation", "cloudtrail", "codebuild", "dynamodb", "ec2"),
        *("ec2messages", "ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "elasticfilesystem"),
        *(
            "elasticloadbalancing",
            "events",
            "execute-api",
            "glue",
            "kinesis-firehose",
            "kinesis-streams",
            "kms",
            "lambda",
        ),
        *("logs", "monitoring", "rds", "rds-data", "redshift-data", "s3", "s3express", "sagemaker.runtime"),
        *("secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "states", "sts", "xray"),
    }
)
"""Short names that are taken for an AWS service also where no endpoint of the document serves it."""


def service_name(endpoint_service: str) -> str:
    """Give the short name of a service: ``logs`` for ``com.amazonaws.us-east-1.logs``; others stay.

    Somebody's own service is its ``vpce-svc-...``.
    """
    found = _REGIONAL.fullmatch(endpoint_service)
    return found[1] if found else endpoint_service


def is_private_service(name: str) -> bool:
    """Tell whether a short name is somebody's own service, which its endpoint's own DNS names lead to."""
    return name.startswith("vpce-svc-")
