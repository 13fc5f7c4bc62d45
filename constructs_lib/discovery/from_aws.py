"""Reading a VPC from AWS with boto3, and what may go wrong with that in users' words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

from constructs_lib.discovery.inventory import Inventory
from constructs_lib.discovery.operations import KINDS, arguments, operation
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures import ids
from constructs_lib.problem_words import MISSING

_DENIED = ("UnauthorizedOperation", "AccessDenied", "AccessDeniedException")
_EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired")
_REFUSED = ("AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch")
_WITHOUT_CREDENTIALS = "or save the answers with somebody who has them and use --from-file (see --help)"


def read_vpc(vpc_id: str, *, region: str | None, profile: str | None) -> Inventory:
    """What AWS says about a VPC. Raises ConfigError: no credentials, region or permission, or no answer."""
    import botocore.exceptions  # type: ignore[import-untyped]

    inventory, denied = Inventory(), []
    try:
        client = _client(region, profile)
        for kind in KINDS:
            try:
                inventory.add(kind, _entries(client, kind, vpc_id))
            except botocore.exceptions.ClientError as error:
                if error.response["Error"]["Code"] not in _DENIED:
                    raise
                denied.append(_denied(kind, profile))
    except botocore.exceptions.ClientError as error:
        raise ConfigError([_answered(error, profile)]) from None
    except botocore.exceptions.BotoCoreError as error:
        raise ConfigError([_failed(error, region, profile)]) from None
    if denied:
        raise ConfigError(denied)
    return inventory


def _client(region: str | None, profile: str | None) -> Any:
    import boto3  # type: ignore[import-untyped]
    from botocore.config import Config  # type: ignore[import-untyped]

    session = boto3.Session(profile_name=profile, region_name=region)
    region = session.region_name
    if region is None:
        rule, way_out = "no region is named, nor does the profile have one", "add --region us-east-1, say"
        raise ConfigError([Problem("--region", MISSING, rule, way_out)])
    if not re.fullmatch(ids.REGION, region):
        rule = "is not the form of an AWS region"
        raise ConfigError([Problem("--region", region, rule, "write it like us-east-1")])
    return session.client("ec2", config=Config(connect_timeout=5, retries={"max_attempts": 3}))


def _entries(client: Any, kind: str, vpc_id: str) -> Iterable[Any]:
    """All entries, from every page where AWS answers in pages."""
    name, chosen = operation(kind), arguments(kind, vpc_id)
    if not client.can_paginate(name):
        return list(getattr(client, name)(**chosen)[kind])
    pages = client.get_paginator(name).paginate(**chosen)
    return [entry for page in pages for entry in page[kind]]


def _denied(kind: str, profile: str | None) -> Problem:
    action = f"ec2:Describe{kind}"
    rule = f"these credentials may not use {action}"
    return Problem("--profile", _shown(profile), rule, f"allow {action} on *, {_WITHOUT_CREDENTIALS}")


def _answered(error: Any, profile: str | None) -> Problem:
    """What AWS's answer means."""
    code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    if code in _EXPIRED:
        return _expired(f"the credentials have expired ({code})", profile)
    if code in _REFUSED:
        rule = f"AWS does not know these credentials in this region ({code})"
        way_out = "correct them (aws sts get-caller-identity shows whose they are), or enable the region"
        return Problem("--profile", _shown(profile), rule, way_out)
    rule = f"AWS answered: {message}"
    return Problem(error.operation_name, code, rule, "try again, or use --from-file (see --help)")


def _shown(profile: str | None) -> str:
    return profile or os.environ.get("AWS_PROFILE") or "default"


def _expired(rule: str, profile: str | None) -> Problem:
    login = f"aws sso login --profile {profile}" if profile else "aws sso login"
    return Problem("--profile", _shown(profile), rule, f"renew them ({login}, or new keys)")


def _failed(error: Exception, region: str | None, profile: str | None) -> Problem:
    """What boto3's complaint means."""
    import botocore.exceptions as exceptions

    said = " ".join(str(error).split())
    if isinstance(error, exceptions.ProfileNotFound):
        return Problem(
            "--profile", _shown(profile), "there is no such profile", "aws configure list-profiles lists them"
        )
    if isinstance(error, exceptions.SSOError | exceptions.TokenRetrievalError):
        return _expired(f"the login is missing or has expired ({said})", profile)
    if isinstance(
        error,
        exceptions.NoCredentialsError
        | exceptions.PartialCredentialsError
        | exceptions.CredentialRetrievalError,
    ):
        way_out = f"aws configure, aws sso login or AWS_PROFILE sets them, {_WITHOUT_CREDENTIALS}"
        return Problem("--profile", _shown(profile), f"there are no AWS credentials ({said})", way_out)
    if isinstance(error, exceptions.HTTPClientError | exceptions.ConnectionError):
        way_out = "check the region's name, the network and its proxy, or use --from-file (see --help)"
        return Problem("--region", region or MISSING, f"AWS does not answer ({said})", way_out)
    return Problem(
        "--profile",
        _shown(profile),
        f"boto3 gives up ({said})",
        "correct ~/.aws/config and ~/.aws/credentials",
    )
