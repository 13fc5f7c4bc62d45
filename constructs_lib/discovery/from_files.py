"""Reading saved answers of ``aws ec2 describe-*``, for people without credentials."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from pydantic import ValidationError, create_model

from constructs_lib.discovery.inventory import Inventory
from constructs_lib.discovery.operations import KINDS, command
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import MISSING, field_path

FIELD = "--from-file"
NEEDED = ("Vpcs", "Subnets")


def _each(**fields: Any) -> Any:
    """A list whose entries have these fields, and perhaps others; null, or nothing, is an empty one."""
    return (list[create_model("_Entry", **fields)] | None, None)  # type: ignore[misc]


_TAGS = _each(Key=str, Value=str)
# What is read of each answer, in the types that AWS writes.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Types.html
_ANSWER = create_model(
    "_Answer",
    Vpcs=_each(
        VpcId=str, CidrBlock=IPv4Network, CidrBlockAssociationSet=_each(CidrBlock=IPv4Network), Tags=_TAGS
    ),
    Subnets=_each(
        SubnetId=str, VpcId=str, AvailabilityZone=str, CidrBlock=(IPv4Network | None, None), Tags=_TAGS
    ),
    InternetGateways=_each(InternetGatewayId=str, Attachments=_each()),
    NatGateways=_each(NatGatewayId=str, VpcId=str, Tags=_TAGS),
    VpcEndpoints=_each(VpcEndpointId=str, VpcId=str, ServiceName=str, Groups=_each(GroupId=str), Tags=_TAGS),
    RouteTables=_each(RouteTableId=str, VpcId=str, Associations=_each(), Routes=_each()),
    AvailabilityZones=_each(ZoneName=str),
)


def read_files(paths: Sequence[Path]) -> Inventory:
    """What the files say together; a folder stands for its ``*.json``.

    Raises ConfigError with everything that is wrong with any of them, and what is missing.
    """
    inventory = Inventory()
    problems: list[Problem] = []
    for path in _files(paths):
        try:
            answer = _answer(path)
        except ConfigError as error:
            problems += error.problems
        else:
            for kind in KINDS.keys() & answer.keys():
                inventory.add(kind, answer[kind] or [])
    if not problems:
        named = [str(path) for path in paths]
        problems = [
            Problem(FIELD, named, f"none of the files has {kind}", f"make it: {command(kind, '<vpc id>')}")
            for kind in NEEDED
            if kind not in inventory.read
        ]
    if problems:
        raise ConfigError(problems)
    return inventory


def only_vpc(inventory: Inventory) -> str:
    """The id of the VPC, where the files hold one. Raises ConfigError where they hold several or none."""
    vpcs = inventory.of("Vpcs")
    if len(vpcs) != 1:
        held = ", ".join(f"{vpc['VpcId']} ({vpc['CidrBlock']})" for vpc in vpcs) or "none"
        rule = f"which VPC is meant; the files hold {held}"
        raise ConfigError([Problem("--vpc-id", MISSING, rule, "name one")])
    return str(vpcs[0]["VpcId"])


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def _answer(path: Path) -> dict[str, Any]:
    """The JSON object in a file, in any of Unicode's encodings: PowerShell writes UTF-16."""
    try:
        answer = json.loads(path.read_bytes())
    except OSError as error:
        wrong = [(f"cannot be read ({error.strerror})", "name a file that aws has written")]
    except (ValueError, RecursionError) as error:
        wrong = [(f"is not JSON ({error})", "run aws with --output json")]
    else:
        wrong = list(_wrong(answer))
    if wrong:
        raise ConfigError(Problem(FIELD, str(path), *words) for words in wrong)
    return dict(answer)


def _wrong(answer: Any) -> Iterator[tuple[str, str]]:
    """What is not as AWS writes it, each a rule and a way out."""
    if not isinstance(answer, dict) or not KINDS.keys() & answer.keys():
        way_out = "save the whole answer of aws ec2 describe-..., without --query"
        yield f"has none of {', '.join(KINDS)} at its top", way_out
        return
    if answer.get("NextToken"):
        way_out = "run aws without --max-items, --no-paginate and --starting-token"
        yield "is one page of several", way_out
    try:
        _ANSWER.model_validate(answer)
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            rule = f"{field_path(*wrong['loc'])} is not as AWS writes it: {wrong['msg']}"
            yield rule, "save the answer of aws as it is, with --output json"
