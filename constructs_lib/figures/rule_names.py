"""AWS's rules by name: how grave each is, what it asks for, AWS's figure, and the page that says so.

``lint``, reports and waivers call a rule by its name here; the room ``rules`` has a check for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from constructs_lib.figures import lambda_tables as functions
from constructs_lib.figures import load_balancer as alb
from constructs_lib.figures import vpc
from constructs_lib.figures.containers import ecs
from constructs_lib.figures.endpoint_services import GATEWAY_SERVICES
from constructs_lib.figures.internet import HTTPS, PORT

Severity = Literal["E", "W", "N"]
"""E: AWS or Terraform refuses it, or it cannot work. W: allowed, but costly or fragile; also a race that the
provider waits out and what it only warns of. N: advice that hits nearly everybody, shown on request.
"""


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
    ("https://developer.hashicorp.com/terraform/language/expressions/references", (
        ("reference", "E", "every reference leads to something that is declared", ""),
    )),
    (f"{_VPC}/subnet-sizing.html", (
        ("cidr-block-size", "E", "size of VPCs and subnets",
         f"/{vpc.LARGEST_SUBNET} to /{vpc.SMALLEST_SUBNET}"),
        ("cidr-block-form", "E", "a block is a range of IPv4 addresses without host bits", ""),
        ("subnet-in-vpc", "E", "subnets lie in their VPC", ""),
        ("subnet-overlap", "E", "subnets do not overlap", ""),
        ("subnet-addresses", "E", "addresses of a subnet", f"its size less {vpc.RESERVED_ADDRESSES}"),
    )),
    (f"{_VPC}/VPC_Route_Tables.html", (
        ("subnet-route-table", "E", "route tables of a subnet", "1"),
        ("route-table-vpc", "E", "a route table, its subnets and its gateways are in one VPC", ""),
    )),
    (f"{_VPC}/amazon-vpc-limits.html", (
        ("internet-gateways", "E", "internet gateways of a VPC", str(vpc.INTERNET_GATEWAYS_PER_VPC)),
        ("elastic-ips", "W", "Elastic IPs of a region", str(vpc.ELASTIC_IPS_PER_REGION)),
    )),
    (f"{_VPC}/vpc-nat-gateway.html", (
        ("nat-gateway-elastic-ip", "E", "a public NAT gateway has an Elastic IP", ""),
        ("nat-gateway-subnet", "E", "a NAT gateway's subnet leads to an internet gateway", ""),
        ("nat-gateway-use", "W", "a NAT gateway that somebody may use", ""),
    )),
    (f"{_TERRAFORM}/internet_gateway", (
        ("internet-gateway-order", "E", "public load balancers and NAT gateways after their gateway", ""),
    )),
    (f"{_ELB}/application/application-load-balancers.html", (
        ("alb-subnet-size", "E", "subnets of an application load balancer",
         f"/{alb.LONGEST_SUBNET_PREFIX} or larger"),
        ("alb-two-zones", "E", "zones of an application load balancer, one subnet in each",
         f"{alb.FEWEST_ZONES} or more"),
        ("alb-idle-timeout", "E", "idle timeout of a load balancer", f"{alb.IDLE_TIMEOUT_S} s"),
        ("alb-idle-timeout-for-lambda", "W", "a load balancer waits for its functions",
         f"{alb.DEFAULT_IDLE_TIMEOUT_S} s"),
    )),
    (f"{_ELB}/application/application-load-balancer-getting-started.html", (
        ("alb-public-subnets", "E", "a public load balancer's subnets lead to an internet gateway", ""),
    )),
    (f"{_AWS}/waf/latest/developerguide/web-acl-associating-aws-resource.html", (
        ("alb-web-acl", "N", "a public load balancer has a web ACL of WAF", ""),
    )),
    (f"{_ELB}/APIReference/API_CreateLoadBalancer.html", (
        ("alb-name", "E", "name of a load balancer", f"{alb.NAME_LENGTH} characters"),
    )),
    (f"{_ELB}/application/load-balancer-limits.html", (
        ("alb-listeners", "E", "listeners of a load balancer", str(alb.LISTENERS_PER_LOAD_BALANCER)),
        ("alb-listener-rules", "E", "listener rules of a load balancer beside the default ones",
         str(alb.RULES_PER_LOAD_BALANCER)),
        ("alb-target-groups", "E", "target groups of a load balancer",
         str(alb.TARGET_GROUPS_PER_LOAD_BALANCER)),
        ("alb-certificates", "E", "certificates of a load balancer beside the default ones",
         str(alb.CERTIFICATES_PER_LOAD_BALANCER)),
        ("listener-rule-values", "E", "condition values of a listener rule", str(alb.VALUES_PER_RULE)),
    )),
    (f"{_ELB}/application/listener-rules.html", (
        ("listener-rule-priority", "E", "one listener rule for a priority", str(alb.RULE_PRIORITY)),
    )),
    (f"{_ELB}/application/create-https-listener.html", (
        ("listener-port", "E", "one listener for a port", str(PORT)),
        ("listener-certificate", "E", "HTTPS with a certificate, HTTP without", ""),
        ("listener-tls-policy", "W", "HTTPS with a policy for TLS", ""),
        ("certificate-region", "E", "a certificate is of the listener's region", ""),
        ("alb-https-dns-name", "E", "HTTPS by a name of one's own", ""),
    )),
    (f"{_ELB}/APIReference/API_CreateTargetGroup.html", (
        ("target-group-name", "E", "name of a target group", f"{alb.NAME_LENGTH} characters"),
        ("target-group-vpc", "E", "a target group, its load balancer and its targets are in one VPC", ""),
    )),
    (f"{_ELB}/application/load-balancer-update-security-groups.html", (
        ("alb-target-security-groups", "E",
         "a load balancer's group lets out to its targets, and theirs admit it", ""),
    )),
    (f"{_ELB}/application/target-group-health-checks.html", (
        ("health-check", "E", "health check",
         f"interval {alb.HEALTH_CHECK_INTERVAL_S} s, timeout {alb.HEALTH_CHECK_TIMEOUT_S} s, "
         f"thresholds {alb.HEALTH_CHECK_THRESHOLD}"),
    )),
    (f"{_TERRAFORM}/lb_target_group", (
        ("target-group-replacement", "W", "a target group in use can be replaced", ""),
    )),
    (f"{_ELB}/application/lambda-functions.html", (
        ("lambda-target-group-settings", "W", "a function's target group has no port, protocol or VPC", ""),
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
        ("lambda-memory", "E", "memory of a function", f"{functions.MEMORY_MB} MB"),
        ("lambda-timeout", "E", "timeout of a function", f"{functions.TIMEOUT_S} s"),
        ("lambda-ephemeral-storage", "E", "ephemeral storage of a function",
         f"{functions.EPHEMERAL_STORAGE_MB} MB"),
        ("lambda-environment-size", "E", "environment variables of a function",
         f"{functions.ENVIRONMENT_BYTES} bytes"),
    )),
    (f"{_LAMBDA}/api/API_CreateFunction.html", (
        ("lambda-name", "E", "name of a function", f"{functions.FUNCTION_NAME_LENGTH} characters"),
    )),
    (f"{_LAMBDA}/dg/configuration-envvars.html", (
        ("lambda-reserved-variables", "E", "variables that Lambda keeps for itself", ""),
    )),
    (f"{_LAMBDA}/dg/images-create.html", (
        ("lambda-code", "E", "a function's code", "a zip or an image"),
        ("lambda-image-registry", "E", "a function's image is in ECR, in its region", ""),
        ("lambda-image-digest", "W", "an image by its digest", ""),
    )),
    (f"{_LAMBDA}/dg/lambda-runtimes.html", (
        ("lambda-runtime-retired", "E", "a runtime of which AWS still makes functions", ""),
        ("lambda-runtime-deprecated", "W", "a runtime with security updates", ""),
    )),
    (f"{_LAMBDA}/dg/monitoring-cloudwatchlogs.html", (
        ("lambda-log-group", "W", "a function's log group", ""),
        ("lambda-log-retention", "W", "how long a function's log group keeps what it has", ""),
        ("lambda-log-group-order", "W", "a function after its log group", ""),
    )),
    (f"{_LAMBDA}/api/API_VpcConfig.html", (
        ("lambda-subnets", "E", "subnets of a function in a VPC", f"1 to {functions.SUBNETS_PER_FUNCTION}"),
        ("lambda-security-groups", "E", "security groups of a function",
         str(functions.SECURITY_GROUPS_PER_FUNCTION)),
        ("lambda-vpc", "E", "a function's subnets and security groups are in one VPC", ""),
    )),
    (f"{_LAMBDA}/dg/configuration-vpc.html", (
        ("lambda-network-interfaces", "W", "network interfaces of functions",
         f"{functions.NETWORK_INTERFACES_PER_VPC} of a VPC"),
    )),
    (f"{_LAMBDA}/dg/configuration-vpc-internet.html", (
        ("lambda-public-subnet", "W", "no function in a public subnet", ""),
    )),
    (f"{_TERRAFORM}/lambda_function", (
        ("lambda-policy-order", "W", "a function after its policies", ""),
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
        ("fargate-subnets", "E", "subnets of a Fargate service", str(ecs.SUBNETS_PER_SERVICE)),
        ("fargate-security-groups", "E", "security groups of a Fargate service",
         str(ecs.SECURITY_GROUPS_PER_SERVICE)),
        ("fargate-target-type", "E", "target type of a Fargate service's target groups", "ip"),
    )),
    (f"{_ECS}/APIReference/API_LoadBalancer.html", (
        ("ecs-service-container", "E", "a service's container and port are in its task definition", ""),
    )),
    (f"{_ECS}/developerguide/task_execution_IAM_role.html", (
        ("fargate-execution-role", "E", "a Fargate task's role for images of ECR, secrets and logs", ""),
    )),
    (f"{_AWS}/AmazonECR/latest/userguide/vpc-endpoints.html", (
        ("fargate-start", "E", "a Fargate task reaches its images, secrets and logs", str(HTTPS)),
    )),
    (f"{_TERRAFORM}/ecs_service", (
        ("ecs-listener-order", "W", "a service after its listener", ""),
        ("ecs-policy-order", "W", "a service after its policies", ""),
    )),
    (f"{_VPC}/amazon-vpc-limits.html", (
        ("security-groups-per-interface", "E", "security groups of a network interface",
         str(vpc.SECURITY_GROUPS_PER_INTERFACE)),
        ("security-group-rules", "E", "rules of a security group",
         f"{vpc.RULES_PER_SECURITY_GROUP} in each direction"),
    )),
    (f"{_EC2}/API_CreateSecurityGroup.html", (
        ("security-group-name", "E", "name of a security group",
         f"{vpc.SECURITY_GROUP_TEXT_LENGTH} characters"),
        ("security-group-description", "E", "description of a security group",
         f"{vpc.SECURITY_GROUP_TEXT_LENGTH} characters"),
    )),
    (f"{_EC2}/API_AuthorizeSecurityGroupIngress.html", (
        ("security-group-rule-ports", "E", "from_port is not above to_port", f"0 to {PORT.most}"),
        ("security-group-rule-duplicate", "E", "a rule of a security group stands once", ""),
    )),
    (f"{_VPC}/vpc-security-groups.html", (
        ("security-group-vpc", "E", "subnets and security groups of a thing are in one VPC", ""),
    )),
    (f"{_TERRAFORM}/security_group", (
        ("security-group-inline-rules", "E", "rules of a security group are written in one way", ""),
        ("security-group-replacement", "N", "a security group can be replaced", ""),
    )),
    (f"{_TERRAFORM}/default_security_group", (
        ("default-security-group", "W", "a default security group is taken over in one's own VPC only", ""),
    )),
    (f"{_LAMBDA}/dg/configuration-envvars-encryption.html", (
        ("secret-variable", "E", "no variable of a function or a container holds a secret", ""),
    )),
    (f"{_PRIVATELINK}/gateway-endpoints.html", (
        ("gateway-endpoint-service", "E", "services of gateway endpoints", ", ".join(GATEWAY_SERVICES)),
        ("gateway-endpoint-route-tables", "E", "a gateway endpoint is in a route table", ""),
        ("gateway-endpoint-settings", "E", "a gateway endpoint has no subnets, groups or private DNS", ""),
        ("gateway-endpoint-egress", "W", "closed egress is open to a gateway endpoint", str(HTTPS)),
    )),
    (f"{_PRIVATELINK}/create-interface-endpoint.html", (
        ("interface-endpoint-subnets", "E", "subnets of an interface endpoint", "1 of a zone"),
        ("interface-endpoint-security-group", "E", "an interface endpoint admits somebody", str(HTTPS)),
        ("interface-endpoint-private-dns", "E", "private DNS needs the VPC's own DNS", ""),
        ("interface-endpoint-neighbours", "W", "an endpoint in a VPC of others admits that", ""),
        ("interface-endpoint-duplicate", "E", "endpoints of a service with private DNS", "1 of a VPC"),
    )),
    (f"{_PRIVATELINK}/vpc-limits-endpoints.html", (
        ("interface-endpoints", "E", "interface endpoints of a VPC", str(vpc.INTERFACE_ENDPOINTS_PER_VPC)),
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
