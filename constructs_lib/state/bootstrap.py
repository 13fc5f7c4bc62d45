"""The stack that makes the state bucket, before any environment can keep its state there."""

from __future__ import annotations

from constructs_lib.bindings import Construct, LocalBackend, TerraformOutput, TerraformStack
from constructs_lib.environment import Environment
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.provider import use_aws
from constructs_lib.state.state_bucket import StateBucket


class BootstrapStack(TerraformStack):
    """The state bucket that an environment's ``[state]`` names, with a local state of its own.

    The local state lies beside the output folder as ``terraform.<id>.tfstate``: keep it, or import the bucket
    when it is lost.

    Raises:
        ConfigError: the environment keeps its state elsewhere.
    """

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        name = state_bucket_of(environment)
        super().__init__(scope, id_)
        # the bucket is not one environment's, so neither is its tag
        region = environment.state.region or environment.region
        use_aws(self, environment=environment, region=region, tags={"Project": environment.project})
        LocalBackend(self, path=f"../../../terraform.{id_}.tfstate")
        self.bucket = StateBucket(self, "state", name=name, kms_key_arn=environment.state.kms_key_arn)
        output = TerraformOutput(
            self, "output_bucket", value=self.bucket.name, description="Where environments keep their state"
        )
        output.override_logical_id("bucket")


def state_bucket_of(environment: Environment) -> str:
    """The name of the bucket that the environment's state is kept in.

    Raises:
        ConfigError: it is kept elsewhere, so that there is no bucket to make.
    """
    state = environment.state
    if state.backend == "s3" and state.bucket:
        return state.bucket
    rule = "there is no state bucket to make: that takes an S3 backend"
    way_out = 'write backend = "s3" and bucket = "<name>" in [state]'
    raise ConfigError([Problem("state.backend", state.backend, rule, way_out)])
