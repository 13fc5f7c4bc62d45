"""From nothing to a tested project: wheel, environment, ``init``, ``make synth``, ``make test``.

What it takes depends on the package index and pip's cache: the second run says what a warm cache gives
(target 90 s). Usage: python benchmarks/new_project.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from tests.support.new_project import build_wheel, make, make_project


def main() -> None:
    """Measure each step and print."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(Path(folder))
        began = time.monotonic()
        project = make_project(wheel, Path(folder))
        print(f"environment, wheel and init: {time.monotonic() - began:.0f} s")
        for target in ("synth", "test"):
            step = time.monotonic()
            make(project, target)
            print(f"make {target}: {time.monotonic() - step:.0f} s")
        print(f"all: {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
