import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import constructs_lib
from constructs_lib import testing
from constructs_lib.testing import terraform

ROOT = Path(__file__).resolve().parents[1]


def test_every_public_name_can_be_imported():
    for name in constructs_lib.__all__:
        assert getattr(constructs_lib, name) is not None


@pytest.mark.parametrize("package", [constructs_lib, testing, terraform])
def test_type_checkers_see_the_public_names_where_they_are_imported_from(package):
    (block,) = [node for node in ast.parse(inspect.getsource(package)).body if isinstance(node, ast.If)]
    seen = {
        alias.asname: f"{imported.module}.{alias.name}" for imported in block.body for alias in imported.names
    }
    homes = package._HOME
    assert seen == {name: f"{package.__name__}.{home}.{name}" for name, home in homes.items()}
    assert sorted(package.__all__) == sorted(homes)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        constructs_lib.Nothing  # noqa: B018


@pytest.mark.parametrize(
    "statement",
    [
        "import constructs_lib",
        "from constructs_lib import ConfigError, Environment, load_environment, plan_subnets",
        "import constructs_lib.load_balancing.routing.routes, constructs_lib.compute.packaging.package",
        "import constructs_lib.proof, constructs_lib.testing",
        "import constructs_lib.cli",
    ],
)
def test_pure_rooms_load_no_cdktf_and_start_no_node(statement):
    code = f"{statement}\nimport sys\nassert not {{'cdktf', 'jsii', 'constructs'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_no_package_has_a_name_of_one_of_its_modules_for_something_else():
    for package in (ROOT / "constructs_lib").rglob("__init__.py"):
        name = ".".join(package.relative_to(ROOT).parent.parts)
        modules = {path.stem for path in package.parent.iterdir() if not path.name.startswith(("__", "."))}
        for node in ast.parse(package.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module != name:
                assert modules.isdisjoint(alias.asname or alias.name for alias in node.names), name
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                assert node.name not in modules, name
