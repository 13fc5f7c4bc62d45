"""Names of AWS services behind VPC endpoints: short ones (``logs``) and full ones.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

import re

GATEWAY_SERVICES = ("s3", "dynamodb", "s3express")
_SHORT = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_FULL = re.compile(
    r"(?:cn\.)?com\.amazonaws\.(?P<region>[a-z]{2,4}(?:-[a-z]+)+-\d{1,2})\.(?P<service>[a-z0-9.-]+)\Z"
)
_PRIVATE = re.compile(
    r"(?:cn\.)?com\.amazonaws\.vpce\.(?P<region>[a-z]{2,4}(?:-[a-z]+)+-\d{1,2})\.(?P<service>vpce-svc-[0-9a-f]{8,17})\Z"
)


def endpoint_service_name(name: str, region: str) -> str:
    """The full name that AWS knows a service by; a full name stays as it is."""
    if "amazonaws." in name:
        return name
    private = "vpce." if is_private_service(name) else ""
    return f"com.amazonaws.{private}{region}.{name}"


def is_private_service(short: str) -> bool:
    """Whether it is somebody's own service, whose owner decides about a private DNS name."""
    return short.startswith("vpce-svc-")


def endpoint_short_name(name: str, region: str) -> str:
    """What the service is called here: ``logs`` for ``com.amazonaws.us-east-1.logs``.

    Somebody's own service is its ``vpce-svc-...``. A name of another region, or one that AWS would not know,
    stays as it is.
    """
    match = _PRIVATE.match(name) or _FULL.match(name)
    return match["service"] if match and match["region"] == region else name


def service_name_region(name: str) -> str | None:
    """The region in a full name; None in a short one."""
    match = _PRIVATE.match(name) or _FULL.match(name)
    return match["region"] if match else None


def is_service_name(name: str) -> bool:
    """Whether this can be the name of a service, short or full."""
    if "amazonaws" in name or name.startswith("vpce"):
        return bool(_PRIVATE.match(name) or _FULL.match(name))
    return bool(_SHORT.match(name)) and len(name) <= 100
