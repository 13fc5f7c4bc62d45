"""Looks at pictures and reports in a real browser: ``python -m tests.support.browser [FOLDER]``.

No part of the test suite, since a machine may have no browser. It measures every text with the fonts that
are really there, and leaves pages and screenshots, light and dark, wide and narrow, in FOLDER for people to
look at.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from constructs_lib.views.diagram.svg import architecture_svg
from constructs_lib.views.report.report import report_of
from tests.support.architecture import document_of, environment_of
from tests.support.local.console_pages import pages
from tests.support.pictures import environment_at_random, environment_with
from tests.support.written_stacks import stack_of

WIDTHS = (1200, 390)
FAULTS = """() => {
  const over = [...document.querySelectorAll('svg g[data-address]')].flatMap(group => {
    const box = group.querySelector('rect').getBoundingClientRect();
    return [...group.querySelectorAll('text')].filter(text => {
      const own = text.getBoundingClientRect();
      return own.left < box.left || own.right > box.right + .5 || own.top < box.top - 1
        || own.bottom > box.bottom + 1;
    }).map(text => `leaves its box: ${text.textContent}`);
  });
  const room = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > room ? ['the page scrolls sideways'] : [];
  const svg = document.querySelector('svg').getBoundingClientRect();
  const small = svg.width < Math.min(1100, svg.width + 1) ? [`the picture shrinks to ${svg.width}`] : [];
  const broken = [...document.querySelectorAll('.whole')].filter(one => one.getClientRects().length > 1)
    .map(one => `is broken: ${one.textContent}`);
  return [...over, ...wide, ...small, ...broken];
}"""
LIT = """() => [...document.querySelectorAll('svg .a-key, svg .a-part')]
  .filter(one => getComputedStyle(one).opacity < .5).length"""


def look(browser: Any, name: str, page: str, folder: Path) -> list[str]:
    """Leave a page with its screenshots; give what is wrong with it."""
    file = folder / f"{name}.html"
    file.write_text(page, encoding="utf-8")
    faults = []
    for width in WIDTHS:
        for theme in ("light", "dark"):
            shown = browser.new_page(viewport={"width": width, "height": 2400}, color_scheme=theme)
            shown.goto(file.resolve().as_uri())
            shown.screenshot(path=str(folder / f"{name}-{width}-{theme}.png"))
            faults += [f"{width} {theme}: {fault}" for fault in shown.evaluate(FAULTS)]
            shown.close()
    return faults + point(browser, file)


def point(browser: Any, file: Path) -> list[str]:
    """Point at a workload: what is not on its ways has to fade."""
    shown = browser.new_page(viewport={"width": 1200, "height": 900})
    shown.goto(file.resolve().as_uri())
    before = shown.evaluate(LIT)
    shown.locator("svg g.a-key.a-function").first.hover()
    after = shown.evaluate(LIT)
    shown.close()
    return [] if before == 0 and after > 0 else ["nothing fades where a box is pointed at"]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    environments = {
        "two": environment_of(),
        "ten": environment_with(zones="abc", public=4, protected=6),
        "thirty": environment_with(zones="abcd", public=12, protected=18, long=True),
        "bundled": environment_at_random(3),
        "hundred": environment_with(zones="abc", public=40, protected=60),
    }
    faults = []
    with pages() as browser:
        for name, environment in environments.items():
            stack = stack_of(document_of(environment), environment)
            page = report_of(stack).html(svg=architecture_svg(stack))
            faults += [f"{name}, {fault}" for fault in look(browser, name, page, folder)]
            print(f"{name}: {folder / name}.html, with pictures of {' and '.join(map(str, WIDTHS))} pixels")
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("browser.out"))
