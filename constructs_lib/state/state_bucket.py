"""The S3 bucket that holds Terraform's state: versioned, encrypted, private, and not to be destroyed."""

from __future__ import annotations

from constructs_lib.bindings import Construct, TerraformResourceLifecycle, address_of, aws
from constructs_lib.closed_bucket import close_bucket

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
        close_bucket(self, self._address, self.bucket, kms_key_arn=kms_key_arn)
        self._keep_versions()

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
