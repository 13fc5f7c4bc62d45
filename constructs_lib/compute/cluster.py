"""The ECS cluster that an environment's services run in."""

from __future__ import annotations

from constructs_lib.bindings import Construct, address_of, aws
from constructs_lib.figures.containers.ecs import CLUSTER_NAME_LENGTH
from constructs_lib.names import physical_name


class Cluster(Construct):
    """An ECS cluster with container insights; its tasks run on Fargate. name: the physical name.

    Attributes: ``arn``, and ``name`` as AWS has it.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str) -> None:
        super().__init__(scope, id_)
        self.name = physical_name(name, limit=CLUSTER_NAME_LENGTH)
        cluster = aws.EcsCluster(
            self,
            "cluster",
            name=self.name,
            setting=[aws.EcsClusterSetting(name="containerInsights", value="enabled")],
        )
        address_of(self).give(cluster)
        self.arn = cluster.arn
