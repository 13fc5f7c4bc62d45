"""What invokes a function itself, by a permission that names it: rules, buckets and topics."""

from __future__ import annotations

from constructs_lib.bindings import Address, Construct, address_of, aws, json_text
from constructs_lib.compute.triggers.invoked import Invoked
from constructs_lib.compute.triggers.options import BucketTrigger, EventTrigger, TopicTrigger
from constructs_lib.figures import principals
from constructs_lib.figures.ids import account_of_arn
from constructs_lib.figures.lambda_tables import STATEMENT_ID_LENGTH
from constructs_lib.figures.triggers import RULE_NAME_LENGTH
from constructs_lib.names import physical_name
from constructs_lib.network.account import account_of


def _permit(
    scope: Construct,
    address: Address,
    invoked: Invoked,
    *,
    label: str,
    principal: str,
    source_arn: str,
    source_account: str,
) -> aws.LambdaPermission:
    """Let one thing of a service, of one account, invoke the alias."""
    permission = aws.LambdaPermission(
        scope,
        "permission",
        statement_id=physical_name("trigger", label, limit=STATEMENT_ID_LENGTH),
        action="lambda:InvokeFunction",
        function_name=invoked.function.function_name,
        qualifier=invoked.alias.name,
        principal=principal,
        source_arn=source_arn,
        source_account=source_account,
    )
    return address.give(permission)


class EventRule(Construct):
    """Invokes a function with the events of a bus that match a pattern.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, trigger: EventTrigger, invoked: Invoked
    ) -> None:
        super().__init__(scope, id_)
        address = address_of(self)
        rule = aws.CloudwatchEventRule(
            self,
            "rule",
            name=physical_name(invoked.name_of(label), limit=RULE_NAME_LENGTH),
            description=f"Invokes {invoked.workload}",
            event_bus_name=trigger.event_bus,
            event_pattern=json_text(trigger.pattern),
            state="ENABLED",
        )
        rule = address.give(rule)
        permission = _permit(
            self,
            address,
            invoked,
            label=label,
            principal=principals.EVENTS,
            source_arn=rule.arn,
            source_account=account_of(self).id,
        )
        target = aws.CloudwatchEventTarget(
            self,
            "target",
            rule=rule.name,
            event_bus_name=trigger.event_bus,
            target_id=invoked.workload,
            arn=invoked.alias.arn,
            depends_on=[permission],
        )
        address.give(target)


class BucketNotifications(Construct):
    """Invokes a function with the notifications of a bucket, all of whose configuration this becomes.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, trigger: BucketTrigger, invoked: Invoked
    ) -> None:
        super().__init__(scope, id_)
        address = address_of(self)
        permission = _permit(
            self,
            address,
            invoked,
            label=label,
            principal=principals.S3,
            source_arn=trigger.bucket,
            source_account=account_of(self).id,
        )
        function = aws.S3BucketNotificationLambdaFunction(
            id=label,
            lambda_function_arn=invoked.alias.arn,
            events=sorted(trigger.events),
            filter_prefix=trigger.prefix,
            filter_suffix=trigger.suffix,
        )
        notification = aws.S3BucketNotification(
            self, "notification", bucket=trigger.name, lambda_function=[function], depends_on=[permission]
        )
        address.give(notification)


class TopicSubscription(Construct):
    """Invokes a function with the messages of a topic, which may belong to another account.

    https://docs.aws.amazon.com/sns/latest/dg/sns-lambda-as-subscriber.html
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, trigger: TopicTrigger, invoked: Invoked
    ) -> None:
        super().__init__(scope, id_)
        address = address_of(self)
        owner = account_of(self).id if "${" in trigger.topic else account_of_arn(trigger.topic)
        permission = _permit(
            self,
            address,
            invoked,
            label=label,
            principal=principals.SNS,
            source_arn=trigger.topic,
            source_account=owner,
        )
        subscription = aws.SnsTopicSubscription(
            self,
            "subscription",
            topic_arn=trigger.topic,
            protocol="lambda",
            endpoint=invoked.alias.arn,
            filter_policy=None if trigger.filter is None else json_text(trigger.filter),
            depends_on=[permission],
        )
        address.give(subscription)
