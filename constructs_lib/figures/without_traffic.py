"""Resource types that carry, filter and receive no traffic of what they refer to, each with the reason.

The proof may say "no" beside them. A type that neither stands here nor is modelled turns every answer about
what it refers to into "cannot tell". https://registry.terraform.io/providers/hashicorp/aws/latest/docs
"""

from __future__ import annotations

from functools import lru_cache

_MEASURES = "it measures or reports, and sends nothing to what it watches"
_PERMISSIONS = "it grants or describes permissions; ways in by IAM are asked by themselves"
_NAMES = "a name or a certificate opens no way: who resolves it still has to get through"
_RESTRICTS = "it can only refuse or count requests that get through"
_VALUE = "it keeps a value"
_SCALES = "it changes how many there are, not who reaches them"

WITHOUT_TRAFFIC: dict[str, str] = {
    "aws_acm_certificate": _NAMES,
    "aws_acm_certificate_validation": _NAMES,
    "aws_appautoscaling_policy": _SCALES,
    "aws_appautoscaling_scheduled_action": _SCALES,
    "aws_appautoscaling_target": _SCALES,
    "aws_autoscaling_lifecycle_hook": _SCALES,
    "aws_autoscaling_notification": _MEASURES,
    "aws_autoscaling_policy": _SCALES,
    "aws_autoscaling_schedule": _SCALES,
    "aws_budgets_budget": _MEASURES,
    "aws_cloudwatch_composite_alarm": _MEASURES,
    "aws_cloudwatch_dashboard": _MEASURES,
    "aws_cloudwatch_event_bus": "it passes events on; targets of its rules are modelled",
    "aws_cloudwatch_event_rule": "it matches events; its targets are modelled",
    "aws_cloudwatch_log_group": _MEASURES,
    "aws_cloudwatch_log_metric_filter": _MEASURES,
    "aws_cloudwatch_log_stream": _MEASURES,
    "aws_cloudwatch_metric_alarm": _MEASURES,
    "aws_cloudwatch_query_definition": _MEASURES,
    "aws_codedeploy_app": "it names deployments",
    "aws_customer_gateway": "it describes a router elsewhere; a connection uses it",
    "aws_dynamodb_table": "it is reached through its service's endpoint, which is modelled",
    "aws_ec2_tag": _VALUE,
    "aws_ecr_lifecycle_policy": _VALUE,
    "aws_ecr_repository": "it is reached through its service's endpoint, which is modelled",
    "aws_ecr_repository_policy": _PERMISSIONS,
    "aws_ecs_cluster": "it holds services, which are modelled",
    "aws_ecs_cluster_capacity_providers": _SCALES,
    "aws_ecs_task_definition": "it is read with the service that runs it",
    "aws_egress_only_internet_gateway": "only answers come in through it; routes to it are read",
    "aws_eip": "an address alone leads nowhere; what it is tied to is modelled or named",
    "aws_flow_log": _MEASURES,
    "aws_iam_instance_profile": _PERMISSIONS,
    "aws_iam_policy": _PERMISSIONS,
    "aws_iam_policy_attachment": _PERMISSIONS,
    "aws_iam_role": _PERMISSIONS,
    "aws_iam_role_policies_exclusive": _PERMISSIONS,
    "aws_iam_role_policy": _PERMISSIONS,
    "aws_iam_role_policy_attachment": _PERMISSIONS,
    "aws_iam_role_policy_attachments_exclusive": _PERMISSIONS,
    "aws_iam_user_policy": _PERMISSIONS,
    "aws_kms_alias": _VALUE,
    "aws_kms_grant": _PERMISSIONS,
    "aws_kms_key": _PERMISSIONS,
    "aws_kms_key_policy": _PERMISSIONS,
    "aws_lambda_function_event_invoke_config": "it says what becomes of a result",
    "aws_lambda_layer_version": _VALUE,
    "aws_lambda_provisioned_concurrency_config": _SCALES,
    "aws_lambda_runtime_management_config": _VALUE,
    "aws_lb_listener_certificate": _NAMES,
    "aws_launch_configuration": "it launches nothing; what does is modelled or named",
    "aws_launch_template": "it launches nothing; what does is modelled or named",
    "aws_networkmanager_global_network": "it names networks; attachments connect them",
    "aws_resourcegroups_group": _VALUE,
    "aws_route53_hosted_zone_dnssec": _NAMES,
    "aws_route53_record": _NAMES,
    "aws_route53_zone": _NAMES,
    "aws_route53_zone_association": _NAMES,
    "aws_s3_bucket": "it is reached through its service's endpoint, which is modelled",
    "aws_s3_bucket_lifecycle_configuration": _VALUE,
    "aws_s3_bucket_ownership_controls": _VALUE,
    "aws_s3_bucket_policy": _PERMISSIONS,
    "aws_s3_bucket_public_access_block": _RESTRICTS,
    "aws_s3_bucket_server_side_encryption_configuration": _VALUE,
    "aws_scheduler_schedule_group": "it holds schedules, which are modelled",
    "aws_secretsmanager_secret": _VALUE,
    "aws_secretsmanager_secret_policy": _PERMISSIONS,
    "aws_secretsmanager_secret_version": _VALUE,
    "aws_shield_application_layer_automatic_response": _RESTRICTS,
    "aws_shield_protection": _RESTRICTS,
    "aws_shield_protection_health_check_association": _RESTRICTS,
    "aws_sns_topic": "it is reached through its service's endpoint, which is modelled",
    "aws_sns_topic_policy": _PERMISSIONS,
    "aws_sns_topic_subscription": "it delivers as anybody, or by a permission, which is asked by itself",
    "aws_sqs_queue": "it is reached through its service's endpoint, which is modelled",
    "aws_sqs_queue_policy": _PERMISSIONS,
    "aws_sqs_queue_redrive_allow_policy": _PERMISSIONS,
    "aws_sqs_queue_redrive_policy": "it moves messages from a queue to another",
    "aws_ssm_parameter": _VALUE,
    "aws_vpc_block_public_access_exclusion": _RESTRICTS,
    "aws_vpc_block_public_access_options": _RESTRICTS,
    "aws_wafregional_web_acl_association": _RESTRICTS,
    "aws_wafv2_web_acl": _RESTRICTS,
    "aws_wafv2_web_acl_association": _RESTRICTS,
    "aws_wafv2_web_acl_logging_configuration": _MEASURES,
    "terraform_data": _VALUE,
}

_OTHER_PROVIDERS = ("random_", "tls_", "time_", "archive_", "local_")
"""Providers whose resources exist within Terraform alone, whatever they refer to."""

WAYS_IN: dict[str, str] = {
    "aws_api_gateway_vpc_link": "leads from an API Gateway",
    "aws_apigatewayv2_vpc_link": "leads from an API Gateway",
    "aws_cloudfront_distribution": "leads from CloudFront",
    "aws_cloudfront_vpc_origin": "leads from CloudFront",
    "aws_globalaccelerator_endpoint_group": "leads from a Global Accelerator",
    "aws_globalaccelerator_custom_routing_endpoint_group": "leads from a Global Accelerator",
    "aws_vpc_endpoint_service": "leads from other VPCs and accounts through PrivateLink",
    "aws_vpclattice_resource_configuration": "leads from VPC Lattice",
    "aws_vpclattice_target_group_attachment": "leads from VPC Lattice",
    "aws_verifiedaccess_endpoint": "leads from Verified Access",
    "aws_ec2_transit_gateway_vpc_attachment": "leads from a transit gateway",
    "aws_vpc_peering_connection": "leads from another VPC",
    "aws_vpn_gateway": "leads from a network elsewhere",
    "aws_ec2_client_vpn_endpoint": "leads from VPN clients",
}
"""Types through which others come in, in words. Who uses them is not a document's matter."""


@lru_cache
def reason_without_traffic(kind: str) -> str | None:
    """Say why a resource type cannot matter to who reaches whom; None where it may."""
    if kind.startswith(_OTHER_PROVIDERS):
        return "it exists within Terraform alone"
    return WITHOUT_TRAFFIC.get(kind)
