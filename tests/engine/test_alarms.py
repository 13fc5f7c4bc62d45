"""Alarms in the real engine: applied, planned empty, changed by a function more, and taken away again."""

import pytest

from constructs_lib.testing.terraform import offline_terraform
from tests.support.projects import SHOP, project
from tests.support.terraform.stacks import stack_of

WATCHED = SHOP + '[alarms]\nemail = "on-call@example.com"\n'
PRICES = '[functions.prices]\nsource = "src/prices"\nexposure = "internal"\nport = 8081\n'


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    root = project(tmp_path_factory.mktemp("alarms") / "shop")
    return lambda text: stack_of(root.write(text), root.root, root.root / "cdktf.out")


def test_alarms_come_on_and_off_and_a_function_more_only_adds_its_own(stack, engine):
    with offline_terraform(stack(SHOP), engine=engine) as session:
        session.apply()
        session.update(stack(WATCHED))
        plan = session.plan()
        assert (plan.updated, plan.replaced, plan.deleted) == ([], [], [])
        session.apply()
        assert session.plan().is_empty

        session.update(stack(WATCHED + PRICES))
        plan = session.plan()
        assert (plan.replaced, plan.deleted) == ([], [])
        assert set(plan.updated) == {
            "aws_cloudwatch_composite_alarm.alarms_functions",
            "aws_cloudwatch_composite_alarm.alarms_load_balancers",
            "aws_cloudwatch_dashboard.alarms",
        }
        alarms = {a for a in plan.created if a.startswith("aws_cloudwatch_metric_alarm.")}
        assert alarms
        assert all("prices" in address for address in alarms)
        session.apply()
        assert session.plan().is_empty

        session.update(stack(SHOP + PRICES))
        plan = session.plan()
        assert (plan.created, plan.updated, plan.replaced) == ([], [], [])
        session.apply()
        session.destroy()
