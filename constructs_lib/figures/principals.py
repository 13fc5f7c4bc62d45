"""Services that policies name as principals.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""

from __future__ import annotations

API_GATEWAY = "apigateway.amazonaws.com"
CLOUDWATCH = "cloudwatch.amazonaws.com"
ECS = "ecs.amazonaws.com"
ECS_AUTOSCALING = "ecs.application-autoscaling.amazonaws.com"
ECS_TASKS = "ecs-tasks.amazonaws.com"
EVENTS = "events.amazonaws.com"
FLOW_LOGS = "vpc-flow-logs.amazonaws.com"
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"
LAMBDA = "lambda.amazonaws.com"
LOAD_BALANCING = "elasticloadbalancing.amazonaws.com"
S3 = "s3.amazonaws.com"
SCHEDULER = "scheduler.amazonaws.com"
SNS = "sns.amazonaws.com"
