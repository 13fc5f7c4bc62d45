"""The S3 bucket that a load balancer writes its access logs into."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.bindings import Construct, aws
from constructs_lib.bindings.addresses import Address
from constructs_lib.closed_bucket import close_bucket
from constructs_lib.figures.load_balancer import ACCESS_LOGS_DAYS, DEFAULT_ACCESS_LOGS_DAYS
from constructs_lib.figures.principals import LOG_DELIVERY
from constructs_lib.load_balancing.log_bucket import WhenRemoved, log_bucket_name
from constructs_lib.network.account import account_of
from constructs_lib.option_checks import bounded, chosen, refuse

_PART = "access_logs"
_INCOMPLETE_UPLOAD_DAYS = 7


@dataclass(frozen=True)
class AccessLogs:
    """Access logs in a bucket that is made for them.

    days: until a log is deleted. when_removed: what becomes of logs when the bucket goes: AWS refuses that
    while there are any (``refuse``), or they are deleted with it (``delete``).

    Raises:
        ConfigError: one of these can't be.
    """

    days: int = DEFAULT_ACCESS_LOGS_DAYS
    when_removed: WhenRemoved = "refuse"

    def __post_init__(self) -> None:
        refuse(
            bounded("days", self.days, ACCESS_LOGS_DAYS),
            chosen("when_removed", self.when_removed, ("refuse", "delete")),
        )


@dataclass(frozen=True)
class LogBucket:
    """A bucket that takes access logs. name: its name in AWS. policy: what admits the log delivery."""

    name: str
    policy: aws.S3BucketPolicy


def create_log_bucket(scope: Construct, address: Address, *, name: str, options: AccessLogs) -> LogBucket:
    """Create the bucket of a load balancer, which writes below the prefix ``name``.

    Log delivery encrypts with S3's own keys alone. Its policy stands before the logs are turned on: AWS then
    tries to write into it. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    """
    account = account_of(scope)
    inner = Construct(scope, _PART)
    bucket = aws.S3Bucket(
        inner,
        "bucket",
        bucket=log_bucket_name(name, account.id),
        force_destroy=options.when_removed == "delete",
    )
    address.give(bucket, _PART)
    delivery = {
        "Sid": "LogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": LOG_DELIVERY},
        "Action": "s3:PutObject",
        "Resource": f"{bucket.arn}/{name}/AWSLogs/{account.id}/*",
    }
    policy = close_bucket(inner, address, bucket, _PART, statements=[delivery])
    rule = aws.S3BucketLifecycleConfigurationRule(
        id="expiry",
        status="Enabled",
        filter=[aws.S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        expiration=[aws.S3BucketLifecycleConfigurationRuleExpiration(days=options.days)],
        abort_incomplete_multipart_upload=[
            aws.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                days_after_initiation=_INCOMPLETE_UPLOAD_DAYS
            )
        ],
    )
    lifecycle = aws.S3BucketLifecycleConfiguration(inner, "lifecycle", bucket=bucket.id, rule=[rule])
    address.give(lifecycle, _PART)
    return LogBucket(bucket.id, policy)
