"""What every role gets beside its trust and its policies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleOptions:
    """Rules of an account for roles.

    permissions_boundary_arn: the policy that says what a role may do at most. path: where it is kept, like
    ``/teams/shop/``. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """

    permissions_boundary_arn: str | None = None
    path: str | None = None
