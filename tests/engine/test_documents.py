"""The example of docs/testing.md, run as a user of the package would run it."""

import os
import re
import shutil
import subprocess
import sys

from tests.support.paths import ROOT


def test_the_tests_that_the_page_shows_pass(tmp_path):
    examples = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "testing.md").read_text(), re.DOTALL)
    for folder in ("environments", "lambda_src"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "test_shop.py").write_text("\n\n".join(examples))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "constructs_lib.testing.pytest_plugin"]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "3 passed" in result.stdout, result.stdout
