"""The rules and quotas of AWS that can be asked of Terraform JSON, and those that cannot, with the reason.

E: wrong at apply or at run time. W: allowed, but costly or fragile. A number with both has two entries.
"""

from __future__ import annotations

from constructs_lib.rules import _capacity as capacity
from constructs_lib.rules import _endpoints as endpoints
from constructs_lib.rules import _fargate as fargate
from constructs_lib.rules import _functions as functions
from constructs_lib.rules import _listeners as listeners
from constructs_lib.rules import _load_balancers as load_balancers
from constructs_lib.rules import _network as network
from constructs_lib.rules import _order as order
from constructs_lib.rules import _security_groups as security_groups
from constructs_lib.rules import _target_groups as target_groups
from constructs_lib.rules import _variables as variables
from constructs_lib.rules._nat_use import nat_use
from constructs_lib.rules._verdicts import Rule

_AWS = "https://docs.aws.amazon.com"
_VPC = f"{_AWS}/vpc/latest/userguide"
_ELB = f"{_AWS}/elasticloadbalancing/latest"
_LAMBDA = f"{_AWS}/lambda/latest"
_PRIVATELINK = f"{_AWS}/vpc/latest/privatelink"
_ECS = f"{_AWS}/AmazonECS/latest"
_TERRAFORM = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources"

_SUBNETS = f"{_VPC}/subnet-sizing.html"
_VPC_QUOTAS = f"{_VPC}/amazon-vpc-limits.html"
_ALB = f"{_ELB}/application/application-load-balancers.html"
_ALB_QUOTAS = f"{_ELB}/application/load-balancer-limits.html"
_LISTENER = f"{_ELB}/application/create-https-listener.html"
_LAMBDA_TARGETS = f"{_ELB}/application/lambda-functions.html"
_ELB_API = f"{_ELB}/APIReference"
_LAMBDA_VPC = f"{_LAMBDA}/dg/configuration-vpc.html"
_IMAGES = f"{_LAMBDA}/dg/images-create.html"
_LAMBDA_LOGS = f"{_LAMBDA}/dg/monitoring-cloudwatchlogs.html"
_LAMBDA_QUOTAS = f"{_LAMBDA}/dg/gettingstarted-limits.html"

RULES: tuple[Rule, ...] = (
    Rule(1, "size of VPCs and subnets", "/16 to /28", "E", _SUBNETS, network.sizes),
    Rule(3, "subnets lie in their VPC and do not overlap", "", "E", _SUBNETS, network.places),
    Rule(4, "subnets of an application load balancer", "/27 or larger", "E", _ALB, load_balancers.subnets),
    Rule(5, "zones of an application load balancer", "2 or more", "E", _ALB, load_balancers.zones),
    Rule(
        6, "a public load balancer's subnets lead to an internet gateway", "", "E",
        f"{_ELB}/application/application-load-balancer-getting-started.html", load_balancers.public_subnets,
    ),
    Rule(
        7, "name of a load balancer", "32 characters", "E",
        f"{_ELB_API}/API_CreateLoadBalancer.html", load_balancers.names,
    ),
    Rule(
        8, "name of a target group", "32 characters", "E",
        f"{_ELB_API}/API_CreateTargetGroup.html", target_groups.names,
    ),
    Rule(9, "target group of a function", "1 function", "E", _LAMBDA_TARGETS, target_groups.lambda_groups),
    Rule(
        10, "a load balancer may invoke what it targets", "before the attachment", "E",
        _LAMBDA_TARGETS, target_groups.permissions,
    ),
    Rule(
        10, "a permission names whose target group it admits", "", "W",
        _LAMBDA_TARGETS, target_groups.origins,
    ),
    Rule(
        13, "health check", "interval 5 to 300 s, timeout 2 to 120 s, thresholds 2 to 10", "E",
        f"{_ELB}/application/target-group-health-checks.html", target_groups.health_checks,
    ),
    Rule(
        14, "quotas of a load balancer",
        "50 listeners, 100 rules, 100 target groups, 25 more certificates", "E",
        _ALB_QUOTAS, load_balancers.quotas,
    ),
    Rule(15, "one listener for a port, HTTPS with a certificate", "", "E", _LISTENER, listeners.listeners),
    Rule(15, "HTTPS with a policy for TLS", "", "W", _LISTENER, listeners.policies),
    Rule(
        16, "listener rule", "priority 1 to 50000, 5 values", "E",
        f"{_ELB}/application/listener-rules.html", listeners.rules,
    ),
    Rule(17, "a certificate is of the listener's region", "", "E", _LISTENER, listeners.certificates),
    Rule(18, "Elastic IPs of a region", "5", "W", _VPC_QUOTAS, network.elastic_ips),
    Rule(
        19, "a NAT gateway's subnet leads to an internet gateway", "", "E",
        f"{_VPC}/vpc-nat-gateway.html", network.nat_gateways,
    ),
    Rule(20, "internet gateways of a VPC", "1", "E", _VPC_QUOTAS, network.internet_gateways),
    Rule(21, "route tables of a subnet", "1", "E", f"{_VPC}/VPC_Route_Tables.html", network.route_tables),
    Rule(22, "security groups of an interface", "5", "E", _VPC_QUOTAS, security_groups.carried),
    Rule(
        22, "rules of a security group", "60 in each direction, one way of writing", "E",
        _VPC_QUOTAS, security_groups.rules,
    ),
    Rule(
        23, "name and description of a security group", "255 characters", "E",
        f"{_AWS}/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html", security_groups.texts,
    ),
    Rule(
        23, "a security group can be replaced", "", "W",
        f"{_TERRAFORM}/security_group", security_groups.replacements,
    ),
    Rule(
        24, "a function's VPC", "16 subnets, 5 security groups, 1 VPC", "E",
        f"{_LAMBDA}/api/API_VpcConfig.html", functions.networks,
    ),
    Rule(
        25, "no function in a public subnet", "", "E",
        f"{_LAMBDA}/dg/configuration-vpc-internet.html", functions.public_subnets,
    ),
    Rule(
        26, "settings of a function", "128 to 10240 MB, 1 to 900 s, /tmp 512 to 10240 MB", "E",
        _LAMBDA_QUOTAS, functions.settings,
    ),
    Rule(
        26, "variables that Lambda keeps for itself", "", "E",
        f"{_LAMBDA}/dg/configuration-envvars.html", variables.reserved,
    ),
    Rule(27, "idle timeout of a load balancer", "1 to 4000 s", "E", _ALB, load_balancers.idle_timeouts),
    Rule(27, "a load balancer waits for its functions", "60 s", "W", _ALB, load_balancers.patience),
    Rule(28, "a function's code", "a zip or an image", "E", _IMAGES, functions.code),
    Rule(28, "an image by its digest", "", "W", _IMAGES, functions.digests),
    Rule(29, "a function's log group", "", "W", _LAMBDA_LOGS, functions.logs),
    Rule(
        30, "gateway endpoints", "s3, dynamodb, s3express", "E",
        f"{_PRIVATELINK}/gateway-endpoints.html", endpoints.gateways,
    ),
    Rule(
        31, "interface endpoints", "1 subnet of a zone, 443, 50 of a VPC", "E",
        f"{_PRIVATELINK}/create-interface-endpoint.html", endpoints.interfaces,
    ),
    Rule(
        32, "private DNS for s3 needs the gateway endpoint", "", "E",
        f"{_AWS}/AmazonS3/latest/userguide/privatelink-interface-endpoints.html", endpoints.s3_interfaces,
    ),
    Rule(
        33, "a Fargate task's size", "AWS's pairs of cpu and memory", "E",
        f"{_ECS}/developerguide/task-cpu-memory-error.html", fargate.tasks,
    ),
    Rule(
        33, "a Fargate service's network", "16 subnets, 5 security groups, target type ip", "E",
        f"{_ECS}/APIReference/API_AwsVpcConfiguration.html", fargate.services,
    ),
    Rule(
        34, "a Fargate task reaches its images, secrets and logs", "443", "E",
        f"{_AWS}/AmazonECR/latest/userguide/vpc-endpoints.html", fargate.starts,
    ),
    Rule(
        36, "a function's security groups can go", "20 to 60 min", "W",
        f"{_TERRAFORM}/lambda_function", functions.destruction,
    ),
    Rule(
        37, "a target group in use can be replaced", "", "W",
        f"{_TERRAFORM}/lb_target_group", target_groups.replacements,
    ),
    Rule(
        38, "closed egress is open to a gateway endpoint", "443", "E",
        f"{_PRIVATELINK}/gateway-endpoints.html", endpoints.closed_egress,
    ),
    Rule(
        40, "after the internet gateway", "", "E",
        f"{_TERRAFORM}/internet_gateway", order.after_gateway,
    ),
    Rule(40, "a function after its policies", "", "E", f"{_TERRAFORM}/lambda_function", order.after_policies),
    Rule(
        40, "a service after its listener and its policies", "", "E",
        f"{_TERRAFORM}/ecs_service", order.services,
    ),
    Rule(
        40, "permission and attachment are replaced without a gap", "", "W",
        f"{_TERRAFORM}/lb_target_group_attachment", order.swaps,
    ),
    Rule(41, "addresses of a subnet", "its size less 5", "E", _SUBNETS, capacity.budgets),
    Rule(42, "network interfaces of functions", "250 of a VPC", "W", _LAMBDA_VPC, capacity.interfaces),
    Rule(43, "environment variables of a function", "4096 bytes", "E", _LAMBDA_QUOTAS, variables.sizes),
    Rule(
        44, "a default security group is taken over in a VPC of one's own only", "", "E",
        f"{_TERRAFORM}/default_security_group", network.default_groups,
    ),
    Rule(45, "HTTPS by a name of one's own", "", "E", _LISTENER, load_balancers.own_names),
    Rule(46, "a NAT gateway that somebody may use", "", "W", f"{_VPC}/vpc-nat-gateway.html", nat_use),
)  # fmt: skip

NOT_READ: dict[int, str] = {
    2: "a fact that rules 4 and 41 reckon with",
    11: "how large requests and answers are shows at run time",
    12: "a fact: no resource has to say anything for it",
    35: "a fact; which AWS services the code calls is not in Terraform",
    39: "a fact: a rule for port 53 is needless and does no harm",
    47: "which zones a service has is known to AWS alone",
}
"""Rules that no Terraform JSON answers, and why."""

PARTLY_READ: dict[int, str] = {
    3: "blocks that others occupy in an existing VPC: the environment file names them",
    4: "how many addresses are free at the moment; rule 41 reckons with what is declared",
    8: "names of other stacks in the same account and region",
    10: "whether the account of source_account is the right one",
    18: "Elastic IPs of other stacks, and a quota that AWS has raised; the same for rules 14, 22, 31 and 42",
    20: "an internet gateway that an existing VPC has already",
    26: "what a variable's value becomes, where only an apply knows it",
    27: "the timeout of an HTTP client stands in the code",
    37: "whether a fixed name changes with the inputs that force a replacement",
    38: "which workloads want the service: a gateway endpoint that none may reach is what shows",
    40: "whether a statement_id changes with its target group",
    46: "what else stands in the subnets, in other stacks",
}
"""Rules of which a part is not in Terraform JSON, and which part."""
