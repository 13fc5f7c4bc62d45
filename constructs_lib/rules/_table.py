"""Which check asks which rule of AWS; what no Terraform JSON can be asked, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.rules import _capacity as capacity
from constructs_lib.rules import _endpoints as endpoints
from constructs_lib.rules import _fargate as fargate
from constructs_lib.rules import _function_code as function_code
from constructs_lib.rules import _function_logs as function_logs
from constructs_lib.rules import _functions as functions
from constructs_lib.rules import _listeners as listeners
from constructs_lib.rules import _load_balancers as load_balancers
from constructs_lib.rules import _network as network
from constructs_lib.rules import _order as order
from constructs_lib.rules import _security_groups as security_groups
from constructs_lib.rules import _target_groups as target_groups
from constructs_lib.rules import _variables as variables
from constructs_lib.rules._nat_use import nat_use

if TYPE_CHECKING:
    from constructs_lib.rules._verdicts import Check

CHECKS: dict[str, Check] = {
    "alb-certificates": load_balancers.certificates,
    "alb-https-dns-name": load_balancers.own_names,
    "alb-idle-timeout": load_balancers.idle_timeouts,
    "alb-idle-timeout-for-lambda": load_balancers.patience,
    "alb-listener-rules": load_balancers.rules,
    "alb-listeners": load_balancers.listeners,
    "alb-name": load_balancers.names,
    "alb-public-subnets": load_balancers.public_subnets,
    "alb-subnet-size": load_balancers.subnets,
    "alb-target-groups": load_balancers.target_groups,
    "alb-two-zones": load_balancers.zones,
    "certificate-region": listeners.certificate_regions,
    "cidr-block-form": network.forms,
    "cidr-block-size": network.sizes,
    "default-security-group": network.default_groups,
    "ecs-listener-order": order.after_listeners,
    "ecs-policy-order": order.after_execution_policies,
    "elastic-ips": network.elastic_ips,
    "fargate-compatibility": fargate.compatibilities,
    "fargate-network-configuration": fargate.network_configurations,
    "fargate-network-mode": fargate.network_modes,
    "fargate-security-groups": fargate.groups,
    "fargate-start": fargate.starts,
    "fargate-subnets": fargate.subnets,
    "fargate-target-type": fargate.target_types,
    "fargate-task-size": fargate.sizes,
    "gateway-endpoint-egress": endpoints.closed_egress,
    "gateway-endpoint-route-tables": endpoints.gateway_route_tables,
    "gateway-endpoint-service": endpoints.gateway_services,
    "gateway-endpoint-settings": endpoints.gateway_settings,
    "health-check": target_groups.health_checks,
    "interface-endpoint-duplicate": endpoints.duplicates,
    "interface-endpoint-private-dns": endpoints.private_dns,
    "interface-endpoint-security-group": endpoints.groups,
    "interface-endpoint-subnets": endpoints.subnets,
    "interface-endpoints": endpoints.quota,
    "internet-gateway-order": order.after_gateway,
    "internet-gateways": network.internet_gateways,
    "lambda-code": function_code.code,
    "lambda-environment-size": variables.sizes,
    "lambda-ephemeral-storage": functions.storage,
    "lambda-image-digest": function_code.digests,
    "lambda-image-registry": function_code.registries,
    "lambda-log-group": function_logs.groups,
    "lambda-log-group-order": function_logs.orders,
    "lambda-log-retention": function_logs.retentions,
    "lambda-memory": functions.memory,
    "lambda-name": functions.names,
    "lambda-network-interfaces": capacity.interfaces,
    "lambda-permission": target_groups.permissions,
    "lambda-permission-order": target_groups.permission_orders,
    "lambda-permission-source": target_groups.origins,
    "lambda-policy-order": order.after_policies,
    "lambda-public-subnet": functions.public_subnets,
    "lambda-reserved-variables": variables.reserved,
    "lambda-security-groups": functions.groups,
    "lambda-security-groups-on-destroy": functions.destruction,
    "lambda-subnets": functions.subnets,
    "lambda-target-group-load-balancer": target_groups.lambda_owners,
    "lambda-target-group-settings": target_groups.lambda_settings,
    "lambda-target-group-targets": target_groups.lambda_targets,
    "lambda-target-replacement": order.swaps,
    "lambda-timeout": functions.timeouts,
    "lambda-vpc": functions.vpcs,
    "listener-certificate": listeners.certificates,
    "listener-port": listeners.ports,
    "listener-rule-priority": listeners.rule_priorities,
    "listener-rule-values": listeners.rule_values,
    "listener-tls-policy": listeners.policies,
    "nat-gateway-elastic-ip": network.nat_addresses,
    "nat-gateway-subnet": network.nat_gateways,
    "nat-gateway-use": nat_use,
    "s3-endpoint-private-dns": endpoints.s3_interfaces,
    "security-group-description": security_groups.descriptions,
    "security-group-inline-rules": security_groups.inline_rules,
    "security-group-name": security_groups.names,
    "security-group-replacement": security_groups.replacements,
    "security-group-rules": security_groups.rules,
    "security-groups-per-interface": security_groups.carried,
    "subnet-addresses": capacity.budgets,
    "subnet-in-vpc": network.insides,
    "subnet-overlap": network.overlaps,
    "subnet-route-table": network.single_route_tables,
    "target-group-name": target_groups.names,
    "target-group-replacement": target_groups.replacements,
}
"""The check of each rule, by its name."""

NOT_READ: dict[str, str] = {
    "addresses that AWS keeps in a subnet": "a fact that alb-subnet-size and subnet-addresses reckon with",
    "1 MB from a load balancer to a function": "how large requests and answers are shows at run time",
    "a load balancer needs no egress to a function": "a fact: no resource has to say anything for it",
    "Lambda's own logs do not pass the VPC": "a fact; which services the code calls is not in Terraform",
    "security groups do not filter DNS": "a fact: a rule for port 53 is needless and does no harm",
    "zones of a PrivateLink service": "which zones a service has is known to AWS alone",
}
"""What else AWS says about this architecture and no Terraform JSON answers, and why."""

PARTLY_READ: dict[str, str] = {
    "alb-idle-timeout-for-lambda": "the timeout of an HTTP client stands in the code",
    "alb-subnet-size": "how many addresses are free now; subnet-addresses reckons with what is declared",
    "elastic-ips": "Elastic IPs of other stacks, and a quota that AWS has raised",
    "gateway-endpoint-egress": "which workloads want the service: one that none may reach is what shows",
    "internet-gateways": "an internet gateway that an existing VPC has already",
    "lambda-environment-size": "what a variable's value becomes, where only an apply knows it",
    "lambda-permission-source": "whether the account of source_account is the right one",
    "lambda-target-replacement": "whether a statement_id changes with its target group",
    "nat-gateway-use": "what else stands in the subnets, in other stacks",
    "subnet-overlap": "blocks that others occupy in an existing VPC: the environment file names them",
    "target-group-name": "names of other stacks in the same account and region",
    "target-group-replacement": "whether a fixed name changes with the inputs that force a replacement",
}
"""Rules of which a part is not in Terraform JSON, and which part."""
