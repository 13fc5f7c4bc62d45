"""Quotas of services of which little is needed: IAM, ACM, S3 and tags."""

from __future__ import annotations

from constructs_lib.figures.bounds import Bounds

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
ROLE_NAME_LENGTH = 64
ROLE_PATH_LENGTH = 512
MANAGED_POLICIES_PER_ROLE = 10
INLINE_POLICIES_LENGTH = 10_240  # of all inline policies of a role together, white space not counted
MANAGED_POLICY_LENGTH = 6_144  # white space not counted
# https://github.com/hashicorp/terraform-provider-aws/blob/v6.25.0/internal/service/iam/role.go
ROLE_NAME_PREFIX_LENGTH = 38
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
SESSION_S = Bounds(3_600, 43_200)
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
POLICY_VERSION = "2012-10-17"

# https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html: the first name
COMMON_NAME_LENGTH = 64

# https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
TAGS_PER_RESOURCE = 50
# letters, numbers and blanks of Unicode, none that begins a new line or a column
TAG_TEXT = r"(?:[\w.:/=+@-]|[^\S\t-\r\x1c-\x1f\x85\u2028\u2029])*"
TAG_KEY_LENGTH = 128
TAG_VALUE_LENGTH = 256
TAG_RESERVED_PREFIX = "aws:"

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
BUCKET_NAME_LENGTH = Bounds(3, 63)
BUCKET_NAME = f"[a-z0-9][a-z0-9.-]{{{BUCKET_NAME_LENGTH.least - 2},{BUCKET_NAME_LENGTH.most - 2}}}[a-z0-9]"
BUCKET_RESERVED_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
BUCKET_RESERVED_SUFFIXES = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an")
