from __future__ import annotations

from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from constructs_lib.cli import app
from constructs_lib.cli.support import systems
from tests.support.paths import ROOT


@pytest.mark.parametrize("command", [["run", "environments/dev.toml"], ["request", "/"]])
def test_what_windows_can_not_run_is_said_with_a_way_out_and_nothing_starts(monkeypatch, command):
    monkeypatch.setattr(systems, "sys", SimpleNamespace(platform="win32"))
    said = CliRunner().invoke(app, command, obj=ROOT, catch_exceptions=False)
    assert said.exit_code == 2
    assert "Unix sockets" in said.output
    assert "WSL" in said.output
