"""The forms that texts in the file must have: a pattern for the schema, and the words for people.

Patterns are in the common subset of Rust's, Python's and JSON Schema's regular expressions.
"""

from __future__ import annotations

from constructs_lib.figures import ids, quotas, triggers
from constructs_lib.load_balancing import web_acl
from constructs_lib.option_checks import CERTIFICATE_ARN as CERTIFICATE_ARN
from constructs_lib.option_checks import LAYER_ARN as LAYER_ARN
from constructs_lib.option_checks import SECRET_ARN as SECRET_ARN
from constructs_lib.option_checks import Form as Form

NAME = Form(
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    "must be lower-case letters, digits and single hyphens, begin with a letter and not end with a hyphen",
    'write a name like "shop" or "team-a"',
)
REGION = Form(
    f"^{ids.REGION}$",
    "is not the form of an AWS region",
    'write a region like "us-east-1" or "eu-central-1" (without the letter of a zone)',
)
ACCOUNT_ID = Form(
    f"^{ids.ACCOUNT}$",
    f"an AWS account id has exactly {ids.ACCOUNT_DIGITS} digits",
    f'write the {ids.ACCOUNT_DIGITS} digits in quotes and without separators, like "123456789012"',
)
LOCAL_URL = Form(
    r"^http://(127\.0\.0\.1|localhost):[0-9]{1,5}$",
    "is not the address of a program of this machine",
    'write "http://127.0.0.1:<port>"',
)
ROLE_ARN = Form(
    f"^{ids.IAM_ROLE_ARN}$",
    "is not the ARN of an IAM role",
    'write "arn:aws:iam::<account id>:role/<name>"',
)
POLICY_ARN = Form(
    f"^{ids.IAM_POLICY_ARN}$",
    "is not the ARN of a managed IAM policy",
    'write "arn:aws:iam::<account id>:policy/<name>"',
)
IAM_PATH = Form(
    f"^{ids.IAM_PATH}$",
    "a path of IAM begins and ends with a slash, with letters, digits and +=,.@_- between",
    'write it like "/teams/shop/"',
)
KMS_KEY_ARN = Form(
    f"^{ids.KMS_KEY_ARN}$",
    "is not the ARN of a KMS key (an alias is none)",
    'write "arn:aws:kms:<region>:<account id>:key/<key id>"',
)
TOPIC_ARN = Form(
    f"^{ids.SNS_TOPIC_ARN}$",
    "is not the ARN of a standard SNS topic",
    'write "arn:aws:sns:<region>:<account id>:<name>"',
)
EMAIL = Form(
    "^[A-Za-z0-9._+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?[.])+[A-Za-z]{2,}$",
    "is not the form of an email address",
    'write one address like "on-call@example.com"',
)
WEB_ACL_ARN = Form(
    f"^{ids.WEB_ACL_ARN}$",
    web_acl.FORM_RULE,
    web_acl.FORM_WAY_OUT,
)
BUCKET = Form(
    f"^{quotas.BUCKET_NAME}$",
    f"an S3 bucket name is {quotas.BUCKET_NAME_LENGTH} lower-case letters, digits, hyphens and dots, and "
    "begins and ends with a letter or digit",
    'write the bucket\'s name alone, like "acme-terraform-state" (no "s3://", no ARN)',
)
# https://developer.hashicorp.com/terraform/cloud-docs/workspaces/create
HCP_ORGANIZATION = Form(
    "^[A-Za-z0-9][A-Za-z0-9_-]{1,38}[A-Za-z0-9]$",
    "an organization of HCP Terraform is 3 to 40 letters, digits, hyphens and underscores",
    'write its name as in its address, app.terraform.io/app/<organization>, like "acme"',
)
HCP_WORKSPACE = Form(
    "^[A-Za-z0-9_-]{1,90}$",
    "a workspace of HCP Terraform is 1 to 90 letters, digits, hyphens and underscores",
    'write its name, like "shop-dev"',
)
HCP_TAG = Form(
    "^[A-Za-z0-9]([A-Za-z0-9:_-]{0,253}[A-Za-z0-9])?$",
    "a workspace's tag is 1 to 255 letters, digits, colons, hyphens and underscores, and begins and ends "
    "with a letter or digit",
    'write it like "shop"',
)
HOSTNAME = Form(
    "^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[0-9]{1,5})?$",
    "is no host name",
    'write it like "terraform.example.com", without "https://"',
)
SECURITY_GROUP_ID = Form(
    f"^{ids.SECURITY_GROUP_ID}$",
    f'a security group id is "sg-" and {ids.HEX_DIGITS}',
    'write an id like "sg-0123456789abcdef0", not the name of the group',
)
PREFIX_LIST_ID = Form(
    f"^{ids.PREFIX_LIST_ID}$",
    'a prefix list id is "pl-" and 8 to 17 hexadecimal digits',
    'write an id like "pl-0123456789abcdef0"',
)
ALLOCATION_ID = Form(
    f"^{ids.EIP_ALLOCATION_ID}$",
    f'the allocation id of an Elastic IP is "eipalloc-" and {ids.HEX_DIGITS}',
    'write an id like "eipalloc-0123456789abcdef0", not the address',
)
ZONE_ID = Form(
    f"^{ids.HOSTED_ZONE_ID}$",
    'the id of a hosted zone is "Z" and capital letters and digits',
    'write the zone\'s id, like "Z0123456789ABCDEFGHIJ", not its name',
)
DOMAIN = Form(
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
    "is not the form of a domain name: labels of lower-case letters, digits and hyphens, joined by dots",
    'write one name like "shop.example.com", without a protocol, a wildcard or a dot at its end',
)
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
CONTAINER_USER = Form(
    "^[a-z0-9_][a-z0-9_-]{0,31}(:[a-z0-9_][a-z0-9_-]{0,31})?$",
    "is no user of a container: a name or number, with a group behind a colon",
    'write it like "1000", "app" or "1000:1000"',
)
QUEUE = Form(
    f"^(new|{ids.SQS_QUEUE_ARN})$",
    "is neither the word for a queue that is made here nor the ARN of one",
    'write "new", or "arn:aws:sqs:<region>:<account id>:<name>"',
)
SCHEDULE = Form(
    f"^({triggers.SCHEDULE_EXPRESSION})$",
    "is no expression of EventBridge Scheduler",
    'write "rate(5 minutes)", "cron(0 6 * * ? *)" with its six fields, or "at(2030-01-31T06:00:00)"',
)
TIME_ZONE = Form(
    "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$",
    "is not the form of a time zone",
    'write one like "Europe/Berlin" or "UTC"',
)
EVENT_BUS = Form(
    f"^{ids.EVENT_BUS}$",
    "is neither the name nor the ARN of an event bus",
    'write its name, like "default", or "arn:aws:events:<region>:<account id>:event-bus/<name>"',
)
BUCKET_ARN = Form(
    f"^{ids.S3_BUCKET_ARN}$",
    "is not the ARN of an S3 bucket",
    'write "arn:aws:s3:::<name>"',
)
BUCKET_EVENT = Form(
    f"^{triggers.BUCKET_EVENT}$",
    "is no event of S3",
    'write one like "s3:ObjectCreated:*"',
)
VPC_ID = Form(
    f"^{ids.VPC_ID}$",
    f'the id of a VPC is "vpc-" and {ids.HEX_DIGITS}',
    'write an id like "vpc-0123456789abcdef0"; `aws ec2 describe-vpcs` lists them',
)
INTERNET_GATEWAY_ID = Form(
    f"^{ids.INTERNET_GATEWAY_ID}$",
    f'the id of an internet gateway is "igw-" and {ids.HEX_DIGITS}',
    'write an id like "igw-0123456789abcdef0"',
)
SUBNET_ID = Form(
    f"^{ids.SUBNET_ID}$",
    f'the id of a subnet is "subnet-" and {ids.HEX_DIGITS}',
    'write an id like "subnet-0123456789abcdef0", not its block or its name',
)
NAT_GATEWAY_ID = Form(
    f"^{ids.NAT_GATEWAY_ID}$",
    f'the id of a NAT gateway is "nat-" and {ids.HEX_DIGITS}',
    'write an id like "nat-0123456789abcdef0"',
)
VPC_ENDPOINT_ID = Form(
    f"^{ids.VPC_ENDPOINT_ID}$",
    f'the id of a VPC endpoint is "vpce-" and {ids.HEX_DIGITS}',
    'write an id like "vpce-0123456789abcdef0", not the name of its service',
)

LOCAL_URL = Form(
    r"^http://(127\.0\.0\.1|localhost):[0-9]{1,5}$",
    "is not the address of a program of this machine",
    'write it like "http://127.0.0.1:3000", without a path',
)

FORMS = {form.pattern: form for form in tuple(globals().values()) if isinstance(form, Form)}
