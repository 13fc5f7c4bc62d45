import importlib.util
import json

import pytest

from constructs_lib import environment_warnings
from constructs_lib.testing import Template
from tests.support.paths import FILES, ROOT
from tests.support.stacks_written import NAMES, written

MEANT_WARNINGS = {
    "everything": ["load_balancers.internal.shared_listener"],
    # without NAT although one would cost less: nothing there has a way to the internet; its name is prod's
    "https": ["network.endpoints.interface", "alarms"],
    "no-nat": ["network.endpoints.interface"],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_environment_and_example_synthesizes_with_the_warnings_that_it_means_to_show(name):
    made = written()[name]
    assert Template(made.document).count("aws_lambda_function") == len(made.environment.functions)
    fields = [warning.field for warning in environment_warnings(made.environment, project_root=ROOT)]
    assert fields == MEANT_WARNINGS.get(name, [])


def test_every_environment_and_example_names_the_schema_for_editors():
    named = {
        (file.parent / file.read_text().splitlines()[0].removeprefix("#:schema ")).resolve() for file in FILES
    }
    assert named == {ROOT / "environments" / "schema.json"}


def test_the_composed_example_synthesizes_the_same_architecture(tmp_path):
    spec = importlib.util.spec_from_file_location("composed", ROOT / "examples" / "composed.py")
    composed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(composed)
    composed.main(str(tmp_path))
    document = json.loads((tmp_path / "stacks" / "composed" / "cdk.tf.json").read_text())
    Template(document).assert_count("aws_lb_target_group_attachment", 2)
