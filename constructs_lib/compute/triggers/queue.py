"""A queue whose messages a function gets."""

from __future__ import annotations

from typing import Any

from constructs_lib.bindings import Construct, address_of, aws, json_text
from constructs_lib.compute.triggers.invoked import Invoked
from constructs_lib.compute.triggers.options import QueueTrigger
from constructs_lib.figures.quotas import ROLE_NAME_LENGTH
from constructs_lib.figures.triggers import DEFAULT_RETENTION_S, QUEUE_NAME_LENGTH, RETENTION_S
from constructs_lib.iam import queue_policy
from constructs_lib.names import physical_name
from constructs_lib.option_checks import is_token


class ConsumedQueue(Construct):
    """Lets a function consume a queue, which is made here unless it exists.

    A new queue is encrypted, and what fails again and again goes to its dead-letter queue, which takes from
    it alone and keeps messages as long as SQS does. arn, url: the queue's; url and dead_letters are None for
    one that exists. name, dead_letters_name: as CloudWatch names them, as far as they are known at synth.
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, trigger: QueueTrigger, invoked: Invoked
    ) -> None:
        super().__init__(scope, id_)
        self._address = address_of(self)
        self._trigger = trigger
        self.arn = trigger.queue
        self.name = None if is_token(trigger.queue) else trigger.queue.rpartition(":")[2]
        self.url: str | None = None
        self.dead_letters: aws.SqsQueue | None = None
        self.dead_letters_name: str | None = None
        if trigger.is_new:
            self._create(label, invoked)
        self._consume(label, invoked)

    def _create(self, label: str, invoked: Invoked) -> None:
        self.name = physical_name(invoked.name_of(label), limit=QUEUE_NAME_LENGTH)
        self.dead_letters_name = physical_name(
            f"{invoked.name_of(label)}--dead-letters", limit=QUEUE_NAME_LENGTH
        )
        dead_letters = aws.SqsQueue(
            self,
            "dead_letters",
            name=self.dead_letters_name,
            message_retention_seconds=RETENTION_S.most,
            **self._encryption(),
        )
        self.dead_letters = self._address.give(dead_letters, "dead_letters")
        redrive = {
            "deadLetterTargetArn": self.dead_letters.arn,
            "maxReceiveCount": self._trigger.max_receives,
        }
        queue = aws.SqsQueue(
            self,
            "queue",
            name=self.name,
            message_retention_seconds=DEFAULT_RETENTION_S,
            visibility_timeout_seconds=self._trigger.visibility_s(invoked.timeout_s),
            redrive_policy=json_text(redrive),
            **self._encryption(),
        )
        queue = self._address.give(queue)
        self.arn, self.url = queue.arn, queue.url
        allowed = {"redrivePermission": "byQueue", "sourceQueueArns": [self.arn]}
        policy = aws.SqsQueueRedriveAllowPolicy(
            self,
            "redrive_allow_policy",
            queue_url=self.dead_letters.url,
            redrive_allow_policy=json_text(allowed),
        )
        self._address.give(policy)

    def _encryption(self) -> dict[str, Any]:
        key = self._trigger.kms_key_arn
        return {"kms_master_key_id": key} if key else {"sqs_managed_sse_enabled": True}

    def _consume(self, label: str, invoked: Invoked) -> None:
        trigger = self._trigger
        policy = aws.IamRolePolicy(
            self,
            "policy",
            name=physical_name(invoked.name_of(label), limit=ROLE_NAME_LENGTH),
            role=invoked.role.id,
            policy=json_text(queue_policy(self.arn, kms_key_arn=trigger.kms_key_arn)),
        )
        policy = self._address.give(policy)
        at_most = trigger.max_concurrency
        mapping = aws.LambdaEventSourceMapping(
            self,
            "event_source_mapping",
            event_source_arn=self.arn,
            function_name=invoked.alias.arn,
            batch_size=trigger.batch_size,
            maximum_batching_window_in_seconds=trigger.maximum_batching_window_s,
            function_response_types=["ReportBatchItemFailures"] if trigger.partial_failures else None,
            scaling_config=(
                aws.LambdaEventSourceMappingScalingConfig(maximum_concurrency=at_most) if at_most else None
            ),
            depends_on=[policy],
        )
        self._address.give(mapping)
