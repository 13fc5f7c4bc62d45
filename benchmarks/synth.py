"""Whole-process synth of the default environment beside other ways to write the same architecture, in turns.

Compared: stock bindings of CDKTF, an empty stack (the floor: cdktf and node alone) and AWS CDK where an
interpreter with aws-cdk-lib is named. Prints every run's wall time, then the median ratios
as the README's table, with the peak memory of the process tree in a run of its own.

Usage: python benchmarks/synth.py [--runs N] [--aws-cdk PYTHON]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from constructs_lib.bindings.node_program import choose

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
SAMPLE_EVERY_S = 0.01


@dataclass(frozen=True)
class Contender:
    """A program that gets the output folder as its last argument."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def wall_s(self) -> float:
        """Seconds of one run, in an empty folder; nobody looks on, which would take a core from it."""
        with tempfile.TemporaryDirectory() as output:
            start = time.monotonic()
            self._succeeded(self._started(output).wait())
            return time.monotonic() - start

    def peak_mb(self) -> float:
        """The highest resident memory of the process tree of one run, in MB."""
        peak = 0
        with tempfile.TemporaryDirectory() as output:
            process = self._started(output)
            while process.poll() is None:
                peak = max(peak, _resident(process))
                time.sleep(SAMPLE_EVERY_S)
            self._succeeded(process.returncode)
        return peak / 1e6

    def _started(self, output: str) -> psutil.Popen:
        return psutil.Popen(
            [*self.command, output],
            env={**_compiled_once(), **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _succeeded(self, status: int) -> None:
        if status:
            raise SystemExit(f"{self.name} failed with status {status}")


def contenders(aws_cdk: str | None) -> list[Contender]:
    """Ours first."""
    synth = (
        sys.executable,
        str(ROOT / "main.py"),
        "synth",
        str(ROOT / "environments" / "dev.toml"),
        "--output",
    )
    return [
        Contender("this project", synth),
        Contender("CDKTF's own bindings", synth, {"LAZY_BINDINGS": "0"}),
        Contender("an empty stack (floor)", (sys.executable, str(HERE / "empty_app.py"))),
        *([Contender("AWS CDK", (aws_cdk, str(HERE / "aws_cdk_app.py")))] if aws_cdk else []),
    ]


def _compiled_once() -> dict[str, str]:
    """This process's environment, in which Python keeps what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _resident(process: psutil.Process) -> int:
    total = 0
    try:
        for each in [process, *process.children(recursive=True)]:
            total += each.memory_info().rss
    except psutil.Error:  # a process of the tree has just ended
        return total
    return total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each, after one warm-up")
    parser.add_argument("--aws-cdk", metavar="PYTHON", help="an interpreter that has aws-cdk-lib")
    given = parser.parse_args()
    os.environ["JSII_NODE"] = choose()  # the same node for all
    compared = contenders(given.aws_cdk)
    memory = [contender.peak_mb() for contender in compared]  # which warms up, too
    rounds = []
    for number in range(1, given.runs + 1):
        rounds.append([contender.wall_s() for contender in compared])
        print(
            f"run {number}: "
            + "; ".join(f"{one.name} {wall:.2f} s" for one, wall in zip(compared, rounds[-1], strict=True))
        )
    print("\n| synth of dev.toml, whole process | time | memory | time of ours |\n|---|---|---|---|")
    for place, contender in enumerate(compared):
        wall = statistics.median(walls[place] for walls in rounds)
        ratio = statistics.median(walls[0] / walls[place] for walls in rounds)
        times = "" if place == 0 else f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.1f} times"
        print(f"| {contender.name} | {wall:.2f} s | {memory[place]:.0f} MB | {times} |")


if __name__ == "__main__":
    main()
