"""The tables of the file that describe the two load balancers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.environment.tables.network import Bucket
from constructs_lib.environment.tables.section import Port, Section
from constructs_lib.figures.internet import ANYWHERE_IPV4, HTTP, HTTPS, PORT
from constructs_lib.figures.load_balancer import (
    ACCESS_LOGS_DAYS,
    DEFAULT_ACCESS_LOGS_DAYS,
    DEFAULT_IDLE_TIMEOUT_S,
    HSTS_MAX_AGE_S,
    IDLE_TIMEOUT_S,
    TLS_POLICIES,
    TLS_POLICY,
)
from constructs_lib.load_balancing.log_bucket import WhenRemoved

CertificateArn = Annotated[str, Field(pattern=forms.CERTIFICATE_ARN.pattern)]
Domain = Annotated[str, Field(pattern=forms.DOMAIN.pattern, max_length=253)]
WebAclArn = Annotated[str, Field(pattern=forms.WEB_ACL_ARN.pattern)]
ZoneId = Annotated[str, Field(pattern=forms.ZONE_ID.pattern)]


class LoadBalancerSettings(Section):
    """What both load balancers have in common."""

    deletion_protection: bool = Field(
        default=False, description="Whether AWS refuses to delete the load balancer."
    )
    access_logs: bool = Field(
        default=False,
        description="Whether its access logs go into an S3 bucket that is made for them: private, encrypted, "
        "with the policy of log delivery.",
    )
    access_logs_days: int = Field(
        default=DEFAULT_ACCESS_LOGS_DAYS,
        ge=ACCESS_LOGS_DAYS.least,
        le=ACCESS_LOGS_DAYS.most,
        description="Days after which a log in that bucket is deleted.",
    )
    access_logs_when_removed: WhenRemoved = Field(
        default="refuse",
        description='What becomes of the logs when that bucket is to go: "refuse" and AWS keeps a bucket '
        'that holds logs, or "delete" and they are deleted with it.',
    )
    access_logs_bucket: Bucket | None = Field(
        default=None,
        description="Name of an S3 bucket in the same region that takes access logs; its policy must admit "
        "the load balancer.",
    )
    tls_policy: Literal[TLS_POLICIES] = Field(  # type: ignore[valid-type]
        default=TLS_POLICY,
        description="What HTTPS listeners speak: one of AWS's current policies, TLS 1.2 and 1.3 with forward "
        "secrecy, or 1.3 alone.",
    )
    hsts_max_age_s: int = Field(
        default=HSTS_MAX_AGE_S,
        ge=0,
        description="Seconds for which browsers ask for HTTPS alone, sent by HTTPS listeners "
        "(Strict-Transport-Security); 0 takes it back.",
    )
    idle_timeout_s: int | None = Field(
        default=None,
        ge=IDLE_TIMEOUT_S.least,
        le=IDLE_TIMEOUT_S.most,
        description=f"Seconds without data before a connection is closed, {IDLE_TIMEOUT_S}, not below the "
        "slowest workload behind it. "
        f"Default: {DEFAULT_IDLE_TIMEOUT_S}, or the slowest workload's timeout where that is longer.",
    )


class InternalLoadBalancer(LoadBalancerSettings):
    """The load balancer that protected workloads sit behind."""

    port: Port | None = Field(
        default=None,
        description=f"Port of the listener that workloads with `paths` share, {PORT}. Default: {HTTP}, or "
        f"{HTTPS} with a certificate.",
    )
    certificate_arn: CertificateArn | None = Field(
        default=None,
        description="ARN of the ACM certificate that every listener of it then uses; needs `domain`.",
    )
    domain: Domain | None = Field(
        default=None,
        description="Name that callers then use, which the certificate covers; needs `zone_id`.",
    )
    zone_id: ZoneId | None = Field(
        default=None, description="Id of the private hosted zone of Route 53 that gets the name."
    )
    shared_listener: bool = Field(
        default=False,
        description="Accept that every caller that reaches the shared listener reaches every workload on it.",
    )


class PublicLoadBalancer(LoadBalancerSettings):
    """The internet-facing load balancer."""

    certificate_arn: CertificateArn | None = Field(
        default=None,
        description="ARN of the ACM certificate of the HTTPS listener, in the environment's region; or "
        "`domain` and `zone_id` to have one issued.",
    )
    certificate_arns: list[CertificateArn] = Field(
        default=[],
        description="ARNs of several, instead of certificate_arn: the first is the default, each other one "
        "serves the `hosts` that it covers (SNI).",
    )
    domain: Domain | None = Field(
        default=None,
        description='Name of the load balancer, like "shop.example.com"; needs `zone_id`. Without '
        "certificate_arn a certificate is issued for it, and one for each of the `hosts` of workloads.",
    )
    zone_id: ZoneId | None = Field(
        default=None,
        description="Id of the public hosted zone of Route 53 that gets the name, and those of `hosts` that "
        "it can have.",
    )
    web_acl_arn: WebAclArn | None = Field(
        default=None,
        description="ARN of a regional web ACL of WAF, in the environment's region and account, which then "
        "filters every request.",
    )
    allowed_cidrs: list[str] = Field(
        default=[ANYWHERE_IPV4],
        description="IPv4 blocks that may reach the public load balancer.",
        min_length=1,
    )
    insecure_http: bool = Field(
        default=False,
        description="Serve plain HTTP: the only way to a public listener without a certificate.",
    )


class LoadBalancers(Section):
    """Both load balancers; one that no workload needs is not made."""

    internal: InternalLoadBalancer = Field(
        default=InternalLoadBalancer.model_construct(),
        description='The load balancer of workloads with exposure = "internal".',
    )
    public: PublicLoadBalancer = Field(
        default=PublicLoadBalancer.model_construct(),
        description='The load balancer of workloads with exposure = "public".',
    )
