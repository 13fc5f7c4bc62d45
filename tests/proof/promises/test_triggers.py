"""The promises about triggers, of what the generator wrote and of what others bent in it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from constructs_lib.environment import Environment, load_environment
from constructs_lib.proof import prove
from tests.support.architecture import Document, add, drop, ref, resource
from tests.support.broken_promises import kinds
from tests.support.projects import Project, project

WORKER = """
project = "shop"
region = "eu-west-1"
[network]
cidr = "10.20.0.0/16"
[functions.worker]
source = "src/inventory"
[functions.worker.triggers.orders]
queue = "new"
[functions.worker.triggers.nightly]
schedule = "rate(1 day)"
[functions.worker.triggers.stopped]
pattern = { source = ["aws.ecs"] }
[functions.worker.triggers.uploads]
bucket = "arn:aws:s3:::acme-uploads"
replaces_notifications = true
[functions.worker.triggers.news]
topic = "arn:aws:sns:eu-west-1:123456789012:news"
"""
CLOSED = ("closed", "worker")
MADE = "worker_trigger_"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def written(shop: Project) -> Document:
    return dict(shop.template(WORKER).to_dict())


def declared(shop: Project, without: str = "") -> Environment:
    head, *triggers = WORKER.split("[functions.worker.triggers.")
    kept = [one for one in triggers if not without or not one.startswith(f"{without}]")]
    text = "[functions.worker.triggers.".join([head, *kept])
    return load_environment(shop.write(text), project_root=shop.root)


def test_every_trigger_invokes_its_function_and_nobody_else_does(shop: Project, written: Document) -> None:
    proof = prove(declared(shop), written)
    assert (proof.broken, proof.uncertain) == ((), ())
    assert {one.subject for one in proof.promises if one.kind == "trigger"} == {
        *("news -> worker", "nightly -> worker", "orders -> worker"),
        *("stopped -> worker", "uploads -> worker"),
    }
    (closed,) = [one for one in proof.promises if one.kind == "closed"]
    assert closed.sentence == (
        "only its queue orders and its schedule nightly and its rule stopped and its bucket uploads and its "
        "topic news reach worker"
    )


@pytest.mark.parametrize("label", ["orders", "nightly", "stopped", "uploads", "news"])
def test_a_trigger_that_the_file_does_not_declare_breaks_the_wall(
    shop: Project, written: Document, label: str
) -> None:
    proof = prove(declared(shop, without=label), written)
    assert kinds(proof, "broken") == {CLOSED}


Bent = tuple[str, dict[str, Any]]
WITHOUT_WAY: dict[str, tuple[str, Bent | None]] = {
    "the poller is gone": ("orders", ("aws_lambda_event_source_mapping.worker_trigger_orders", {})),
    "the role may not read": (
        "orders",
        ("aws_iam_role_policy.worker_trigger_orders", {"policy": '{"Statement": []}'}),
    ),
    "messages show too early": (
        "orders",
        ("aws_sqs_queue.worker_trigger_orders", {"visibility_timeout_seconds": 5}),
    ),
    "another schedule": (
        "nightly",
        ("aws_scheduler_schedule.worker_trigger_nightly", {"schedule_expression": "rate(1 hour)"}),
    ),
    "a schedule that is off": (
        "nightly",
        ("aws_scheduler_schedule.worker_trigger_nightly", {"state": "DISABLED"}),
    ),
    "a role without power": (
        "nightly",
        ("aws_iam_role_policy.worker_trigger_nightly", {"policy": '{"Statement": []}'}),
    ),
    "another pattern": (
        "stopped",
        ("aws_cloudwatch_event_rule.worker_trigger_stopped", {"event_pattern": '{"source":["x"]}'}),
    ),
    "no permission": ("news", ("aws_lambda_permission.worker_trigger_news", {})),
}


@pytest.mark.parametrize("case", WITHOUT_WAY)
def test_a_trigger_that_does_not_get_through_is_broken(shop: Project, written: Document, case: str) -> None:
    label, (address, changes) = WITHOUT_WAY[case]  # type: ignore[misc]
    document = copy.deepcopy(written)
    if changes:
        resource(document, address).update(changes)
    else:
        drop(document, address)
        for body in (one for kind in document["resource"].values() for one in kind.values()):
            body["depends_on"] = [one for one in body.get("depends_on", []) if one != address]
    assert ("trigger", f"{label} -> worker") in kinds(prove(declared(shop), document), "broken")


def test_a_permission_for_more_than_the_declared_source_is_somebody_else(
    shop: Project, written: Document
) -> None:
    for changes in ({"source_arn": "arn:aws:s3:::other"}, {"source_account": None}):
        document = copy.deepcopy(written)
        resource(document, "aws_lambda_permission.worker_trigger_uploads").update(changes)
        assert CLOSED in kinds(prove(declared(shop), document), "broken")


def test_a_role_that_others_may_take_does_not_pass_as_the_schedules(shop: Project, written: Document) -> None:
    document = copy.deepcopy(written)
    role = resource(document, "aws_iam_role.worker_trigger_nightly")
    trust = json.loads(role["assume_role_policy"])
    trust["Statement"][0]["Principal"]["AWS"] = "*"
    role["assume_role_policy"] = json.dumps(trust)
    assert CLOSED in kinds(prove(declared(shop), document), "broken")


def test_a_second_poller_and_a_schedule_with_a_foreign_role_are_ways_in(
    shop: Project, written: Document
) -> None:
    document = copy.deepcopy(written)
    alias = ref("aws_lambda_alias.worker", "arn")
    stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
    add(document, "aws_lambda_event_source_mapping.x", event_source_arn=stream, function_name=alias)
    assert kinds(prove(declared(shop), document), "broken") == {CLOSED}
    drop(document, "aws_lambda_event_source_mapping.x")
    target = {"arn": alias, "role_arn": "arn:aws:iam::123456789012:role/others"}
    add(document, "aws_scheduler_schedule.x", schedule_expression="rate(1 day)", target=target)
    proof = prove(declared(shop), document)
    assert (kinds(proof, "broken"), kinds(proof, "cannot tell")) == (set(), {CLOSED})


def test_a_queue_elsewhere_is_taken_from_the_file(shop: Project) -> None:
    text = WORKER.replace('"new"', '"arn:aws:sqs:eu-west-1:123456789012:orders"')
    proof = prove(load_environment(shop.write(text), project_root=shop.root), shop.template(text).to_dict())
    assert [one.subject for one in proof.taken_from_the_file] == ["orders -> worker"]
    assert (proof.broken, proof.open) == ((), ())
