"""A project as a user has it, for the commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.projects import SHOP, Project, project


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    """A project folder with main.py and one environment, ``environments/dev.toml``."""
    made = project(tmp_path / "shop")
    made.write(SHOP)
    shutil.copy(ROOT / "main.py", made.root)
    return made
