import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from constructs_lib import ConfigError
from constructs_lib.bindings.flavour import FLAVOURS, VARIABLE, flavour, installed_flavour

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def install(monkeypatch):
    """Lets these packages be all that is installed of those that a flavour needs."""
    monkeypatch.delenv(VARIABLE, raising=False)

    def only(*packages):
        known = {name for each in FLAVOURS.values() for name in ("jsii", *each.assemblies)}
        really = importlib.util.find_spec
        spec = really("json")
        monkeypatch.setattr(
            importlib.util,
            "find_spec",
            lambda name: (spec if name in packages else None) if name in known else really(name),
        )

    return only


CDKTF, CDKTN = (("jsii", *FLAVOURS[name].assemblies) for name in ("cdktf", "cdktn"))


@pytest.mark.parametrize(
    ("packages", "named", "chosen"),
    [
        (CDKTF, "", "cdktf"),
        (CDKTN, "", "cdktn"),
        ((*CDKTF, *CDKTN), "", "cdktf"),
        ((*CDKTF, *CDKTN), "cdktn", "cdktn"),
        ((*CDKTN, "cdktf"), "", "cdktn"),
        ((), "", "cdktf"),
    ],
)
def test_the_flavour_is_what_is_named_else_what_is_installed_else_cdktf(
    install, monkeypatch, packages, named, chosen
):
    install(*packages)
    monkeypatch.setenv(VARIABLE, named)
    assert flavour().name == chosen


def test_a_flavour_that_there_is_not_is_an_error_that_names_both(monkeypatch):
    monkeypatch.setenv(VARIABLE, "cdk")
    with pytest.raises(ConfigError, match=r"^CONSTRUCTS_LIB_FLAVOUR: 'cdk': .*only cdktf and cdktn"):
        flavour()


def test_what_is_not_installed_is_named_with_the_command_that_installs_it(install, monkeypatch):
    install("jsii", "constructs")
    with pytest.raises(ConfigError) as caught:
        installed_flavour()
    assert caught.value.problems[0].way_out == (
        "pip install 'constructs-lib[cdktf]', or pip install 'constructs-lib[cdktn]'"
    )
    install(*CDKTF)
    monkeypatch.setenv(VARIABLE, "cdktn")
    with pytest.raises(ConfigError, match=r"^cdktn: 'cdktn': .*: pip install 'constructs-lib\[cdktn\]'$"):
        installed_flavour()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (next(name for name in FLAVOURS if name != flavour().name), "pip install 'constructs-lib["),
        ("cdk", "only cdktf and cdktn"),
    ],
)
def test_a_command_that_writes_terraform_says_what_to_install(tmp_path, named, said):
    command = [sys.executable, "main.py", "synth", "environments/dev.toml", "--output", str(tmp_path / "out")]
    environment = {**os.environ, VARIABLE: named}
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (finished.returncode, [*tmp_path.iterdir()]) == (2, [])
    assert said in finished.stderr + finished.stdout
