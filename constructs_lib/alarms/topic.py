"""The SNS topic that writes emails for alarms."""

from __future__ import annotations

import json

from constructs_lib.bindings import Construct, aws
from constructs_lib.bindings.addresses import Address
from constructs_lib.figures import principals
from constructs_lib.figures.cloudwatch import TOPIC_NAME_LENGTH
from constructs_lib.iam import document
from constructs_lib.names import physical_name
from constructs_lib.network.account import account_of


def create_topic(
    scope: Construct, address: Address, *, name: str, region: str, email: str, kms_key_arn: str | None
) -> str:
    """Create the topic with its one subscription, and return its ARN once alarms may write to it.

    Its policy admits the alarms of the account and region. kms_key_arn: a customer's key whose policy admits
    CloudWatch, or none: AWS's own key of SNS admits no alarm.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    """
    topic = aws.SnsTopic(
        scope,
        "topic",
        name=physical_name(name, "alarms", limit=TOPIC_NAME_LENGTH),
        kms_master_key_id=kms_key_arn,
    )
    arn = address.give_whole(topic, "alarms").arn
    account = account_of(scope)
    alarms = f"arn:{account.partition}:cloudwatch:{region}:{account.id}:alarm:*"
    statement = {
        "Sid": "AlarmsOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": principals.CLOUDWATCH},
        "Action": "sns:Publish",
        "Resource": arn,
        "Condition": {
            "ArnLike": {"aws:SourceArn": alarms},
            "StringEquals": {"aws:SourceAccount": account.id},
        },
    }
    policy = aws.SnsTopicPolicy(scope, "topic_policy", arn=arn, policy=json.dumps(document(statement)))
    address.give_whole(policy, "alarms")
    subscription = aws.SnsTopicSubscription(
        scope, "subscription", topic_arn=arn, protocol="email", endpoint=email
    )
    address.give_whole(subscription, "alarms")
    return arn
