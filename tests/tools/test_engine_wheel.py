"""Installing the engine's wheel where it fits, and what serves elsewhere."""

from __future__ import annotations

import sys

import pytest

from constructs_lib.testing.terraform import engine
from tools.engine_wheel import main

ON_ARM = ("Linux", "aarch64", ("glibc", "2.34"), ["manylinux_2_34_aarch64", "manylinux2014_aarch64"])


@pytest.fixture
def machine(monkeypatch):
    """A machine of that kind, with nothing installed, and what is on its PATH."""

    def made(system, processor, libc, tags, *, on_path=()):
        monkeypatch.setattr(engine.platform, "system", lambda: system)
        monkeypatch.setattr(engine.platform, "machine", lambda: processor)
        monkeypatch.setattr(engine.platform, "libc_ver", lambda: libc)
        monkeypatch.setattr(engine, "platform_tags", lambda: iter(tags))
        monkeypatch.setattr(engine.importlib.util, "find_spec", lambda _: None)
        monkeypatch.setattr(engine.shutil, "which", lambda name: f"/bin/{name}" if name in on_path else None)

    return made


def touching(file):
    return [sys.executable, "-c", f"open({str(file)!r}, 'w')"]


def test_where_a_wheel_fits_it_is_installed(machine, tmp_path):
    tags = ["linux_x86_64", "manylinux_2_39_x86_64", "manylinux_2_35_x86_64"]
    machine("Linux", "x86_64", ("glibc", "2.39"), tags)
    assert main(touching(tmp_path / "installed")) == 0
    assert (tmp_path / "installed").is_file()


@pytest.mark.parametrize("name", ["terraform", "tofu"])
def test_elsewhere_what_is_on_the_path_serves(machine, tmp_path, capsys, name):
    machine(*ON_ARM, on_path=[name])
    assert main(touching(tmp_path / "installed")) == 0
    assert not (tmp_path / "installed").exists()
    assert f"the tests run /bin/{name}" in capsys.readouterr().out


def test_without_any_it_says_what_is_missing_and_why_no_package_helps(machine, tmp_path, capsys):
    machine(*ON_ARM)
    assert main(touching(tmp_path / "installed")) == 1
    said = capsys.readouterr().err
    assert "put terraform (1.11 or newer) or tofu (1.11 or newer) on PATH" in said
    assert "none for Linux aarch64 glibc 2.34" in said
    assert "pip install" not in said
