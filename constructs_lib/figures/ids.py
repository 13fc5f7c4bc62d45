"""How AWS writes ids, ARNs and registries: patterns without anchors and without named groups.

They are in the common subset of Rust's, Python's and JSON Schema's regular expressions.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

# https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
ACCOUNT_DIGITS = 12
ACCOUNT = f"[0-9]{{{ACCOUNT_DIGITS}}}"
PARTITION = "aws[a-z-]*"
# https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
REGION = "[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}"
ZONE_LETTER = "[a-z]"

# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html: old ids have 8 digits, new ones 17
_HEX = "([0-9a-f]{8}|[0-9a-f]{17})"
HEX_DIGITS = "8 or 17 hexadecimal digits"
EIP_ALLOCATION_ID = f"eipalloc-{_HEX}"
INTERNET_GATEWAY_ID = f"igw-{_HEX}"
NAT_GATEWAY_ID = f"nat-{_HEX}"
PREFIX_LIST_ID = "pl-[0-9a-f]{8,17}"
SECURITY_GROUP_ID = f"sg-{_HEX}"
SUBNET_ID = f"subnet-{_HEX}"
VPC_ENDPOINT_ID = f"vpce-{_HEX}"
VPC_ID = f"vpc-{_HEX}"
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html
HOSTED_ZONE_ID = "Z[A-Z0-9]{1,31}"

ACM_CERTIFICATE_ARN = f"arn:{PARTITION}:acm:{REGION}:{ACCOUNT}:certificate/[A-Za-z0-9-]+"
IAM_ROLE_ARN = f"arn:{PARTITION}:iam::{ACCOUNT}:role/[A-Za-z0-9+=,.@_/-]+"
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
IAM_PATH = "/([A-Za-z0-9+=,.@_-]+/)*"
IAM_POLICY_ARN = f"arn:{PARTITION}:iam::({ACCOUNT}|aws):policy/[A-Za-z0-9+=,.@_/-]+"
KMS_KEY_ARN = f"arn:{PARTITION}:kms:{REGION}:{ACCOUNT}:key/[A-Za-z0-9-]+"
LAMBDA_LAYER_ARN = f"arn:{PARTITION}:lambda:{REGION}:{ACCOUNT}:layer:[A-Za-z0-9_-]+:[0-9]+"
# https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
SNS_TOPIC_ARN = f"arn:{PARTITION}:sns:{REGION}:{ACCOUNT}:[A-Za-z0-9_-]{{1,256}}"
# https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
WEB_ACL_ARN = f"arn:{PARTITION}:wafv2:{REGION}:{ACCOUNT}:regional/webacl/[A-Za-z0-9_-]{{1,128}}/[A-Za-z0-9-]+"
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
SQS_QUEUE_ARN = f"arn:{PARTITION}:sqs:{REGION}:{ACCOUNT}:[A-Za-z0-9_-]{{1,80}}([.]fifo)?"
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
S3_BUCKET_ARN = f"arn:{PARTITION}:s3:::[a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9]"
# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
EVENT_BUS = f"(arn:{PARTITION}:events:{REGION}:{ACCOUNT}:event-bus/)?[A-Za-z0-9._/-]+"
SECRET_ARN = (
    f"arn:{PARTITION}:(secretsmanager:{REGION}:{ACCOUNT}:secret:|ssm:{REGION}:{ACCOUNT}:parameter/)"
    "[A-Za-z0-9/_+=.@:-]+"
)


def region_of_arn(arn: str) -> str:
    """The region in an ARN; empty in those of services without regions."""
    return arn.split(":")[3]


def account_of_arn(arn: str) -> str:
    """The account id in an ARN."""
    return arn.split(":")[4]
