"""checkov over a stack, with the reasons why its findings stand: ``handoff --checkov``.

checkov pins many packages, so it is a program of its own: on PATH, or in tools/checkov/.venv of a clone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from constructs_lib.errors import ConfigError, Problem
from constructs_lib.views.report.structure import CheckFinding

REASONS_FILE = Path(__file__).with_name("checkov_reasons.toml")


def checkov_program(project_root: Path) -> Path:
    """Return checkov's executable.

    Raises:
        ConfigError: there is none.
    """
    own = project_root / "tools" / "checkov" / ".venv" / "bin" / "checkov"
    found = str(own) if own.is_file() else shutil.which("checkov")
    if found is None:
        rule, way_out = "there is no checkov on PATH", "install it, or run: make tools/checkov/.venv/.ready"
        raise ConfigError([Problem("--checkov", "checkov", rule, way_out)])
    return Path(found)


def reasons() -> list[dict[str, Any]]:
    """Return the reviewed reasons: ``check``, ``addresses`` (patterns) and ``reason``."""
    entries: list[dict[str, Any]] = tomllib.loads(REASONS_FILE.read_text(encoding="utf-8"))["reason"]
    return entries


def write_readable(document: Mapping[str, Any], folder: Path) -> None:
    """Write a stack as checkov 3.3 can read it: it fails on ``required_version``, which nothing checks."""
    folder.mkdir(parents=True)
    kept = {key: value for key, value in document.items() if key not in ("//", "terraform")}
    (folder / "cdk.tf.json").write_text(json.dumps(kept, indent=2), encoding="utf-8")


def addresses_by_line(file: Path) -> dict[int, str]:
    """Return the addresses by the line on which each resource begins; checkov names some without a type."""
    found: dict[int, str] = {}
    kind = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if match := re.match(r'^ {4}"(\w+)": {', line):
            kind = match[1]
        elif match := re.match(r'^ {6}"([\w-]+)": {', line):
            found[number] = f"{kind}.{match[1]}"
    return found


def run_checkov(program: Path, folder: Path) -> dict[str, Any]:
    """Return the report of one run over all stacks below a folder; nothing is downloaded.

    Raises:
        RuntimeError: checkov fails.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    command = [str(program), "--framework", "terraform_json", "--directory", str(folder), "--skip-download"]
    with tempfile.TemporaryDirectory(prefix="checkov-") as home:
        result = subprocess.run(  # noqa: S603
            [*command, "--output", "json", "--compact", "--soft-fail"],
            env={**kept, "HOME": home, "LOG_LEVEL": "ERROR"},
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        raise RuntimeError(f"checkov failed: {result.stderr.strip()}")
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def checkov_findings(program: Path, document: Mapping[str, Any]) -> list[CheckFinding]:
    """Return what checkov says of a stack, each finding with the reason why it stands."""
    with tempfile.TemporaryDirectory(prefix="checkov-") as scratch:
        folder = Path(scratch, "stack")
        write_readable(document, folder)
        results = run_checkov(program, folder)["results"]
        names = addresses_by_line(folder / "cdk.tf.json")
    known = reasons()
    found = {
        _finding(result, verdict, names, known)
        for verdict in ("passed", "failed", "skipped")
        for result in results.get(f"{verdict}_checks", [])
    }
    return sorted(found, key=lambda one: (one.result, one.check, one.address))


def _finding(
    result: Mapping[str, Any], verdict: str, names: Mapping[int, str], known: list[dict[str, Any]]
) -> CheckFinding:
    address = names.get(result["file_line_range"][0], result["resource"])
    reason = reason_for(result["check_id"], address, known) if verdict == "failed" else ""
    return CheckFinding(result["check_id"], result["check_name"], address, verdict, " ".join(reason.split()))


def reason_for(check: str, address: str, known: list[dict[str, Any]]) -> str:
    """Return the reason why a finding stands; empty where there is none."""
    for entry in known:
        if entry["check"] == check and any(fnmatchcase(address, each) for each in entry["addresses"]):
            return str(entry["reason"])
    return ""
