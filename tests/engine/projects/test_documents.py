"""The example of docs/testing.md, run as a user of the package would run it."""

import os
import re
import shutil
import subprocess
import sys

from tests.support.paths import ROOT


def test_what_the_page_shows_works(tmp_path):
    examples = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "testing.md").read_text(), re.DOTALL)
    for folder in ("environments", "lambda_src"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    *tests, script = examples
    (tmp_path / "test_shop.py").write_text("\n\n".join(tests))
    (tmp_path / "script.py").write_text(script)
    tested = run(tmp_path, "-m", "pytest", "-q", "-p", "constructs_lib.testing.pytest_plugin")
    assert "3 passed" in tested.stdout, tested.stdout
    run(tmp_path, str(ROOT / "main.py"), "synth", "environments/dev.toml", "--output", "cdktf.out")
    scripted = run(tmp_path, "script.py")
    assert (scripted.returncode, '"quantity"' in scripted.stdout) == (0, True), scripted.stderr


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
