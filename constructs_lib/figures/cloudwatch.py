"""CloudWatch: namespaces of metrics, and how much an alarm and a dashboard take."""

from __future__ import annotations

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
LOAD_BALANCER_METRICS = "AWS/ApplicationELB"
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
LAMBDA_METRICS = "AWS/Lambda"
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
ECS_METRICS = "AWS/ECS"
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
CONTAINER_INSIGHTS = "ECS/ContainerInsights"
# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway-cloudwatch.html
NAT_METRICS = "AWS/NATGateway"
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
QUEUE_METRICS = "AWS/SQS"

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
ALARM_NAME_LENGTH = 255
ALARMS_PER_COMPOSITE = 100
ALARM_RULE_LENGTH = 10_240
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
WIDGETS_PER_DASHBOARD = 500
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
GRID_WIDTH = 24
DASHBOARD_NAME_LENGTH = 255
# Ours: at 100 a function is stopped or throttled, and there is time to act before.
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
NEARLY_PERCENT = 80
# https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
TOPIC_NAME_LENGTH = 256
