from pathlib import Path

import pytest
from typer.testing import CliRunner

from constructs_lib.cli import app

SEED = ["--vpc-cidr", "172.30.0.0/16", "--occupied", "172.30.0.0/20,172.30.16.0/20"]


def run(*arguments):
    return CliRunner().invoke(app, ["cidr", *arguments], obj=Path())


def free_in(output):
    return [line.strip() for line in output.splitlines() if line.startswith("  172.30.")]


def test_free_blocks_leave_out_the_occupied_ones():
    result = run(*SEED, "--occupied", "172.30.32.0/20", "--prefix", "20")
    assert result.exit_code == 0
    assert free_in(result.output) == [f"172.30.{third}.0/20" for third in range(48, 256, 16)]


def test_blocks_may_be_repeated_separated_by_commas_or_both():
    separate = run(
        "--vpc-cidr", "172.30.0.0/16", "--occupied", "172.30.0.0/20", "--occupied", "172.30.16.0/20"
    )
    assert separate.output == run(*SEED).output == run(*SEED[:3], "172.30.0.0/20, 172.30.16.0/20").output


def test_the_table_says_what_a_block_gives():
    lines = run(*SEED).output.splitlines()
    start = next(number for number, line in enumerate(lines) if line.split()[:1] == ["tiers"])
    rows = [line.split("   ") for line in lines[start + 1 : start + 7]]
    assert [[cell.strip() for cell in row if cell.strip()] for row in rows][:4] == [
        ["2", "8", "16 x /24", "251", "yes", "yes"],
        ["2", "4", "8 x /23", "507", "yes", "yes"],
        ["2", "2", "4 x /22", "1019", "yes", "yes"],
        ["3", "8", "16 x /25 + 8 x /27", "123", "yes", "yes"],
    ]


def test_a_small_block_is_told_to_be_too_small_for_a_load_balancer():
    output = run(*SEED, "--prefix", "24").output
    assert "16 x /28" in output
    assert "too small" in output


def test_a_long_list_is_cut_unless_all_is_asked_for():
    assert "and 12 more; --all lists them" in run("--vpc-cidr", "172.30.0.0/16", "--prefix", "21").output
    assert len(free_in(run("--vpc-cidr", "172.30.0.0/16", "--prefix", "21", "--all").output)) == 32


def test_everything_wrong_is_said_at_once():
    result = run("--vpc-cidr", "172.30.1.0/16", "--occupied", "10.0.0.0,nonsense", "--prefix", "twenty")
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["--vpc-cidr", "--occupied", "--occupied", "--prefix"]
    assert 'write "172.30.0.0/16"' in lines[0]


def test_occupied_blocks_lie_in_the_vpc():
    result = run("--vpc-cidr", "172.30.0.0/16", "--occupied", "10.0.0.0/20", "--prefix", "15")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 2)
    assert "10.0.0.0/20" in result.stderr


@pytest.mark.parametrize("prefix", ["15", "29", "-1", "20.5", ""])
def test_a_size_that_no_block_can_have_is_refused(prefix):
    result = run("--vpc-cidr", "172.30.0.0/16", f"--prefix={prefix}")
    assert result.exit_code == 2
    assert "16 (the whole VPC) to 28" in result.stderr


def test_a_vpc_is_no_larger_than_16():
    assert "a VPC is a /16 to /28" in run("--vpc-cidr", "10.0.0.0/8").stderr


def test_without_a_free_block_of_the_size_the_largest_free_one_is_named():
    result = run(
        "--vpc-cidr", "172.30.0.0/16", "--occupied", "172.30.0.0/17,172.30.128.0/18", "--prefix", "17"
    )
    assert result.exit_code == 2
    assert "the largest free block is 172.30.192.0/18: write --prefix 18" in result.stderr


def test_a_full_vpc_says_so():
    result = run("--vpc-cidr", "172.30.0.0/16", "--occupied", "172.30.0.0/16")
    assert result.exit_code == 2
    assert "secondary block" in result.stderr
