"""Reading saved answers of ``aws ec2 describe-*``, for people without credentials."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from constructs_lib.discovery.inventory import KINDS, Inventory
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.problem_words import MISSING

FIELD = "--from-file"
NEEDED = ("Vpcs", "Subnets")
# How each answer is made; ``{}`` is the id of the VPC.
COMMANDS = {
    "Vpcs": "aws ec2 describe-vpcs --vpc-ids {} --output json > vpcs.json",
    "Subnets": "aws ec2 describe-subnets --filters Name=vpc-id,Values={} --output json > subnets.json",
    "InternetGateways": "aws ec2 describe-internet-gateways --filters Name=attachment.vpc-id,Values={} "
    "--output json > internet-gateways.json",
    "NatGateways": "aws ec2 describe-nat-gateways --filter Name=vpc-id,Values={} "
    "--output json > nat-gateways.json",
    "VpcEndpoints": "aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={} "
    "--output json > vpc-endpoints.json",
    "RouteTables": "aws ec2 describe-route-tables --filters Name=vpc-id,Values={} "
    "--output json > route-tables.json",
    "AvailabilityZones": "aws ec2 describe-availability-zones --output json > availability-zones.json",
}
_CIDR, _TEXT, _LIST = "a CIDR block", "a text", "a list"
# What an entry has to hold for us, beside its id.
_REQUIRED = {
    "Vpcs": {"CidrBlock": _CIDR},
    "Subnets": {"VpcId": _TEXT, "AvailabilityZone": _TEXT},
    "InternetGateways": {},
    "NatGateways": {"VpcId": _TEXT},
    "VpcEndpoints": {"VpcId": _TEXT, "ServiceName": _TEXT},
    "RouteTables": {"VpcId": _TEXT},
    "AvailabilityZones": {},
}
_OPTIONAL = {
    "Vpcs": {"Tags": _LIST, "CidrBlockAssociationSet": _LIST},
    "Subnets": {"CidrBlock": _CIDR, "Tags": _LIST},
    "InternetGateways": {"Attachments": _LIST},
    "NatGateways": {"SubnetId": _TEXT, "Tags": _LIST},
    "VpcEndpoints": {"Groups": _LIST, "Tags": _LIST},
    "RouteTables": {"Associations": _LIST, "Routes": _LIST},
    "AvailabilityZones": {},
}
# What the entries of a list have to hold.
_IN_LISTS = {
    "Tags": {"Key": _TEXT, "Value": _TEXT},
    "CidrBlockAssociationSet": {"CidrBlock": _CIDR},
    "Groups": {"GroupId": _TEXT},
}


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
            continue
        wrong = list(_answer_problems(path, answer))
        problems += wrong
        for kind in KINDS if not wrong else ():
            if kind in answer:
                inventory.add(kind, answer[kind])
    missing = [kind for kind in NEEDED if kind not in inventory.read]
    if missing and not problems:
        problems += [
            Problem(FIELD, [str(path) for path in paths], f"none of the files has {kind}", _make(kind))
            for kind in missing
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


def _make(kind: str) -> str:
    return f"make it: {COMMANDS[kind].format('<vpc id>')}"


def _answer(path: Path) -> dict[str, Any]:
    """The JSON object in a file, in any of Unicode's encodings: PowerShell writes UTF-16."""
    rule = ""
    try:
        answer = json.loads(path.read_bytes())
    except OSError as error:
        rule, way_out = f"cannot be read ({error.strerror})", "name a file that aws has written"
    except (ValueError, RecursionError) as error:
        rule, way_out = f"is not JSON ({error})", "run aws with --output json"
    else:
        if isinstance(answer, dict) and any(kind in answer for kind in KINDS):
            return answer
        rule = f"has none of {', '.join(KINDS)} at its top"
        way_out = "save the whole answer of aws ec2 describe-..., without --query"
    raise ConfigError([Problem(FIELD, str(path), rule, way_out)])


def _answer_problems(path: Path, answer: Mapping[str, Any]) -> Iterator[Problem]:
    if answer.get("NextToken"):
        rule, way_out = (
            "is one page of several",
            "run aws without --max-items, --no-paginate and --starting-token",
        )
        yield Problem(FIELD, str(path), rule, way_out)
    for kind in KINDS:
        entries = answer.get(kind, [])
        if not isinstance(entries, list):
            yield _odd(path, kind, "is no list")
            continue
        for number, entry in enumerate(entries):
            if wrong := _wrong(entry, kind):
                yield _odd(path, f"{kind}[{number}]", wrong)


def _odd(path: Path, place: str, rule: str) -> Problem:
    return Problem(FIELD, str(path), f"{place} {rule}", "save the answer of aws as it is, with --output json")


def _wrong(entry: Any, kind: str) -> str:
    """What an entry lacks, in words; empty if nothing."""
    if not isinstance(entry, dict):
        return "is no object"
    for key, what in {KINDS[kind]: _TEXT, **_REQUIRED[kind], **_OPTIONAL[kind]}.items():
        value = entry.get(key)
        if value is None and key in _OPTIONAL[kind]:
            continue
        if not _is(value, what):
            return f"has no {key} that is {what}"
        if what == _LIST and not _usable(value, _IN_LISTS.get(key, {})):
            return f"has entries in {key} that are not as AWS writes them"
    return ""


def _is(value: Any, what: str) -> bool:
    if what == _LIST:
        return isinstance(value, list)
    if not isinstance(value, str):
        return False
    try:
        return what == _TEXT or bool(IPv4Network(value))
    except ValueError:
        return False


def _usable(entries: Any, keys: Mapping[str, str]) -> bool:
    return all(
        isinstance(entry, dict) and all(_is(entry.get(key), what) for key, what in keys.items())
        for entry in entries
    )
