"""``discover``: an existing VPC as a ready ``[network]`` section."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.discovery.operations import KINDS, command
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures import ids
from constructs_lib.problem_words import MISSING

EPILOG = "\n".join(
    [
        "It reads with ec2:Describe... of Vpcs, Subnets, InternetGateways, NatGateways, VpcEndpoints, "
        "RouteTables and AvailabilityZones. Without credentials, let somebody else save the answers for "
        "--from-file (the first two are needed):",
        "",
        "\b",
        *(command(kind, "VPC_ID") for kind in KINDS),
    ]
)


def discover(
    more_files: Annotated[
        list[Path] | None, typer.Argument(help="More files for --from-file.", metavar="[FILE]...")
    ] = None,
    vpc_id: Annotated[str | None, typer.Option(help="The VPC; may be left out if files hold one.")] = None,
    region: Annotated[str | None, typer.Option(help="Default: that of the profile.")] = None,
    profile: Annotated[str | None, typer.Option(help="A profile of ~/.aws; default: $AWS_PROFILE.")] = None,
    from_file: Annotated[
        list[Path] | None,
        typer.Option(
            help="Saved answers of aws ec2 describe-... instead of AWS: files, or a folder of them."
        ),
    ] = None,
    project: Annotated[
        str | None, typer.Option(help="With --environment: subnets with these tags are not occupied.")
    ] = None,
    environment: Annotated[str | None, typer.Option(help="See --project.")] = None,
    environment_file: Annotated[
        Path | None, typer.Option(help="Take project, environment and the sizes of subnets from this file.")
    ] = None,
) -> None:
    """Read an existing VPC and print the environment file's section for it."""
    from constructs_lib.discovery.found import discover as discovered
    from constructs_lib.discovery.from_aws import read_vpc
    from constructs_lib.discovery.from_files import only_vpc, read_files
    from constructs_lib.discovery.notes import notes
    from constructs_lib.discovery.toml import network_toml
    from constructs_lib.discovery.wishes import read_wishes

    with wrong_input_exits():
        _check_source(vpc_id, profile, from_file, more_files)
        wishes = read_wishes(environment_file, project=project, environment=environment)
        region = region or wishes.region
        if from_file:
            inventory = read_files([*from_file, *(more_files or [])])
            vpc_id = vpc_id or only_vpc(inventory)
        else:
            inventory = read_vpc(str(vpc_id), region=region, profile=profile)
            vpc_id = str(vpc_id)
        owner, wanted = wishes.owner, wishes.wanted
        found = discovered(inventory, vpc_id=vpc_id, region=region, owner=owner, wanted=wanted)
    remarks = notes(found, inventory, owner=owner, wanted=wanted)
    if wishes.region not in (None, found.region):
        remarks.append(f"the environment's region is {wishes.region}, but this VPC is in {found.region}")
    say(network_toml(found, notes=[*remarks, *wishes.notes]).rstrip())


def _check_source(
    vpc_id: str | None, profile: str | None, from_file: list[Path] | None, more_files: list[Path] | None
) -> None:
    problems = []
    if vpc_id is not None and not re.fullmatch(ids.VPC_ID, vpc_id):
        rule = f'the id of a VPC is "vpc-" and {ids.HEX_DIGITS}'
        problems.append(Problem("--vpc-id", vpc_id, rule, "aws ec2 describe-vpcs lists them"))
    if vpc_id is None and not from_file:
        rule = "which VPC is to be read"
        problems.append(Problem("--vpc-id", MISSING, rule, "aws ec2 describe-vpcs lists them"))
    if more_files and not from_file:
        rule, way_out = "files are read with --from-file only", "write --from-file before them"
        problems.append(Problem("FILE", [str(path) for path in more_files], rule, way_out))
    if profile is not None and from_file:
        rule = "files are read without credentials"
        problems.append(Problem("--profile", profile, rule, "leave out --profile or --from-file"))
    if problems:
        raise ConfigError(problems)
