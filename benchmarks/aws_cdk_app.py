"""The architecture of environments/dev.toml in AWS CDK, to compare the time of a synth with.

Needs aws-cdk-lib; `synth.py --aws-cdk PYTHON` runs it. Usage: python aws_cdk_app.py OUTPUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_elasticloadbalancingv2_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

LAMBDA_SRC = Path(__file__).resolve().parent.parent / "lambda_src"


class Shop(cdk.Stack):
    """Internet, public load balancer, storefront, internal load balancer, inventory."""

    def __init__(self, app: cdk.App) -> None:
        super().__init__(app, "dev", env=cdk.Environment(account="123456789012", region="us-east-1"))
        self.vpc = ec2.Vpc(
            self,
            "network",
            ip_addresses=ec2.IpAddresses.cidr("10.20.0.0/16"),
            availability_zones=["us-east-1a", "us-east-1b"],
            nat_gateways=1,
        )
        clients = self._group("endpoint-clients")
        for name in ("S3", "DYNAMODB"):
            service = getattr(ec2.GatewayVpcEndpointAwsService, name)
            self.vpc.add_gateway_endpoint(name.lower(), service=service)
        endpoints = self._group("endpoints")
        endpoints.add_ingress_rule(clients, ec2.Port.tcp(443))
        for name in ("CLOUDWATCH_LOGS", "CLOUDWATCH_MONITORING"):
            service = getattr(ec2.InterfaceVpcEndpointAwsService, name)
            self.vpc.add_interface_endpoint(
                name.lower(), service=service, security_groups=[endpoints], open=False
            )
        internal, public = self._load_balancer("internal"), self._load_balancer("public")
        inventory = self._function("inventory", [clients], internal, 8080)
        caller = self._function("storefront", [clients], public, 80)
        caller.add_environment("INVENTORY_URL", f"http://{internal.load_balancer_dns_name}:8080")
        caller.connections.allow_to(internal, ec2.Port.tcp(8080))
        caller.connections.allow_to(ec2.Peer.any_ipv4(), ec2.Port.tcp(443))
        public.connections.allow_from_any_ipv4(ec2.Port.tcp(80))
        cdk.CfnOutput(self, "public-url", value=f"http://{public.load_balancer_dns_name}")
        cdk.CfnOutput(self, "inventory-name", value=inventory.function_name)

    def _group(self, name: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(self, name, vpc=self.vpc, allow_all_outbound=False)

    def _load_balancer(self, name: str) -> elbv2.ApplicationLoadBalancer:
        return elbv2.ApplicationLoadBalancer(
            self,
            name,
            vpc=self.vpc,
            internet_facing=name == "public",
            security_group=self._group(f"{name}-group"),
            drop_invalid_header_fields=True,
        )

    def _function(
        self,
        name: str,
        groups: list[ec2.SecurityGroup],
        behind: elbv2.ApplicationLoadBalancer,
        port: int,
    ) -> lambda_.Function:
        function = lambda_.Function(
            self,
            name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            handler="handler.handler",
            code=lambda_.Code.from_asset(str(LAMBDA_SRC / name)),
            vpc=self.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            security_groups=[self._group(f"{name}-group"), *groups],
            log_group=logs.LogGroup(self, f"{name}-logs", retention=logs.RetentionDays.ONE_MONTH),
        )
        alias = function.add_alias("live")
        listener = behind.add_listener(
            f"{name}-listener", port=port, protocol=elbv2.ApplicationProtocol.HTTP, open=False
        )
        listener.add_targets(f"{name}-target", targets=[targets.LambdaTarget(alias)])
        return function


if __name__ == "__main__":
    app = cdk.App(outdir=sys.argv[1])
    Shop(app)
    app.synth()
