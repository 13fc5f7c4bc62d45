"""A project that a stranger makes: from a wheel of this repository, in a Python environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this repository into a folder, from a copy of what git knows."""
    source = folder / "source"
    listed = _run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=ROOT)
    for name in filter(None, listed.split("\0")):
        if name.startswith(("tests/", "docs/")) or not (ROOT / name).is_file():
            continue
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((ROOT / name).read_bytes())
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def make_project(wheel: Path, folder: Path, *options: str) -> Path:
    """Install the wheel into an environment of its own and let its command make a project there."""
    _run(sys.executable, "-m", "venv", folder / "venv")
    binaries = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    _run(binaries / "python", "-m", "pip", "install", "--quiet", wheel)
    _run(binaries / "constructs-lib", "init", "shop", *options, folder=folder)
    return folder / "shop"


def make(project: Path, target: str) -> str:
    """Run a target of the made project's Makefile; its output."""
    return _run("make", target, f"PYTHON={sys.executable}", folder=project)


def _run(*command: object, folder: Path = ROOT) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIPENV", "MAKE", "PYTHON"))
    }
    result = subprocess.run(
        [str(part) for part in command], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout
