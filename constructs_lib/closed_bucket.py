"""What every S3 bucket here has around it: encrypted, private, without ACLs, and asked by TLS alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs_lib.bindings import Construct, aws, json_text
from constructs_lib.bindings.addresses import Address
from constructs_lib.iam import document


def close_bucket(
    scope: Construct,
    address: Address,
    bucket: aws.S3Bucket,
    *parts: str,
    kms_key_arn: str | None = None,
    statements: Sequence[dict[str, Any]] = (),
) -> aws.S3BucketPolicy:
    """Close a bucket to everybody but the account's own principals and those of the statements.

    parts: what its addresses have behind that of the construct. kms_key_arn: the key that encrypts it; by
    default S3's own encryption. Returns the policy, which stands once the bucket is closed.
    """
    default = aws.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
        sse_algorithm="aws:kms" if kms_key_arn else "AES256", kms_master_key_id=kms_key_arn
    )
    rule = aws.S3BucketServerSideEncryptionConfigurationRuleA(
        apply_server_side_encryption_by_default=default, bucket_key_enabled=bool(kms_key_arn) or None
    )
    encryption = aws.S3BucketServerSideEncryptionConfigurationA(
        scope, "encryption", bucket=bucket.id, rule=[rule]
    )
    address.give(encryption, *parts)
    ownership = aws.S3BucketOwnershipControls(
        scope,
        "ownership",
        bucket=bucket.id,
        rule=aws.S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
    )
    address.give(ownership, *parts)
    block = aws.S3BucketPublicAccessBlock(
        scope,
        "public_access_block",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    policy = aws.S3BucketPolicy(
        scope,
        "policy",
        bucket=bucket.id,
        policy=json_text(document(*statements, tls_only(bucket.arn))),
        # S3 refuses both changes of one bucket at the same time (OperationAborted)
        depends_on=[address.give(block, *parts)],
    )
    return address.give(policy, *parts)


def tls_only(bucket_arn: str) -> dict[str, Any]:
    """Give the statement that refuses every request that is not encrypted on its way.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
    """
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
