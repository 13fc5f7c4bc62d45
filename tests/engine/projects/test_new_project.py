from __future__ import annotations

import pytest

from tests.support.new_project import build_wheel, make, make_project

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def test_a_wheel_makes_a_project_whose_commands_work(tmp_path):
    project = make_project(build_wheel(tmp_path), tmp_path)
    make(project, "synth")
    (stack,) = (project / "cdktf.out" / "stacks").iterdir()
    assert (stack / "cdk.tf.json").is_file()
    assert " passed" in make(project, "test")
