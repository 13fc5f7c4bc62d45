"""Keeps what a release writes: the Terraform JSON of every environment and example.

Run ``python -m tools.release`` when a version is released; tests/engine/test_releases.py then holds later
versions to it: nothing that was applied may be replaced or destroyed.
"""

from __future__ import annotations

import json
import runpy
import sys
import tempfile
from pathlib import Path
from typing import Any

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "tests" / "releases"


def keep(folder: Path) -> list[str]:
    """Write ``NAME.tf.json`` of every environment and example into the folder, and give the names."""
    files = {
        file.stem: file for place in ("environments", "examples") for file in ROOT.glob(f"{place}/*.toml")
    }
    environments = {name: load_environment(files[name], project_root=ROOT) for name in sorted(files)}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        stacks = synthesize(environments, project_root=ROOT, output=Path(scratch))
        contents = {name: stack.document.content for name, stack in stacks.items()}
    contents |= composed()
    for name, content in contents.items():
        text = json.dumps(content, indent=1, sort_keys=True)
        (folder / f"{name}.tf.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return sorted(contents)


def composed() -> dict[str, Any]:
    """The Terraform JSON of the stacks that the example in Python makes, by their names."""
    with tempfile.TemporaryDirectory() as scratch:
        runpy.run_path(str(ROOT / "examples" / "composed.py"))["main"](scratch)
        files = sorted(Path(scratch).glob("stacks/*/cdk.tf.json"))
        return {file.parent.name: json.loads(file.read_text("utf-8")) for file in files}


if __name__ == "__main__":
    print(", ".join(keep(RELEASES / (sys.argv[1] if len(sys.argv) > 1 else VERSION))))
