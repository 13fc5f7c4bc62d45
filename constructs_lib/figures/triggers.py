"""What AWS takes of the things that invoke a function: queues, schedules, rules, buckets and topics."""

from __future__ import annotations

from constructs_lib.figures.bounds import Bounds

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
VISIBILITY_TIMEOUT_S = Bounds(0, 43_200)
RETENTION_S = Bounds(60, 1_209_600)
DEFAULT_RETENTION_S = 345_600
QUEUE_NAME_LENGTH = 80
FIFO_ENDING = ".fifo"
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
RECEIVES = Bounds(1, 1_000)
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
BATCH_SIZE = Bounds(1, 10_000)
DEFAULT_BATCH_SIZE = 10
FIFO_BATCH_SIZE = 10
# https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html: a larger batch is gathered
BATCHING_WINDOW_S = Bounds(0, 300)
BATCH_WITHOUT_WINDOW = 10
MAX_CONCURRENCY = Bounds(2, 1_000)
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: at least the function's timeout,
# better six times that; and five receives or more, lest throttling alone makes a dead letter
VISIBILITY_TIMES_TIMEOUT = 6
RECOMMENDED_RECEIVES = 5

# https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
SCHEDULE_NAME_LENGTH = 64
TIME_ZONE_LENGTH = 50
# https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
_RATE = r"rate\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\)"
_CRON = r"cron\([^ ()]+( [^ ()]+){5}\)"
_AT = r"at\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\)"
SCHEDULE_EXPRESSION = f"{_RATE}|{_CRON}|{_AT}"

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
RULE_NAME_LENGTH = 64
PATTERN_LENGTH = 4_096
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
BUCKET_EVENT = r"s3:[A-Za-z]+:([*]|[A-Za-z]+)"
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
KEY_LENGTH = 1_024
