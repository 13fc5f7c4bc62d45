"""Looks at pictures and reports in a real browser: ``python -m tests.support.browser [FOLDER]``.

No part of the test suite, since a machine may have no browser. It measures every text with the fonts that
are really there, and leaves pages and screenshots, light and dark, in FOLDER for people to look at.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from constructs_lib.views.diagram.svg import architecture_svg
from constructs_lib.views.report.report import report_of
from tests.support.architecture import document_of, environment_of
from tests.support.pictures import environment_with
from tests.support.written_stacks import stack_of

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,2400",
    ),
)
CHECK = """
<pre id="found"></pre><script>
const over = [...document.querySelectorAll('svg g[data-address]')].flatMap(group => {
  const box = group.querySelector('rect').getBoundingClientRect();
  return [...group.querySelectorAll('text')].filter(text => {
    const own = text.getBoundingClientRect();
    return own.left < box.left || own.right > box.right || own.top < box.top - 1
      || own.bottom > box.bottom + 1;
  }).map(text => text.textContent);
});
const wide = document.documentElement.scrollWidth > 1280 ? ['the page scrolls sideways'] : [];
document.getElementById('found').textContent = JSON.stringify([...over, ...wide]);
</script>
"""


def browser() -> str:
    """The browser of this machine."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or sys.exit(f"no browser found; one of these is needed: {', '.join(BROWSERS)}")


def run(page: Path, *options: str) -> str:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser(), *QUIET, f"--user-data-dir={profile}", *options, page.resolve().as_uri()]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def look(name: str, page: str, folder: Path) -> list[str]:
    """Leave a page with its screenshots; give the texts that leave their boxes."""
    (folder / f"{name}.html").write_text(page, encoding="utf-8")
    for theme, number in (("light", "1"), ("dark", "0")):
        options = (
            f"--blink-settings=preferredColorScheme={number}",
            f"--screenshot={folder / f'{name}-{theme}.png'}",
        )
        run(folder / f"{name}.html", *options)
    checked = folder / f"{name}-checked.html"
    checked.write_text(page.replace("</body>", f"{CHECK}</body>"), encoding="utf-8")
    found = re.search(r'<pre id="found">(.*?)</pre>', run(checked, "--dump-dom"), re.DOTALL)
    checked.unlink()
    return json.loads(html.unescape(found[1])) if found else ["the browser gave no answer"]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    environments = {
        "default": environment_of(),
        "thirty": environment_with(zones="abcd", public=12, protected=18, long=True),
        "hundred": environment_with(zones="abc", public=40, protected=60),
    }
    faults = []
    for name, environment in environments.items():
        stack = stack_of(document_of(environment), environment)
        page = report_of(stack).html(svg=architecture_svg(stack))
        faults += [f"{name}: {fault}" for fault in look(name, page, folder)]
        print(f"{name}: {folder / name}.html, {name}-light.png, {name}-dark.png")
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("browser.out"))
