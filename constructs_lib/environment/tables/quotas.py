"""What AWS grants the account: its default quotas, or the numbers to which it raised them."""

from __future__ import annotations

from pydantic import Field

from constructs_lib.environment.tables.section import Section
from constructs_lib.figures import lambda_tables, load_balancer, vpc


class Quotas(Section):
    """Quotas that AWS raises on request, each named as the rule that asks for it, with ``_`` for ``-``.

    Checks, rules and advice read them from here; the default is AWS's own.
    """

    elastic_ips: int = Field(
        default=vpc.ELASTIC_IPS_PER_REGION,
        ge=vpc.ELASTIC_IPS_PER_REGION,
        description="Elastic IP addresses of the account in the region.",
    )
    alb_listeners: int = Field(
        default=load_balancer.LISTENERS_PER_LOAD_BALANCER,
        ge=load_balancer.LISTENERS_PER_LOAD_BALANCER,
        description="Listeners of a load balancer.",
    )
    alb_listener_rules: int = Field(
        default=load_balancer.RULES_PER_LOAD_BALANCER,
        ge=load_balancer.RULES_PER_LOAD_BALANCER,
        description="Listener rules of a load balancer beside the default ones.",
    )
    alb_certificates: int = Field(
        default=load_balancer.CERTIFICATES_PER_LOAD_BALANCER,
        ge=load_balancer.CERTIFICATES_PER_LOAD_BALANCER,
        description="Certificates of a load balancer beside the default ones.",
    )
    security_groups_per_interface: int = Field(
        default=vpc.SECURITY_GROUPS_PER_INTERFACE,
        ge=1,
        le=vpc.MOST_SECURITY_GROUPS_PER_INTERFACE,
        description="Security groups of a network interface; times security_group_rules at most "
        f"{vpc.RULES_PER_INTERFACE:,}, so it may have to be lower than AWS's own.",
    )
    security_group_rules: int = Field(
        default=vpc.RULES_PER_SECURITY_GROUP,
        ge=vpc.RULES_PER_SECURITY_GROUP,
        le=vpc.RULES_PER_INTERFACE,
        description="Rules of a security group in each direction; times security_groups_per_interface at "
        f"most {vpc.RULES_PER_INTERFACE:,}.",
    )
    interface_endpoints: int = Field(
        default=vpc.INTERFACE_ENDPOINTS_PER_VPC,
        ge=vpc.INTERFACE_ENDPOINTS_PER_VPC,
        description="Interface endpoints of a VPC.",
    )
    lambda_network_interfaces: int = Field(
        default=lambda_tables.NETWORK_INTERFACES_PER_VPC,
        ge=lambda_tables.NETWORK_INTERFACES_PER_VPC,
        description="Network interfaces of functions in a VPC.",
    )
    lambda_concurrent_executions: int = Field(
        default=lambda_tables.CONCURRENT_EXECUTIONS,
        ge=lambda_tables.CONCURRENT_EXECUTIONS,
        description="Invocations of all functions of the account in the region at a time.",
    )

    def raised(self, rule: str) -> int | None:
        """The quota that a rule of AWS asks for, by the rule's name, where it is not AWS's own; else None."""
        key = rule.replace("-", "_")
        if key not in type(self).model_fields:
            return None
        found: int = getattr(self, key)
        return None if found == type(self).model_fields[key].default else found


AWS_QUOTAS = Quotas()
"""What AWS grants every account."""
