import io
import subprocess
import zipfile

import pytest

from constructs_lib import ImageCode, ZipCode
from constructs_lib.bindings import Construct
from constructs_lib.compute import function_code
from constructs_lib.errors import ConfigError
from tests.support.building import function, network, new_stack
from tests.support.wheels import Wheels

IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:{64 * '0'}"


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "handler.py").write_text("def handler(event, context):\n    return {}\n")
    return folder


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    made = Wheels(tmp_path / "wheels")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(made.folder))
    return made


def packaged(monkeypatch, code, architecture="arm64"):
    kept = []
    monkeypatch.setattr(function_code, "zip_asset", lambda _, path: kept.append(path) or "assets/x.zip")
    arguments = code.arguments(
        Construct(new_stack(), "f"), architecture=architecture, field="functions.f.source"
    )
    names = zipfile.ZipFile(io.BytesIO(kept[0].read_bytes())).namelist() if kept else []
    return arguments, names


def test_a_folder_without_requirements_runs_no_pip(source, monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    arguments, names = packaged(monkeypatch, ZipCode(source))
    assert names == ["handler.py"]
    assert (arguments["package_type"], arguments["runtime"]) == ("Zip", "python3.13")


def test_pinned_requirements_lie_beside_the_code(source, wheels, monkeypatch):
    (source / "requirements.txt").write_text(wheels.make("alpha"))
    _, names = packaged(monkeypatch, ZipCode(source))
    assert "handler.py" in names
    assert any(name.startswith("alpha") for name in names)
    assert "requirements.txt" not in names


def test_requirements_are_those_of_python_alone(source, monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    (source / "requirements.txt").write_text("anything")
    _, names = packaged(monkeypatch, ZipCode(source, handler="index.handler", runtime="nodejs22.x"))
    assert names == ["handler.py"]


def test_an_image_is_named_as_it_stands(monkeypatch):
    arguments, _ = packaged(monkeypatch, ImageCode(IMAGE))
    assert arguments == {"package_type": "Image", "image_uri": IMAGE}


def test_a_handler_that_the_folder_has_not_is_refused_with_the_near_one(tmp_path):
    stack = new_stack()
    with pytest.raises(ConfigError) as wrong:
        function(
            stack, network(stack), tmp_path, code=ZipCode(tmp_path / "inventory", handler="handler.handlr")
        )
    [problem] = wrong.value.problems
    assert (problem.field, problem.value) == ("functions.inventory.handler", "handler.handlr")
    assert problem.rule == f"there is no handlr in {tmp_path / 'inventory'}/handler.py"
    assert problem.way_out.startswith('did you mean "handler"?')
