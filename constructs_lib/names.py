"""Physical names: what AWS shows. Pure functions, readable, and cut only where AWS's limit asks for it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Literal

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.load_balancer import NAME_LENGTH, RESERVED_PREFIX
from constructs_lib.figures.vpc import (
    SECURITY_GROUP_RESERVED_PREFIX,
    SECURITY_GROUP_TEXT_LENGTH,
    UNIQUE_SUFFIX_LENGTH,
)

WILDCARD = "*."
"""What a host begins with that stands for every name below another one."""
_DIGEST = 8


def physical_name(*parts: str, limit: int) -> str:
    """``parts`` joined with ``-``, in letters, digits and ``-``, at most ``limit`` characters (10 or more).

    Every other character, ``_`` among them, becomes ``-``. A name that is too long is cut and ends with a
    hash of the whole, so that two long names with the same beginning differ.
    """
    name = _join(parts)
    return name if 0 < len(name) <= limit else _cut(name, limit, *parts)


def load_balancer_name(*parts: str) -> str:
    """The name of a load balancer: as long as AWS takes, and never AWS's own prefix ``internal-``.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    """
    name = _join(parts)
    reserved = name.startswith(RESERVED_PREFIX)
    return physical_name(*(("lb", *parts) if reserved else parts), limit=NAME_LENGTH)


def target_group_name(
    *parts: str,
    target_type: str,
    protocol: str | None = None,
    port: int | None = None,
    vpc: str | None = None,
    function: str | None = None,
) -> str:
    """The name of a target group: as long as AWS takes, always with a hash of ``parts`` and all inputs.

    A change of the other inputs replaces the group, and the new one, made first, needs another name.
    vpc: what identifies the VPC and is the same in every run: an address or a literal id, no token.
    function: the name of the one function of a lambda group; another function, attached before the first one
    is taken away, needs another group.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
    """
    inputs = [target_type, protocol or "", "" if port is None else str(port), vpc or "", function or ""]
    return _cut(_join(parts), NAME_LENGTH, *parts, *inputs)


def name_prefix(*parts: str, limit: int = SECURITY_GROUP_TEXT_LENGTH - UNIQUE_SUFFIX_LENGTH) -> str:
    """The ``name_prefix`` of a security group: ends with ``-``, does not start with AWS's own prefix ``sg-``.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
    """
    reserved = f"{_join(parts)}-".startswith(SECURITY_GROUP_RESERVED_PREFIX)
    return physical_name(*(("group", *parts) if reserved else parts), limit=limit - 1) + "-"


def _join(parts: tuple[str, ...]) -> str:
    for part in parts:
        if "${" in part:
            rule = "a physical name is cut and hashed at synth, so it can't refer to what is known later"
            raise ConfigError([Problem("name", part, rule, "write the name out")])
    return re.sub(r"[^A-Za-z0-9-]", "-", "-".join(parts)).strip("-")


def _cut(name: str, limit: int, *hashed: str) -> str:
    """As much of ``name`` as leaves room for a hash of ``hashed``, whose parts stay apart in it."""
    if limit <= _DIGEST + 1:
        raise ValueError(f"a limit of {limit} leaves no room for a name and its hash")
    digest = hashlib.sha256("\0".join(hashed).encode()).hexdigest()[:_DIGEST]
    beginning = name[: limit - _DIGEST - 1].rstrip("-")
    return f"{beginning}-{digest}" if beginning else digest


def secret_arn_variable(name: str) -> str:
    """The variable with the ARN of a function's secret: ``DB_PASSWORD`` gives ``DB_PASSWORD_ARN``."""
    return f"{name}_ARN"


def callee_url_variable(name: str) -> str:
    """The environment variable through which callers learn a workload's address: ``INVENTORY_URL``."""
    return f"{name.upper().replace('-', '_')}_URL"


CalleeUrls = Literal["variables", "json"]
"""How callers learn addresses: a variable for each callee, or one variable for all."""
CALLEE_URLS = "CALLEE_URLS"


def callee_urls_text(base: str, ports: Mapping[str, int]) -> str:
    """The value of ``CALLEE_URLS``: ``{"base": "http://<host>", "ports": {"inventory": 8080}}``.

    A callee's url is ``<base>:<port>``; the host stands there once, however many callees there are.
    """
    return json.dumps({"base": base, "ports": dict(sorted(ports.items()))}, separators=(",", ":"))


def read_callee_urls(text: str) -> tuple[str, dict[str, int]]:
    """Base and ports of a value of ``CALLEE_URLS``; nothing where it is another text."""
    try:
        found = json.loads(text)
        return str(found["base"]), {str(name): int(port) for name, port in found["ports"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return "", {}


def host_label(host: str) -> str:
    """A host in the characters of an address, no two the same; labels have no ``_`` and are never empty."""
    return host.replace(WILDCARD, "wildcard__").replace(".", "_")
