"""Where Terraform keeps a stack's state."""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.bindings import (
    CloudBackend,
    Construct,
    LocalBackend,
    NamedCloudWorkspace,
    S3Backend,
    TaggedCloudWorkspaces,
    TerraformStack,
)
from constructs_lib.environment import State


def use_state(stack: TerraformStack, *, state: State, key: str, region: str) -> None:
    """Give the stack the backend that ``state`` describes.

    key: ``<project>/<environment>``. region: the bucket's, where the state names none. The local path is
    relative to the stack's folder in cdktf.out, so that it lies beside cdktf.out wherever that is.
    """
    if state.backend == "local":
        environment = key.rpartition("/")[2]
        LocalBackend(_scope(stack), path=f"../../../terraform.{environment}.tfstate")
        return
    if state.backend == "hcp":
        named = state.workspace or (None if state.tags else key.replace("/", "-"))
        use_hcp(
            stack,
            organization=state.organization or "",
            workspace=named,
            tags=state.tags,
            hostname=state.hostname,
        )
        return
    if state.bucket is None:
        raise ValueError("an S3 backend without a bucket: the environment was not loaded by load_environment")
    backend = S3Backend(
        _scope(stack),
        bucket=state.bucket,
        key=f"{key}.tfstate",
        region=state.region or region,
        encrypt=True,
        kms_key_id=state.kms_key_arn,
    )
    # cdktf 0.21 does not know the argument. https://developer.hashicorp.com/terraform/language/backend/s3
    backend.add_override("use_lockfile", True)


def use_hcp(
    stack: TerraformStack,
    *,
    organization: str,
    workspace: str | None = None,
    tags: Sequence[str] = (),
    hostname: str | None = None,
) -> None:
    """Give the stack a workspace of HCP Terraform, or of Terraform Enterprise at ``hostname``.

    workspace: its name. tags: of the workspaces among which ``terraform workspace select`` chooses, instead.
    https://developer.hashicorp.com/terraform/cli/cloud/settings
    """
    if (workspace is None) == (not tags):
        raise ValueError("HCP Terraform takes either a workspace or tags")
    workspaces = NamedCloudWorkspace(workspace) if workspace else TaggedCloudWorkspaces(list(tags))
    CloudBackend(_scope(stack), organization=organization, hostname=hostname, workspaces=workspaces)


def _scope(stack: TerraformStack) -> Construct:
    """A place below the stack: cdktf gives every backend the id ``backend``, which a workload may have."""
    return Construct(stack, "terraform_state")
