import json

import pytest

from constructs_lib import ConfigError, FunctionOptions
from constructs_lib.compute.triggers.options import (
    BucketTrigger,
    EventTrigger,
    QueueTrigger,
    ScheduleTrigger,
    TopicTrigger,
)
from constructs_lib.testing import Template
from tests.support.building import function, network, new_stack

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"
TAKE = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
ALIAS = "${aws_lambda_alias.inventory.arn}"


@pytest.fixture
def worker(tmp_path):
    stack = new_stack()
    options = FunctionOptions(timeout_s=30)
    return stack, function(stack, network(stack), tmp_path, options=options)


def made(stack):
    """What triggers made, by type and without the type's prefix."""
    found = Template.from_stack(stack)
    kinds = {address.partition(".")[0] for address in found.addresses if "_trigger_" in address}
    return found, {kind.removeprefix("aws_") for kind in kinds}


def statements(found, address):
    kind, _, name = address.partition(".")
    return json.loads(found.to_dict()["resource"][kind][name]["policy"])["Statement"]


def test_a_new_queue_is_encrypted_has_dead_letters_of_its_own_and_is_read_by_the_function_alone(worker):
    stack, worked = worker
    queue = worked.trigger("orders", QueueTrigger(max_concurrency=5, kms_key_arn=KEY))
    found, kinds = made(stack)
    assert kinds == {
        "iam_role_policy",
        "lambda_event_source_mapping",
        "sqs_queue",
        "sqs_queue_redrive_allow_policy",
    }
    found.assert_every("aws_sqs_queue", kms_master_key_id=KEY)
    main = found.one("aws_sqs_queue", visibility_timeout_seconds=180)
    assert json.loads(main["redrive_policy"])["maxReceiveCount"] == 5
    found.one(
        "aws_lambda_event_source_mapping",
        function_name=ALIAS,
        function_response_types=["ReportBatchItemFailures"],
        scaling_config={"maximum_concurrency": 5},
        depends_on=["aws_iam_role_policy.inventory_trigger_orders"],
    )
    arn = "${aws_sqs_queue.inventory_trigger_orders.arn}"
    allowed = statements(found, "aws_iam_role_policy.inventory_trigger_orders")
    assert [(one["Action"], one["Resource"]) for one in allowed] == [(TAKE, arn), ("kms:Decrypt", KEY)]
    assert worked.queue_urls == {"orders": queue.url}
    assert queue.dead_letters_name == "shop-dev-inventory--orders--dead-letters"


def test_a_queue_that_exists_is_only_read(worker):
    stack, worked = worker
    arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
    queue = worked.trigger("orders", QueueTrigger(queue=arn, partial_failures=False))
    found, kinds = made(stack)
    assert kinds == {"iam_role_policy", "lambda_event_source_mapping"}
    assert "function_response_types" not in found.one("aws_lambda_event_source_mapping")
    assert statements(found, "aws_iam_role_policy.inventory_trigger_orders")[0]["Resource"] == arn
    assert (queue.name, worked.queue_urls) == ("orders", {})


def test_a_schedule_has_a_role_that_invokes_this_alias_and_nothing_else(worker):
    stack, worked = worker
    worked.trigger("nightly", ScheduleTrigger(schedule="rate(1 day)", input={"n": 1}))
    found, kinds = made(stack)
    assert kinds == {"iam_role", "iam_role_policy", "scheduler_schedule"}
    target = found.one("aws_scheduler_schedule", schedule_expression_timezone="UTC")["target"]
    assert (target["arn"], target["input"]) == (ALIAS, '{"n":1}')
    (allowed,) = statements(found, "aws_iam_role_policy.inventory_trigger_nightly")
    assert (allowed["Action"], allowed["Resource"]) == ("lambda:InvokeFunction", ALIAS)
    trust = json.loads(found.one("aws_iam_role", name="shop-dev-inventory--nightly")["assume_role_policy"])
    assert trust["Statement"][0]["Principal"] == {"Service": "scheduler.amazonaws.com"}


def test_rules_buckets_and_topics_are_permitted_by_their_arn_and_account(worker):
    stack, worked = worker
    worked.trigger("stopped", EventTrigger(pattern={"source": ["aws.ecs"]}))
    worked.trigger("uploads", BucketTrigger(bucket="arn:aws:s3:::acme-uploads", replaces_notifications=True))
    worked.trigger("news", TopicTrigger(topic="arn:aws:sns:eu-west-1:999999999999:news"))
    found, kinds = made(stack)
    assert kinds == {
        "cloudwatch_event_rule",
        "cloudwatch_event_target",
        "lambda_permission",
        "s3_bucket_notification",
        "sns_topic_subscription",
    }
    own = "${data.aws_caller_identity.current.account_id}"
    permitted = {
        (one["principal"], one["source_arn"], one["source_account"], one["qualifier"])
        for one in found.resources("aws_lambda_permission").values()
    }
    alias = "${aws_lambda_alias.inventory.name}"
    rule = "${aws_cloudwatch_event_rule.inventory_trigger_stopped.arn}"
    assert permitted == {
        ("events.amazonaws.com", rule, own, alias),
        ("s3.amazonaws.com", "arn:aws:s3:::acme-uploads", own, alias),
        ("sns.amazonaws.com", "arn:aws:sns:eu-west-1:999999999999:news", "999999999999", alias),
    }


def test_a_label_that_is_no_name_and_a_queue_that_shows_too_early_are_refused_together(worker):
    _, worked = worker
    with pytest.raises(ConfigError) as refused:
        worked.trigger("My Orders", QueueTrigger(visibility_timeout_s=10))
    assert [one.field for one in refused.value.problems] == ["label", "visibility_timeout_s"]
    worked.trigger("orders", ScheduleTrigger(schedule="rate(1 day)"))
    with pytest.raises(ConfigError, match="another trigger of the function has it"):
        worked.trigger("orders", QueueTrigger())
