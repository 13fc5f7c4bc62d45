from constructs_lib.proof.reading.whole_model import read_model
from constructs_lib.views.report.triggers import trigger_sections
from constructs_lib.views.trigger_words import triggers_in_words
from tests.support.architecture import add, default_document, ref

FUNCTION = "aws_lambda_function.inventory"


def test_triggers_are_told_with_their_settings_and_none_is_no_section():
    document = default_document()
    assert trigger_sections(read_model(document)) == ()
    alias = ref("aws_lambda_alias.inventory", "arn")
    queue = add(document, "aws_sqs_queue.orders", name="orders", visibility_timeout_seconds=60)
    add(
        document,
        "aws_lambda_event_source_mapping.inventory_trigger_orders",
        event_source_arn=ref(queue, "arn"),
        function_name=alias,
        batch_size=5,
    )
    add(
        document,
        "aws_scheduler_schedule.inventory_trigger_nightly",
        schedule_expression="rate(1 day)",
        state="DISABLED",
        target={"arn": alias, "role_arn": "arn:aws:iam::123456789012:role/x"},
    )
    model = read_model(document)
    assert triggers_in_words(model, FUNCTION) == "queue orders, schedule nightly"
    assert triggers_in_words(model, "aws_lambda_function.storefront") == ""
    (section,) = trigger_sections(model)
    assert section.tables[0][1].rows == (
        (
            "inventory",
            "queue orders",
            "aws_sqs_queue.orders",
            "at most 5 messages at a time\nhidden for 60 s while it works",
        ),
        (
            "inventory",
            "schedule nightly",
            "aws_scheduler_schedule.inventory_trigger_nightly",
            "rate(1 day)\noff",
        ),
    )
