"""Elastic Load Balancing: an Application Load Balancer's quotas, bounds and defaults."""

from __future__ import annotations

from constructs_lib.figures.bounds import Bounds
from constructs_lib.figures.regions import dns_suffix_of

# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
NAME_LENGTH = 32  # of a load balancer and of a target group, unique in an account's region
NAME = r"(?!-)[A-Za-z0-9-]+(?<!-)"
RESERVED_PREFIX = "internal-"  # of load balancers' names
# https://github.com/hashicorp/terraform-provider-aws/blob/v6.25.0/internal/service/elbv2/load_balancer.go
NAME_PREFIX_LENGTH = 6

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
LONGEST_SUBNET_PREFIX = 27  # its subnets are a /27 or larger
FREE_ADDRESSES = 8  # in each of them
FEWEST_ZONES = 2

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
LISTENERS_PER_LOAD_BALANCER = 50
RULES_PER_LOAD_BALANCER = 100  # default ones not counted
TARGET_GROUPS_PER_LOAD_BALANCER = 100
CERTIFICATES_PER_LOAD_BALANCER = 25  # default ones not counted
VALUES_PER_RULE = 5
WILDCARDS_PER_RULE = 5

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
RULE_PRIORITY = Bounds(1, 50_000)
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
PATH_PATTERN_LENGTH = 128
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html
HOST_LENGTH = 128

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
IDLE_TIMEOUT_S = Bounds(1, 4000)
DEFAULT_IDLE_TIMEOUT_S = 60

# https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
REQUEST_LINE_BYTES = HEADER_BYTES = 16 * 1024
HEADERS_BYTES = 64 * 1024  # of a whole request

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
ANSWER_HEADERS_BYTES = 32 * 1024  # of a target's whole answer
FORWARDED_ADDRESSES = 30  # in X-Forwarded-For
TOO_MANY_ADDRESSES = 463  # the status for more
UNSUPPORTED_METHOD = "TRACE"

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
HEALTH_CHECKER = "ELB-HealthChecker/2.0"  # the user agent of health checks
LAMBDA_BODY_BYTES = 1024 * 1024  # of a request's body, and of an answer's JSON
# beside text/*: what a body goes to a function as text for, unless it has a content encoding
TEXT_CONTENT_TYPES = ("application/json", "application/javascript", "application/xml")

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
HEALTH_CHECK_INTERVAL_S = Bounds(5, 300)
HEALTH_CHECK_TIMEOUT_S = Bounds(2, 120)  # less than the interval
HEALTH_CHECK_THRESHOLD = Bounds(2, 10)
HEALTH_CHECK_PATH_LENGTH = 1024
# The same page: interval and timeout where none is given.
DEFAULT_HEALTH_CHECK_S = (30, 5)
DEFAULT_LAMBDA_HEALTH_CHECK_S = (35, 30)

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html: TLS 1.3 and
# 1.2 with forward secrecy, AWS's recommendation; and what a listener without a policy gets from the API
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
TLS_POLICIES = (
    TLS_POLICY,
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
)
DEFAULT_TLS_POLICY = "ELBSecurityPolicy-2016-08"


def dns_name(name: str, number: str, region: str, *, internal: bool) -> str:
    """The DNS name that AWS gives a load balancer; ``number`` is of AWS's choice.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    """
    scheme = RESERVED_PREFIX if internal else ""
    return f"{scheme}{name}-{number}.{region}.elb.{dns_suffix_of(region)}"


def longest_dns_name(region: str) -> str:
    """As long as the DNS name of a load balancer in the region can become."""
    return dns_name("x" * NAME_LENGTH, "0" * 10, region, internal=True)


# https://datatracker.ietf.org/doc/html/rfc6797#section-6.1.1: a year
HSTS_MAX_AGE_S = 31_536_000

# https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html: a positive Integer
ACCESS_LOGS_DAYS = Bounds(1, 2_147_483_647)
DEFAULT_ACCESS_LOGS_DAYS = 90  # a quarter, for what is asked of a security incident
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html names one
# service for every region of these partitions, in the place of an account for each region until 2022.
LOG_DELIVERY_PARTITIONS = ("aws", "aws-us-gov")
