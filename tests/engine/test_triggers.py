"""A worker with triggers alone in the real engine: applied, planned empty, changed, and taken away again."""

import pytest

from constructs_lib.testing.terraform import offline_terraform
from tests.support.projects import project
from tests.support.terraform.stacks import stack_of

WORKER = """
project = "shop"
region = "eu-west-1"
[network]
cidr = "10.20.0.0/16"
[functions.inventory]
source = "src/inventory"
timeout_s = {timeout_s}
[functions.inventory.triggers.orders]
queue = "new"
max_concurrency = 5
[functions.inventory.triggers.nightly]
schedule = "cron(0 3 * * ? *)"
timezone = "Europe/Berlin"
"""
QUEUE = "aws_sqs_queue.inventory_trigger_orders"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    root = project(tmp_path_factory.mktemp("triggers") / "shop")
    return lambda text: stack_of(root.write(text), root.root, root.root / "cdktf.out")


def test_a_worker_is_triggered_changes_its_timeout_in_place_and_loses_its_triggers(stack, engine):
    with offline_terraform(stack(WORKER.format(timeout_s=30)), engine=engine) as session:
        session.apply()
        assert session.plan().is_empty

        session.update(stack(WORKER.format(timeout_s=300)))
        plan = session.plan()
        assert (plan.created, plan.replaced, plan.deleted) == ([], [], [])
        assert QUEUE in plan.updated
        session.apply()
        assert session.plan().is_empty

        alone = WORKER.format(timeout_s=300).partition("[functions.inventory.triggers")[0]
        session.update(stack(alone))
        plan = session.plan()
        assert (plan.created, plan.replaced) == ([], [])
        assert all("_trigger_" in address for address in plan.deleted)
        session.apply()
        session.destroy()
