"""Builds what ``constructs-lib init`` begins with into the package; the rest is in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
TAKEN = ("cdktf-app.cjs", "environments/dev.toml", "examples/composed.py", "lambda_src")


class BuildWithStarter(build_py):
    """Copies the repository's own examples beside the templates."""

    def run(self) -> None:
        """As setuptools does, and then the copies."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "constructs_lib" / "starter" / "repository"
        for name in TAKEN:
            source = ROOT / name
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, target / name, ignore=ignored, dirs_exist_ok=True)
            else:
                shutil.copyfile(source, target / name)


setup(cmdclass={"build_py": BuildWithStarter})
