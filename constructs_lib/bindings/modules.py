"""Which classes of the AWS provider this project uses, by the module of the provider that has them."""

from __future__ import annotations

MODULES: dict[str, tuple[str, ...]] = {
    "cloudwatch_log_group": ("CloudwatchLogGroup",),
    "data_aws_caller_identity": ("DataAwsCallerIdentity",),
    "data_aws_partition": ("DataAwsPartition",),
    "default_security_group": ("DefaultSecurityGroup",),
    "eip": ("Eip",),
    "flow_log": ("FlowLog",),
    "iam_role": ("IamRole",),
    "iam_role_policy": ("IamRolePolicy",),
    "internet_gateway": ("InternetGateway",),
    "lambda_alias": ("LambdaAlias",),
    "lambda_function": (
        "LambdaFunction",
        "LambdaFunctionEnvironment",
        "LambdaFunctionLoggingConfig",
        "LambdaFunctionVpcConfig",
    ),
    "lambda_permission": ("LambdaPermission",),
    "lb": ("Lb", "LbAccessLogs"),
    "lb_listener": (
        "LbListener",
        "LbListenerDefaultAction",
        "LbListenerDefaultActionFixedResponse",
        "LbListenerDefaultActionRedirect",
    ),
    "lb_listener_rule": (
        "LbListenerRule",
        "LbListenerRuleAction",
        "LbListenerRuleCondition",
        "LbListenerRuleConditionPathPattern",
    ),
    "lb_target_group": ("LbTargetGroup", "LbTargetGroupHealthCheck"),
    "lb_target_group_attachment": ("LbTargetGroupAttachment",),
    "nat_gateway": ("NatGateway",),
    "provider": ("AwsProvider", "AwsProviderAssumeRole", "AwsProviderDefaultTags"),
    "route": ("Route",),
    "route_table": ("RouteTable",),
    "route_table_association": ("RouteTableAssociation",),
    "security_group": ("SecurityGroup",),
    "subnet": ("Subnet",),
    "vpc": ("Vpc",),
    "vpc_endpoint": ("VpcEndpoint",),
    "vpc_security_group_egress_rule": ("VpcSecurityGroupEgressRule",),
    "vpc_security_group_ingress_rule": ("VpcSecurityGroupIngressRule",),
}
