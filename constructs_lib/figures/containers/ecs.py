"""Amazon ECS: quotas of services and their tasks. Sizes of tasks are in `fargate_sizes`."""

from __future__ import annotations

from constructs_lib.figures.bounds import Bounds

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
TASKS = Bounds(0, 5000)  # of a service
TASK_DEFINITION_BYTES = 65_536

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
CLUSTER_NAME_LENGTH = 255

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
SUBNETS_PER_SERVICE = 16
SECURITY_GROUPS_PER_SERVICE = 5

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html: by default all
# new tasks stand beside the old ones
TASKS_WHILE_DEPLOYING = 2
