"""What a trigger has to know of the function that it invokes."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.bindings import aws
from constructs_lib.iam import RoleOptions


@dataclass(frozen=True)
class Invoked:
    """A function as its triggers see it: they invoke the alias, as its load balancer does.

    name: from which names of what is made are built. workload: its name in the file. roles: the account's
    rules for roles.
    """

    name: str
    workload: str
    timeout_s: int
    role: aws.IamRole
    alias: aws.LambdaAlias
    function: aws.LambdaFunction
    roles: RoleOptions

    def name_of(self, label: str) -> str:
        """The beginning of the names of what a trigger makes; no other function's is the same.

        Names of workloads and labels have no two hyphens beside each other.
        """
        return f"{self.name}--{label}"
