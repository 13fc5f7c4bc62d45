"""``cidr``: the free blocks of a VPC, and what one of them gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network
from typing import Annotated, NoReturn

import typer

from constructs_lib.cli.support.console import say, wrong_input_exits
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.load_balancer import FREE_ADDRESSES, LONGEST_SUBNET_PREFIX
from constructs_lib.figures.vpc import LARGEST_SUBNET, SMALLEST_SUBNET

SHOWN_BLOCKS = 20
_PREFIX_HELP = f"Size of the block that is wanted, {LARGEST_SUBNET} to {SMALLEST_SUBNET}."


def cidr(
    vpc_cidr: Annotated[str, typer.Option(help="IPv4 block of the VPC, such as 172.30.0.0/16.")],
    occupied: Annotated[
        list[str] | None,
        typer.Option(help="Blocks that others use; may be repeated, or several separated by commas."),
    ] = None,
    prefix: Annotated[str, typer.Option(help=_PREFIX_HELP)] = "20",
    every: Annotated[bool, typer.Option("--all", help="List every free block.")] = False,
) -> None:
    """List the free blocks of a VPC, and what a block of that size gives."""
    from constructs_lib.network.planning.cidr import free_blocks

    written = [block for text in occupied or [] for block in re.split(r"[,\s]+", text) if block]
    with wrong_input_exits():
        vpc, others, size = _understood(vpc_cidr, written, prefix)
        blocks = free_blocks(vpc, others, size)
        if not blocks:
            _nothing_free(vpc, others, size)
    for line in [*_free_lines(vpc, blocks, None if every else SHOWN_BLOCKS), "", *_table_lines(blocks[0])]:
        say(line)


def _understood(
    vpc_cidr: str, occupied: Sequence[str], prefix: str
) -> tuple[IPv4Network, list[IPv4Network], int]:
    """The options as values. Raises ConfigError with everything that is wrong with them."""
    from constructs_lib.network.planning.cidr import parse_cidr

    vpc = parse_cidr(vpc_cidr.strip(), field="--vpc-cidr")
    parsed = [parse_cidr(block, field="--occupied") for block in occupied]
    others = [block for block in parsed if isinstance(block, IPv4Network)]
    problems = [block for block in (vpc, *parsed) if isinstance(block, Problem)]
    if isinstance(vpc, IPv4Network):
        problems += _vpc_problems(vpc, others)
    size = prefix.strip().removeprefix("/")
    shortest = LARGEST_SUBNET
    if isinstance(vpc, IPv4Network) and LARGEST_SUBNET <= vpc.prefixlen <= SMALLEST_SUBNET:
        shortest = vpc.prefixlen
    if not re.fullmatch(r"\d{1,2}", size, re.ASCII) or not shortest <= int(size) <= SMALLEST_SUBNET:
        rule = f"a prefix length from {shortest} (the whole VPC) to {SMALLEST_SUBNET} (the smallest subnet)"
        way_out = f"write --prefix {min(shortest + 4, SMALLEST_SUBNET)}"
        problems.append(Problem("--prefix", prefix, rule, way_out))
    if problems or isinstance(vpc, Problem):
        raise ConfigError(problems)
    return vpc, others, int(size)


def _vpc_problems(vpc: IPv4Network, occupied: Iterable[IPv4Network]) -> list[Problem]:
    problems = []
    if not LARGEST_SUBNET <= vpc.prefixlen <= SMALLEST_SUBNET:
        rule = f"a VPC is a /{LARGEST_SUBNET} to /{SMALLEST_SUBNET}"
        problems.append(Problem("--vpc-cidr", str(vpc), rule, "write the VPC's own block"))
    return problems + [
        Problem("--occupied", str(block), f"must lie inside --vpc-cidr {vpc}", "correct or remove it")
        for block in occupied
        if not block.subnet_of(vpc)
    ]


def _nothing_free(vpc: IPv4Network, occupied: Sequence[IPv4Network], prefix: int) -> NoReturn:
    from constructs_lib.network.planning.cidr import free_space

    spaces = sorted(free_space(vpc, occupied), key=lambda space: space.prefixlen)
    usable = [space for space in spaces if space.prefixlen <= SMALLEST_SUBNET]
    way_out = "add a secondary block to the VPC, or use another VPC"
    if usable:
        way_out = f"the largest free block is {usable[0]}: write --prefix {usable[0].prefixlen}, or {way_out}"
    raise ConfigError([Problem("--prefix", prefix, f"no block of this size is free in {vpc}", way_out)])


def _free_lines(vpc: IPv4Network, blocks: Sequence[IPv4Network], most: int | None) -> list[str]:
    count = len(blocks)
    lines = [f"{vpc} has {count} free block{'s' if count > 1 else ''} of /{blocks[0].prefixlen}:"]
    lines += [f"  {block}" for block in blocks[:most]]
    rest = count - len(blocks[:most])
    return [*lines, f"  and {rest} more; --all lists them"] if rest else lines


def _table_lines(block: IPv4Network) -> list[str]:
    """What the block gives, one line for each number of tiers and slots."""
    from constructs_lib.network.planning.block_capacity import layouts

    heading = f"A block of /{block.prefixlen}, such as {block}, has {block.num_addresses} addresses"
    found = layouts(block)
    if not found:
        return [f"{heading}: too few for two tiers of two zones."]
    rows: list[tuple[str, ...]] = [
        ("tiers", "zone_slots", "subnets", "usable addresses", "public ALB", "internal ALB")
    ]
    for layout in found:
        subnets = f"{2 * layout.zone_slots} x /{layout.prefix}"
        if layout.own_load_balancer_tier:
            subnets += f" + {layout.zone_slots} x /{LONGEST_SUBNET_PREFIX}"
        fits = [layout.public_load_balancer, layout.internal_load_balancer]
        words = ("yes" if fit else "too small" for fit in fits)
        rows.append(
            (str(layout.tiers), str(layout.zone_slots), subnets, str(layout.usable_addresses), *words)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    legend = (
        "tiers: private, public and, with three, one of the internal load balancer "
        f"(internal_load_balancer_prefix = {LONGEST_SUBNET_PREFIX})",
        "zone_slots: availability zones that each tier has room for; "
        "usable addresses: of each private and public subnet",
        f"ALB: a load balancer needs subnets of /{LONGEST_SUBNET_PREFIX} or larger, with {FREE_ADDRESSES} "
        "free addresses each",
    )
    return [f"{heading}:", *lines, "", *legend]
