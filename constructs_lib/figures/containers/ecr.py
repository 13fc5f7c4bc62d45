"""Amazon ECR: the hosts of private registries, and references of images in them.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
"""

from __future__ import annotations

from constructs_lib.figures.ids import ACCOUNT
from constructs_lib.figures.regions import dns_suffix_of

# Groups: account and region. Some regions have the names of dual-stack endpoints too.
REGISTRY = (
    rf"(?P<account>{ACCOUNT})\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)\."
    r"(?:amazonaws\.com(?:\.cn)?|on\.aws)"
)


def registry_pattern(region: str) -> str:
    """A regular expression, also of Terraform's, for the hosts of every account's registry in a region."""
    return rf"{ACCOUNT}\.dkr\.ecr\.{region}\.amazonaws\.com(\.cn)?"


def registry_host(account: str, region: str) -> str:
    """The host of an account's private registry in a region."""
    return f"{account}.dkr.ecr.{region}.{dns_suffix_of(region)}"
