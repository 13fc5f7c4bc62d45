"""A stack with every resource type that the constructs use, written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.terraform.hand_written import POLICY, TRUST, function, security_group, write_stack

CONTAINERS = json.dumps([{"name": "web", "image": "nginx", "essential": True}])
ZONES = ("a", "b")


def network() -> dict[str, Any]:
    """Two zones with NAT, routes, groups and endpoints."""
    vpc = "${aws_vpc.network.id}"
    by_zone: dict[str, Callable[[str], dict[str, Any]]] = {
        "aws_subnet": lambda z: {
            "vpc_id": vpc,
            "cidr_block": f"10.0.{ZONES.index(z)}.0/24",
            "availability_zone": f"eu-west-1{z}",
        },
        "aws_eip": lambda z: {
            "domain": "vpc",
            "tags": {"Name": f"nat-{z}"},
            "depends_on": ["aws_internet_gateway.network"],
        },
        "aws_nat_gateway": lambda z: {
            "allocation_id": f"${{aws_eip.{z}.id}}",
            "subnet_id": f"${{aws_subnet.{z}.id}}",
        },
        "aws_route_table": lambda z: {"vpc_id": vpc, "tags": {"Name": z}},
        "aws_route": lambda z: {
            "route_table_id": f"${{aws_route_table.{z}.id}}",
            "destination_cidr_block": "0.0.0.0/0",
            "nat_gateway_id": f"${{aws_nat_gateway.{z}.id}}",
        },
        "aws_route_table_association": lambda z: {
            "route_table_id": f"${{aws_route_table.{z}.id}}",
            "subnet_id": f"${{aws_subnet.{z}.id}}",
        },
    }
    rule = {
        "security_group_id": "${aws_security_group.web.id}",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    return {
        **security_group(),
        **{kind: {zone: make(zone) for zone in ZONES} for kind, make in by_zone.items()},
        "aws_internet_gateway": {"network": {"vpc_id": vpc}},
        "aws_default_security_group": {"network": {"vpc_id": vpc}},
        "aws_vpc_security_group_ingress_rule": {"web": {**rule, "cidr_ipv4": "0.0.0.0/0"}},
        "aws_vpc_security_group_egress_rule": {
            "web": {**rule, "referenced_security_group_id": "${aws_security_group.web.id}"}
        },
        "aws_vpc_endpoint": {
            "s3": {
                "vpc_id": vpc,
                "service_name": "com.amazonaws.eu-west-1.s3",
                "route_table_ids": [f"${{aws_route_table.{zone}.id}}" for zone in ZONES],
            },
            "logs": {
                "vpc_id": vpc,
                "service_name": "com.amazonaws.eu-west-1.logs",
                "vpc_endpoint_type": "Interface",
                "private_dns_enabled": True,
                "subnet_ids": [f"${{aws_subnet.{zone}.id}}" for zone in ZONES],
                "security_group_ids": ["${aws_security_group.web.id}"],
            },
        },
        "aws_vpc_endpoint_policy": {
            "s3": {
                "vpc_endpoint_id": "${aws_vpc_endpoint.s3.id}",
                "policy": POLICY.replace('"Resource"', '"Principal": "*", "Resource"'),
            }
        },
        "aws_flow_log": {
            "network": {
                "vpc_id": vpc,
                "traffic_type": "ALL",
                "log_destination": "${aws_cloudwatch_log_group.web.arn}",
                "iam_role_arn": "${aws_iam_role.web.arn}",
            }
        },
    }


def compute() -> dict[str, Any]:
    """A function behind a load balancer, and everything that it needs."""
    group = "${aws_lb_target_group.web.arn}"
    return {
        **function(
            role="${aws_iam_role.web.arn}",
            vpc_config={
                "subnet_ids": ["${aws_subnet.a.id}"],
                "security_group_ids": ["${aws_security_group.web.id}"],
            },
        ),
        "aws_iam_role": {"web": {"name": "web", "assume_role_policy": TRUST}},
        "aws_iam_role_policy": {"web": {"role": "${aws_iam_role.web.id}", "policy": POLICY}},
        "aws_iam_policy": {"web": {"name_prefix": "web-", "policy": POLICY}},
        "aws_iam_role_policy_attachment": {
            "web": {"role": "${aws_iam_role.web.name}", "policy_arn": "${aws_iam_policy.web.arn}"}
        },
        "aws_cloudwatch_log_group": {"web": {"name": "/aws/lambda/inventory", "retention_in_days": 30}},
        "aws_lambda_provisioned_concurrency_config": {
            "web": {
                "function_name": "inventory",
                "qualifier": "${aws_lambda_alias.inventory.name}",
                "provisioned_concurrent_executions": 1,
            }
        },
        "aws_lambda_permission": {
            "web": {
                "action": "lambda:InvokeFunction",
                "function_name": "${aws_lambda_alias.inventory.function_name}",
                "qualifier": "live",
                "principal": "elasticloadbalancing.amazonaws.com",
                "source_arn": group,
                "source_account": "${data.aws_caller_identity.current.account_id}",
            }
        },
        "aws_lb": {
            "internal": {
                "name": "shop-dev",
                "internal": True,
                "subnets": [f"${{aws_subnet.{zone}.id}}" for zone in ZONES],
                "security_groups": ["${aws_security_group.web.id}"],
            }
        },
        "aws_wafv2_web_acl_association": {
            "internal": {
                "resource_arn": "${aws_lb.internal.arn}",
                "web_acl_arn": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0f5b7a1c",
            }
        },
        "aws_lb_target_group": {"web": {"name": "web", "target_type": "lambda"}},
        "aws_lb_target_group_attachment": {
            "web": {
                "target_group_arn": group,
                "target_id": "${aws_lambda_alias.inventory.arn}",
                "depends_on": ["aws_lambda_permission.web"],
            }
        },
        "aws_lb_listener": {
            "web": {
                "load_balancer_arn": "${aws_lb.internal.arn}",
                "port": 80,
                "default_action": [
                    {
                        "type": "fixed-response",
                        "fixed_response": {"content_type": "text/plain", "status_code": "404"},
                    }
                ],
            }
        },
        "aws_lb_listener_rule": {
            "web": {
                "listener_arn": "${aws_lb_listener.web.arn}",
                "priority": 100,
                "action": [{"type": "forward", "target_group_arn": group}],
                "condition": [{"path_pattern": {"values": ["/inventory/*"]}}],
            }
        },
    }


def services() -> dict[str, Any]:
    """A container service with its image repository, a certificate, a bucket and a key."""
    option = "tolist(aws_acm_certificate.web.domain_validation_options)[0]"
    bucket = {"bucket": "${aws_s3_bucket.state.id}"}
    return {
        "aws_ecs_cluster": {"web": {"name": "web"}},
        "aws_ecs_task_definition": {
            "web": {
                "family": "web",
                "cpu": "256",
                "memory": "512",
                "network_mode": "awsvpc",
                "requires_compatibilities": ["FARGATE"],
                "container_definitions": CONTAINERS,
            }
        },
        "aws_ecs_service": {
            "web": {
                "name": "web",
                "cluster": "${aws_ecs_cluster.web.arn}",
                "task_definition": "${aws_ecs_task_definition.web.arn}",
                "launch_type": "FARGATE",
                "desired_count": 2,
                "network_configuration": {"subnets": ["${aws_subnet.a.id}"]},
                "depends_on": ["aws_lb_listener.web"],
            }
        },
        "aws_ecr_repository": {"web": {"name": "web"}},
        "aws_ecr_lifecycle_policy": {
            "web": {"repository": "${aws_ecr_repository.web.name}", "policy": '{"rules": []}'}
        },
        "aws_acm_certificate": {
            "web": {
                "domain_name": "shop.example.com",
                "subject_alternative_names": ["shop.example.com"],
                "validation_method": "DNS",
            }
        },
        "aws_route53_record": {
            "web": {
                "zone_id": "Z123",
                "name": f"${{{option}.resource_record_name}}",
                "type": f"${{{option}.resource_record_type}}",
                "records": [f"${{{option}.resource_record_value}}"],
                "ttl": 60,
            }
        },
        "aws_acm_certificate_validation": {
            "web": {
                "certificate_arn": "${aws_acm_certificate.web.arn}",
                "validation_record_fqdns": ["${aws_route53_record.web.fqdn}"],
            }
        },
        "aws_s3_bucket": {"state": {"bucket": "shop-state"}},
        "aws_s3_bucket_versioning": {"state": {**bucket, "versioning_configuration": {"status": "Enabled"}}},
        "aws_s3_bucket_public_access_block": {"state": {**bucket, "block_public_acls": True}},
        "aws_s3_bucket_server_side_encryption_configuration": {
            "state": {
                **bucket,
                "rule": [{"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms"}}],
            }
        },
        "aws_s3_bucket_policy": {"state": {**bucket, "policy": POLICY}},
        "aws_s3_bucket_ownership_controls": {
            "state": {**bucket, "rule": {"object_ownership": "BucketOwnerEnforced"}}
        },
        "aws_s3_bucket_lifecycle_configuration": {
            "state": {
                **bucket,
                "rule": [
                    {
                        "id": "old",
                        "status": "Enabled",
                        "filter": [{}],
                        "noncurrent_version_expiration": [{"noncurrent_days": 90}],
                    }
                ],
            }
        },
        "aws_kms_key": {"state": {"description": "state", "enable_key_rotation": True}},
        "aws_kms_alias": {"state": {"name": "alias/state", "target_key_id": "${aws_kms_key.state.key_id}"}},
        "aws_appautoscaling_target": {
            "web": {
                "service_namespace": "ecs",
                "resource_id": "service/web/${aws_ecs_service.web.name}",
                "scalable_dimension": "ecs:service:DesiredCount",
                "min_capacity": 2,
                "max_capacity": 4,
            }
        },
        "aws_appautoscaling_policy": {
            "web": {
                "name": "cpu",
                "policy_type": "TargetTrackingScaling",
                "service_namespace": "${aws_appautoscaling_target.web.service_namespace}",
                "resource_id": "${aws_appautoscaling_target.web.resource_id}",
                "scalable_dimension": "${aws_appautoscaling_target.web.scalable_dimension}",
                "target_tracking_scaling_policy_configuration": {
                    "target_value": 60,
                    "predefined_metric_specification": {
                        "predefined_metric_type": "ECSServiceAverageCPUUtilization"
                    },
                },
            }
        },
    }


def alarms() -> dict[str, Any]:
    """An alarm, the alarm above it, whom they tell, and a dashboard."""
    topic = "${aws_sns_topic.alarms.arn}"
    return {
        "aws_sns_topic": {"alarms": {"name": "shop-dev-alarms"}},
        "aws_sns_topic_policy": {
            "alarms": {"arn": topic, "policy": POLICY.replace('"Resource"', '"Principal": "*", "Resource"')}
        },
        "aws_sns_topic_subscription": {
            "alarms": {"topic_arn": topic, "protocol": "email", "endpoint": "ops@example.com"}
        },
        "aws_cloudwatch_metric_alarm": {
            "web": {
                "alarm_name": "shop-dev-web",
                "namespace": "AWS/Lambda",
                "metric_name": "Errors",
                "statistic": "Sum",
                "period": 60,
                "threshold": 1,
                "evaluation_periods": 1,
                "comparison_operator": "GreaterThanOrEqualToThreshold",
                "alarm_actions": [topic],
            }
        },
        "aws_cloudwatch_composite_alarm": {
            "all": {
                "alarm_name": "shop-dev",
                "alarm_rule": "ALARM(${aws_cloudwatch_metric_alarm.web.alarm_name})",
            }
        },
        "aws_cloudwatch_dashboard": {
            "all": {"dashboard_name": "shop-dev", "dashboard_body": json.dumps({"widgets": []})}
        },
    }


def triggers() -> dict[str, Any]:
    """A queue with its dead letters, a schedule, a rule, a bucket and a topic that invoke a function."""
    function, queue = "${aws_lambda_function.inventory.arn}", "${aws_sqs_queue.orders.arn}"
    return {
        "aws_sqs_queue": {
            "orders": {
                "name": "shop-dev-orders",
                "visibility_timeout_seconds": 60,
                "redrive_policy": json.dumps(
                    {"deadLetterTargetArn": "${aws_sqs_queue.dead.arn}", "maxReceiveCount": 5}
                ),
            },
            "dead": {"name": "shop-dev-dead"},
        },
        "aws_sqs_queue_redrive_allow_policy": {
            "dead": {
                "queue_url": "${aws_sqs_queue.dead.url}",
                "redrive_allow_policy": json.dumps(
                    {"redrivePermission": "byQueue", "sourceQueueArns": [queue]}
                ),
            }
        },
        "aws_lambda_event_source_mapping": {
            "orders": {"event_source_arn": queue, "function_name": function, "batch_size": 10}
        },
        "aws_scheduler_schedule": {
            "nightly": {
                "name": "shop-dev-nightly",
                "schedule_expression": "rate(1 day)",
                "flexible_time_window": {"mode": "OFF"},
                "target": {"arn": function, "role_arn": "${aws_iam_role.web.arn}"},
            }
        },
        "aws_cloudwatch_event_rule": {
            "stopped": {"name": "shop-dev-stopped", "event_pattern": json.dumps({"source": ["aws.ecs"]})}
        },
        "aws_cloudwatch_event_target": {
            "stopped": {
                "rule": "${aws_cloudwatch_event_rule.stopped.name}",
                "target_id": "inventory",
                "arn": function,
            }
        },
        "aws_s3_bucket_notification": {
            "uploads": {
                "bucket": "acme-uploads",
                "lambda_function": [{"lambda_function_arn": function, "events": ["s3:ObjectCreated:*"]}],
            }
        },
    }


def everything(folder: Path) -> Path:
    """A stack with every resource type that the constructs use, and the usual data sources."""
    return write_stack(
        folder,
        {**network(), **compute(), **services(), **alarms(), **triggers()},
        data={
            "aws_caller_identity": {"current": {}},
            "aws_partition": {"current": {}},
            "aws_region": {"current": {}},
            "aws_availability_zones": {"all": {"state": "available"}},
            "aws_vpc_endpoint_service": {"logs": {"service": "logs"}},
            "aws_vpc": {"existing": {"id": "vpc-0123456789abcdef0"}},
            "aws_internet_gateway": {"existing": {"internet_gateway_id": "igw-0123456789abcdef0"}},
            "aws_subnets": {"existing": {}},
            "aws_security_group": {"existing": {"id": "sg-0123456789abcdef0"}},
            "aws_elb_service_account": {"main": {}},
            "aws_route53_zone": {"main": {"name": "example.com"}},
            "aws_prefix_list": {"s3": {"name": "com.amazonaws.eu-west-1.s3"}},
            "aws_ec2_managed_prefix_list": {"s3": {"name": "com.amazonaws.eu-west-1.s3"}},
            "aws_iam_policy_document": {
                "trust": {
                    "statement": [
                        {
                            "actions": ["sts:AssumeRole"],
                            "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
                        }
                    ]
                }
            },
        },
        output={"url": {"value": "http://${aws_lb.internal.dns_name}"}},
    )
