"""Names of AWS services behind VPC endpoints: short ones (``logs``) and full ones.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

import re

from constructs_lib.figures import ids

# https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
GATEWAY_SERVICES = ("s3", "dynamodb", "s3express")
# Services whose interface endpoints have no private DNS name: clients name an endpoint's own DNS name.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-streams.html
# https://docs.aws.amazon.com/iot/latest/developerguide/IoTCore-VPC.html
WITHOUT_PRIVATE_DNS = frozenset(
    {"dynamodb", "dynamodb-fips", "dynamodb-streams", "iot.credentials", "iot.data"}
)
# Short names that are taken for an AWS service wherever they stand, whether or not an endpoint serves it.
KNOWN_SERVICES = frozenset(
    {
        "athena", "bedrock-runtime", "cloudformation", "cloudtrail", "codebuild", "dynamodb", "ec2",
        "ec2messages", "ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "elasticfilesystem",
        "elasticloadbalancing", "events", "execute-api", "glue", "kinesis-firehose", "kinesis-streams", "kms",
        "lambda", "logs", "monitoring", "rds", "rds-data", "redshift-data", "s3", "s3express",
        "sagemaker.runtime", "secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "states", "sts", "xray"
    }
)  # fmt: skip
# The endpoint that an IAM action goes through, by the action's prefix; of most services it has the same name.
ENDPOINT_OF_ACTIONS = {
    "bedrock": "bedrock-runtime",
    "cloudwatch": "monitoring",
    "ecr": "ecr.api",
    "firehose": "kinesis-firehose",
    "kinesis": "kinesis-streams",
    **{
        name: name
        for name in (
            *("athena", "dynamodb", "ecs", "events", "execute-api", "glue", "kms", "lambda", "logs"),
            *("rds-data", "redshift-data", "rekognition", "s3", "secretsmanager", "sns", "sqs", "ssm"),
            *("states", "sts", "textract", "xray"),
        )
    },
}
# What `aws ec2 describe-vpc-endpoint-services` answers in cn-north-1 and cn-northwest-1: the interface
# endpoints whose names begin with cn.com.amazonaws there; all others begin with com.amazonaws everywhere.
_CHINA_PREFIXED = frozenset(
    {
        "account", "application-autoscaling", "athena", "autoscaling", "backup", "batch", "cassandra",
        "cloudcontrolapi", "cloudformation", "dms", "ebs", "ec2", "ecr.api", "ecr.dkr", "eks", "elasticache",
        "elasticbeanstalk", "elasticfilesystem", "elasticfilesystem-fips", "emr-containers", "execute-api",
        "fsx", "imagebuilder", "iot.data", "kinesis-streams", "lambda", "license-manager", "monitoring",
        "polly", "rds", "redshift", "redshift-data", "s3", "sagemaker.api", "sagemaker.featurestore-runtime",
        "sagemaker.runtime", "securityhub", "servicecatalog", "sqs", "states", "sts", "sync-states",
        "synthetics", "transcribestreaming", "transfer", "workspaces", "xray"
    }
)  # fmt: skip
_SHORT = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_FULL = re.compile(rf"(?:cn\.)?com\.amazonaws\.(?P<region>{ids.REGION})\.(?P<service>[a-z0-9.-]+)\Z")
_PRIVATE = re.compile(
    rf"(?:cn\.)?com\.amazonaws\.vpce\.(?P<region>{ids.REGION})\.(?P<service>vpce-svc-[0-9a-f]{{8,17}})\Z"
)
_OF_ANY_REGION = re.compile(
    r"(?:com|cn|cn\.com)\.amazonaws\.(?:vpce\.)?(?:\$\{[^}]*\}|[a-z0-9-]+)\.(?P<service>.+)"
)


def endpoint_service_name(name: str, region: str, *, gateway: bool = False) -> str:
    """The full name that AWS knows a service by; a full name stays as it is.

    gateway: whether it is the service of a gateway endpoint.
    """
    if "amazonaws." in name:
        return name
    china = region.startswith("cn-") and name in _CHINA_PREFIXED and not gateway
    private = "vpce." if is_private_service(name) else ""
    return f"{'cn.' if china else ''}com.amazonaws.{private}{region}.{name}"


def is_private_service(short: str) -> bool:
    """Whether it is somebody's own service, whose owner decides about a private DNS name.

    Without one, the endpoint's own DNS names lead to it.
    """
    return short.startswith("vpce-svc-")


def has_private_dns(short: str) -> bool:
    """Whether the service's own name can lead to an interface endpoint of it."""
    return not is_private_service(short) and short not in WITHOUT_PRIVATE_DNS


def endpoint_short_name(name: str, region: str) -> str:
    """What the service is called here: ``logs`` for ``com.amazonaws.us-east-1.logs``.

    Somebody's own service is its ``vpce-svc-...``. A name of another region, or one that AWS would not know,
    stays as it is.
    """
    match = _PRIVATE.match(name) or _FULL.match(name)
    return match["service"] if match and match["region"] == region else name


def service_of_any_region(name: str) -> str:
    """What the service is called, whatever its region, which may be an expression: ``${var.region}``.

    Somebody's own service is its ``vpce-svc-...``; a name of another form stays as it is.
    """
    match = _OF_ANY_REGION.fullmatch(name)
    return match["service"] if match else name


def service_name_region(name: str) -> str | None:
    """The region in a full name; None in a short one."""
    match = _PRIVATE.match(name) or _FULL.match(name)
    return match["region"] if match else None


def is_service_name(name: str) -> bool:
    """Whether this can be the name of a service, short or full."""
    if "amazonaws" in name or name.startswith("vpce"):
        return bool(_PRIVATE.match(name) or _FULL.match(name))
    return bool(_SHORT.match(name)) and len(name) <= 100
