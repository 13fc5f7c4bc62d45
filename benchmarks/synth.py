"""Whole-process synth of the default environment, our bindings against stock ones in alternation.

Prints wall time and peak memory of the process tree of every run and the median ratios.
Usage: python benchmarks/synth.py [--runs N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_EVERY_S = 0.01


def measure(lazy: bool) -> tuple[float, float]:
    """Return the wall time in seconds and the peak of the tree's resident memory in MB of one synth."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, str(ROOT / "main.py"), "synth", str(ROOT / "environments" / "dev.toml")]
        environment = {**os.environ, "LAZY_BINDINGS": "1" if lazy else "0"}
        start, peak = time.monotonic(), 0
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            process = psutil.Popen(
                [*command, "--output", output], env=environment, stdout=nowhere, stderr=nowhere
            )
            while process.poll() is None:
                peak = max(peak, _resident(process))
                time.sleep(SAMPLE_EVERY_S)
        if process.returncode:
            raise SystemExit(f"the synth failed with status {process.returncode}")
        return time.monotonic() - start, peak / 1e6


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
    parser.add_argument("--runs", type=int, default=3, help="runs of each kind, after one warm-up")
    runs = parser.parse_args().runs
    measure(lazy=True)
    pairs = []
    for number in range(1, runs + 1):
        ours, stock = measure(lazy=True), measure(lazy=False)
        pairs.append((ours, stock))
        print(
            f"run {number}: ours {ours[0]:.2f} s, {ours[1]:.0f} MB; stock {stock[0]:.2f} s, {stock[1]:.0f} MB"
        )
    faster = statistics.median(stock[0] / ours[0] for ours, stock in pairs)
    smaller = statistics.median(stock[1] / ours[1] for ours, stock in pairs)
    print(f"median ratio: {faster:.1f} times faster, {smaller:.1f} times smaller")


if __name__ == "__main__":
    main()
