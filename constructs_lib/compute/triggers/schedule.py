"""A schedule that invokes a function."""

from __future__ import annotations

from constructs_lib.bindings import Construct, address_of, aws, json_text
from constructs_lib.compute.triggers.invoked import Invoked
from constructs_lib.compute.triggers.options import ScheduleTrigger
from constructs_lib.figures import principals
from constructs_lib.figures.quotas import ROLE_NAME_LENGTH
from constructs_lib.figures.triggers import SCHEDULE_NAME_LENGTH
from constructs_lib.iam import assume_role_policy, invocation_policy
from constructs_lib.names import physical_name
from constructs_lib.network.account import account_of


class Schedule(Construct):
    """Invokes a function at times of the clock, with a role that may invoke its alias and nothing else.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, trigger: ScheduleTrigger, invoked: Invoked
    ) -> None:
        super().__init__(scope, id_)
        address = address_of(self)
        name = physical_name(invoked.name_of(label), limit=ROLE_NAME_LENGTH)
        trust = assume_role_policy(principals.SCHEDULER, account=account_of(self).id)
        role = aws.IamRole(
            self,
            "role",
            name=name,
            assume_role_policy=json_text(trust),
            permissions_boundary=invoked.roles.permissions_boundary_arn,
            path=invoked.roles.path,
        )
        role = address.give(role)
        policy = aws.IamRolePolicy(
            self,
            "policy",
            name=name,
            role=role.id,
            policy=json_text(invocation_policy(invoked.alias.arn)),
        )
        schedule = aws.SchedulerSchedule(
            self,
            "schedule",
            name=physical_name(invoked.name_of(label), limit=SCHEDULE_NAME_LENGTH),
            description=f"Invokes {invoked.workload}",
            schedule_expression=trigger.schedule,
            schedule_expression_timezone=trigger.timezone,
            flexible_time_window=aws.SchedulerScheduleFlexibleTimeWindow(mode="OFF"),
            target=aws.SchedulerScheduleTarget(
                arn=invoked.alias.arn,
                role_arn=role.arn,
                input=None if trigger.input is None else json_text(trigger.input),
            ),
            depends_on=[address.give(policy)],
        )
        address.give(schedule)
