"""The S3 bucket that holds Terraform's state: versioned, encrypted, private, and not to be destroyed."""

from __future__ import annotations

from typing import Any

from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws, json_text
from constructs_lib.iam import document

OLD_VERSION_DAYS = 90
KEPT_VERSIONS = 20
INCOMPLETE_UPLOAD_DAYS = 7


class StateBucket(Construct):
    """A bucket for the state of many environments.

    name: the bucket's physical name. kms_key_arn: the key that encrypts it; by default S3's own encryption.
    The newest 20 old versions of a state are kept, and every one for 90 days.
    https://developer.hashicorp.com/terraform/language/backend/s3
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, kms_key_arn: str | None = None) -> None:
        super().__init__(scope, id_)
        self._address = address_of(self)
        self.bucket = self._address.give(
            aws.S3Bucket(
                self, "bucket", bucket=name, lifecycle=TerraformResourceLifecycle(prevent_destroy=True)
            )
        )
        self.name = self.bucket.id
        self._encrypt(kms_key_arn)
        self._close()
        self._keep_versions()

    def _encrypt(self, kms_key_arn: str | None) -> None:
        default = aws.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
            sse_algorithm="aws:kms" if kms_key_arn else "AES256", kms_master_key_id=kms_key_arn
        )
        rule = aws.S3BucketServerSideEncryptionConfigurationRuleA(
            apply_server_side_encryption_by_default=default, bucket_key_enabled=bool(kms_key_arn) or None
        )
        encryption = aws.S3BucketServerSideEncryptionConfigurationA(
            self, "encryption", bucket=self.name, rule=[rule]
        )
        self._address.give(encryption)

    def _close(self) -> None:
        """Nobody but the account's own principals, with neither ACLs nor plain HTTP."""
        ownership = aws.S3BucketOwnershipControls(
            self,
            "ownership",
            bucket=self.name,
            rule=aws.S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
        )
        self._address.give(ownership)
        block = aws.S3BucketPublicAccessBlock(
            self,
            "public_access_block",
            bucket=self.name,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        policy = aws.S3BucketPolicy(
            self,
            "policy",
            bucket=self.name,
            policy=json_text(tls_only_policy(self.bucket.arn)),
            # S3 refuses both changes of one bucket at the same time (OperationAborted)
            depends_on=[self._address.give(block)],
        )
        self._address.give(policy)

    def _keep_versions(self) -> None:
        versioning = aws.S3BucketVersioningA(
            self,
            "versioning",
            bucket=self.name,
            versioning_configuration=aws.S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        rule = aws.S3BucketLifecycleConfigurationRule(
            id="old-versions",
            status="Enabled",
            filter=[aws.S3BucketLifecycleConfigurationRuleFilter(prefix="")],
            noncurrent_version_expiration=[
                aws.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                    noncurrent_days=OLD_VERSION_DAYS, newer_noncurrent_versions=KEPT_VERSIONS
                )
            ],
            # what is left of lock files, each of which is deleted when its run ends
            expiration=[aws.S3BucketLifecycleConfigurationRuleExpiration(expired_object_delete_marker=True)],
            abort_incomplete_multipart_upload=[
                aws.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                    days_after_initiation=INCOMPLETE_UPLOAD_DAYS
                )
            ],
        )
        lifecycle = aws.S3BucketLifecycleConfiguration(
            self,
            "lifecycle",
            bucket=self.name,
            rule=[rule],
            depends_on=[self._address.give(versioning)],
        )
        self._address.give(lifecycle)


def tls_only_policy(bucket_arn: str) -> dict[str, Any]:
    """Refuse every request that is not encrypted on its way.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
    """
    statement = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return document(statement)
