import importlib.util
import json
from pathlib import Path

import pytest

from constructs_lib import EnvironmentStack, environment_warnings, load_environment
from constructs_lib.bindings import Testing as CdktfTesting
from constructs_lib.testing import Template

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted([*(ROOT / "environments").glob("*.toml"), *(ROOT / "examples").glob("*.toml")])

MEANT_WARNINGS = {
    "everything": ["load_balancers.internal.shared_listener"],
    # without NAT although one would cost less: nothing there has a way to the internet
    "https": ["network.endpoints.interface"],
    "no-nat": ["network.endpoints.interface"],
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_environment_and_example_synthesizes_with_the_warnings_that_it_means_to_show(file):
    environment = load_environment(file, project_root=ROOT)
    stack = EnvironmentStack(CdktfTesting.app(), file.stem, environment=environment, project_root=ROOT)
    template = Template.from_stack(stack)
    assert template.count("aws_lambda_function") == len(environment.functions)
    fields = [warning.field for warning in environment_warnings(environment, project_root=ROOT)]
    assert fields == MEANT_WARNINGS.get(file.stem, [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_environment_and_example_names_the_schema_for_editors(file):
    schema = file.read_text().splitlines()[0].removeprefix("#:schema ")
    assert (file.parent / schema).resolve() == ROOT / "environments" / "schema.json"


def test_the_composed_example_synthesizes_the_same_architecture(tmp_path):
    spec = importlib.util.spec_from_file_location("composed", ROOT / "examples" / "composed.py")
    composed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(composed)
    composed.main(str(tmp_path))
    document = json.loads((tmp_path / "stacks" / "composed" / "cdk.tf.json").read_text())
    Template(document).assert_count("aws_lb_target_group_attachment", 2)
