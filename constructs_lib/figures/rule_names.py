"""AWS's rules by name: how grave each is, what it asks for, AWS's figure, and the page that says so.

``lint``, reports and waivers call a rule by its name here; the room ``rules`` has a check for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["E", "W"]
"""E: wrong at apply or at run time. W: allowed, but costly or fragile."""


@dataclass(frozen=True, slots=True)
class RuleName:
    """One rule of AWS.

    asks: what it asks for. figure: AWS's own number, if there is one. page: where AWS says so.
    """

    name: str
    severity: Severity
    asks: str
    figure: str
    page: str


_AWS = "https://docs.aws.amazon.com"
_EC2 = f"{_AWS}/AWSEC2/latest/APIReference"
_ECS = f"{_AWS}/AmazonECS/latest"
_ELB = f"{_AWS}/elasticloadbalancing/latest"
_LAMBDA = f"{_AWS}/lambda/latest"
_PRIVATELINK = f"{_AWS}/vpc/latest/privatelink"
_TERRAFORM = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources"
_VPC = f"{_AWS}/vpc/latest/userguide"

_BY_PAGE: tuple[tuple[str, tuple[tuple[str, Severity, str, str], ...]], ...] = (
    (f"{_VPC}/subnet-sizing.html", (
        ("cidr-block-size", "E", "size of VPCs and subnets", "/16 to /28"),
        ("cidr-block-form", "E", "a block is a range of IPv4 addresses without host bits", ""),
        ("subnet-in-vpc", "E", "subnets lie in their VPC", ""),
        ("subnet-overlap", "E", "subnets do not overlap", ""),
        ("subnet-addresses", "E", "addresses of a subnet", "its size less 5"),
    )),
    (f"{_VPC}/VPC_Route_Tables.html", (
        ("subnet-route-table", "E", "route tables of a subnet", "1"),
    )),
    (f"{_VPC}/amazon-vpc-limits.html", (
        ("internet-gateways", "E", "internet gateways of a VPC", "1"),
        ("elastic-ips", "W", "Elastic IPs of a region", "5"),
    )),
    (f"{_VPC}/vpc-nat-gateway.html", (
        ("nat-gateway-elastic-ip", "E", "a public NAT gateway has an Elastic IP", ""),
        ("nat-gateway-subnet", "E", "a NAT gateway's subnet leads to an internet gateway", ""),
        ("nat-gateway-use", "W", "a NAT gateway that somebody may use", ""),
    )),
    (f"{_TERRAFORM}/internet_gateway", (
        ("internet-gateway-order", "E", "after the internet gateway", ""),
    )),
    (f"{_ELB}/application/application-load-balancers.html", (
        ("alb-subnet-size", "E", "subnets of an application load balancer", "/27 or larger"),
        ("alb-two-zones", "E", "zones of an application load balancer, one subnet in each", "2 or more"),
        ("alb-idle-timeout", "E", "idle timeout of a load balancer", "1 to 4000 s"),
        ("alb-idle-timeout-for-lambda", "W", "a load balancer waits for its functions", "60 s"),
    )),
    (f"{_ELB}/application/application-load-balancer-getting-started.html", (
        ("alb-public-subnets", "E", "a public load balancer's subnets lead to an internet gateway", ""),
    )),
    (f"{_ELB}/APIReference/API_CreateLoadBalancer.html", (
        ("alb-name", "E", "name of a load balancer", "32 characters"),
    )),
    (f"{_ELB}/application/load-balancer-limits.html", (
        ("alb-listeners", "E", "listeners of a load balancer", "50"),
        ("alb-listener-rules", "E", "listener rules of a load balancer beside the default ones", "100"),
        ("alb-target-groups", "E", "target groups of a load balancer", "100"),
        ("alb-certificates", "E", "certificates of a load balancer beside the default ones", "25"),
        ("listener-rule-values", "E", "condition values of a listener rule", "5"),
    )),
    (f"{_ELB}/application/listener-rules.html", (
        ("listener-rule-priority", "E", "one listener rule for a priority", "1 to 50000"),
    )),
    (f"{_ELB}/application/create-https-listener.html", (
        ("listener-port", "E", "one listener for a port", "1 to 65535"),
        ("listener-certificate", "E", "HTTPS with a certificate, HTTP without", ""),
        ("listener-tls-policy", "W", "HTTPS with a policy for TLS", ""),
        ("certificate-region", "E", "a certificate is of the listener's region", ""),
        ("alb-https-dns-name", "E", "HTTPS by a name of one's own", ""),
    )),
    (f"{_ELB}/APIReference/API_CreateTargetGroup.html", (
        ("target-group-name", "E", "name of a target group", "32 characters"),
    )),
    (f"{_ELB}/application/target-group-health-checks.html", (
        ("health-check", "E", "health check", "interval 5 to 300 s, timeout 2 to 120 s, thresholds 2 to 10"),
    )),
    (f"{_TERRAFORM}/lb_target_group", (
        ("target-group-replacement", "W", "a target group in use can be replaced", ""),
    )),
    (f"{_ELB}/application/lambda-functions.html", (
        ("lambda-target-group-settings", "E", "a function's target group has no port, protocol or VPC", ""),
        ("lambda-target-group-targets", "E", "functions of a target group", "1"),
        ("lambda-target-group-load-balancer", "E", "load balancers of a function's target group", "1"),
        ("lambda-permission", "E", "a load balancer may invoke what it targets", ""),
        ("lambda-permission-order", "E", "an attachment after its permission", ""),
        ("lambda-permission-source", "W", "a permission names whose target group it admits", ""),
    )),
    (f"{_TERRAFORM}/lb_target_group_attachment", (
        ("lambda-target-replacement", "W", "permission and attachment are replaced without a gap", ""),
    )),
    (f"{_LAMBDA}/dg/gettingstarted-limits.html", (
        ("lambda-memory", "E", "memory of a function", "128 to 10240 MB"),
        ("lambda-timeout", "E", "timeout of a function", "1 to 900 s"),
        ("lambda-ephemeral-storage", "E", "ephemeral storage of a function", "512 to 10240 MB"),
        ("lambda-environment-size", "E", "environment variables of a function", "4096 bytes"),
    )),
    (f"{_LAMBDA}/api/API_CreateFunction.html", (
        ("lambda-name", "E", "name of a function", "64 characters"),
    )),
    (f"{_LAMBDA}/dg/configuration-envvars.html", (
        ("lambda-reserved-variables", "E", "variables that Lambda keeps for itself", ""),
    )),
    (f"{_LAMBDA}/dg/images-create.html", (
        ("lambda-code", "E", "a function's code", "a zip or an image"),
        ("lambda-image-registry", "E", "a function's image is in ECR, in its region", ""),
        ("lambda-image-digest", "W", "an image by its digest", ""),
    )),
    (f"{_LAMBDA}/dg/monitoring-cloudwatchlogs.html", (
        ("lambda-log-group", "W", "a function's log group", ""),
        ("lambda-log-retention", "W", "how long a function's log group keeps what it has", ""),
        ("lambda-log-group-order", "W", "a function after its log group", ""),
    )),
    (f"{_LAMBDA}/api/API_VpcConfig.html", (
        ("lambda-subnets", "E", "subnets of a function in a VPC", "1 to 16"),
        ("lambda-security-groups", "E", "security groups of a function", "5"),
        ("lambda-vpc", "E", "a function's subnets and security groups are in one VPC", ""),
    )),
    (f"{_LAMBDA}/dg/configuration-vpc.html", (
        ("lambda-network-interfaces", "W", "network interfaces of functions", "250 of a VPC"),
    )),
    (f"{_LAMBDA}/dg/configuration-vpc-internet.html", (
        ("lambda-public-subnet", "E", "no function in a public subnet", ""),
    )),
    (f"{_TERRAFORM}/lambda_function", (
        ("lambda-policy-order", "E", "a function after its policies", ""),
        ("lambda-security-groups-on-destroy", "W", "a function's security groups can go", "20 to 60 min"),
    )),
    (f"{_ECS}/developerguide/task-cpu-memory-error.html", (
        ("fargate-task-size", "E", "a Fargate task's size", "AWS's pairs of cpu and memory"),
    )),
    (f"{_ECS}/developerguide/fargate-tasks-services.html", (
        ("fargate-network-mode", "E", "network mode of a Fargate task", "awsvpc"),
        ("fargate-compatibility", "E", "the task definition of a Fargate service names FARGATE", ""),
    )),
    (f"{_ECS}/APIReference/API_AwsVpcConfiguration.html", (
        ("fargate-network-configuration", "E", "a Fargate service names its network", ""),
        ("fargate-subnets", "E", "subnets of a Fargate service", "16"),
        ("fargate-security-groups", "E", "security groups of a Fargate service", "5"),
        ("fargate-target-type", "E", "target type of a Fargate service's target groups", "ip"),
    )),
    (f"{_AWS}/AmazonECR/latest/userguide/vpc-endpoints.html", (
        ("fargate-start", "E", "a Fargate task reaches its images, secrets and logs", "443"),
    )),
    (f"{_TERRAFORM}/ecs_service", (
        ("ecs-listener-order", "E", "a service after its listener", ""),
        ("ecs-policy-order", "E", "a service after its policies", ""),
    )),
    (f"{_VPC}/amazon-vpc-limits.html", (
        ("security-groups-per-interface", "E", "security groups of a network interface", "5"),
        ("security-group-rules", "E", "rules of a security group", "60 in each direction"),
    )),
    (f"{_EC2}/API_CreateSecurityGroup.html", (
        ("security-group-name", "E", "name of a security group", "255 characters"),
        ("security-group-description", "E", "description of a security group", "255 characters"),
    )),
    (f"{_TERRAFORM}/security_group", (
        ("security-group-inline-rules", "E", "rules of a security group are written in one way", ""),
        ("security-group-replacement", "W", "a security group can be replaced", ""),
    )),
    (f"{_TERRAFORM}/default_security_group", (
        ("default-security-group", "E", "a default security group is taken over in one's own VPC only", ""),
    )),
    (f"{_PRIVATELINK}/gateway-endpoints.html", (
        ("gateway-endpoint-service", "E", "services of gateway endpoints", "s3, dynamodb, s3express"),
        ("gateway-endpoint-route-tables", "E", "a gateway endpoint is in a route table", ""),
        ("gateway-endpoint-settings", "E", "a gateway endpoint has no subnets, groups or private DNS", ""),
        ("gateway-endpoint-egress", "E", "closed egress is open to a gateway endpoint", "443"),
    )),
    (f"{_PRIVATELINK}/create-interface-endpoint.html", (
        ("interface-endpoint-subnets", "E", "subnets of an interface endpoint", "1 of a zone"),
        ("interface-endpoint-security-group", "E", "an interface endpoint admits somebody", "443"),
        ("interface-endpoint-private-dns", "E", "private DNS needs the VPC's own DNS", ""),
        ("interface-endpoint-duplicate", "E", "endpoints of a service with private DNS", "1 of a VPC"),
    )),
    (f"{_PRIVATELINK}/vpc-limits-endpoints.html", (
        ("interface-endpoints", "E", "interface endpoints of a VPC", "50"),
    )),
    (f"{_AWS}/AmazonS3/latest/userguide/privatelink-interface-endpoints.html", (
        ("s3-endpoint-private-dns", "E", "private DNS for s3 needs the gateway endpoint", ""),
    )),
)  # fmt: skip

RULE_NAMES: dict[str, RuleName] = {
    name: RuleName(name, severity, asks, figure, page)
    for page, rules in _BY_PAGE
    for name, severity, asks, figure in rules
}
"""Every rule of AWS that Terraform JSON can be asked about, in the order of reports."""
