"""The console in a real browser: ``python -m tests.support.local.console_pages FILE.png`` takes its picture.

Playwright's Python package drives the Chromium of this machine; it brings none of its own.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.local.console.app import Console
from constructs_lib.local.serving import HOST, Server, listening_socket
from constructs_lib.testing.chain import LocalChain
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str | None:
    """The browser of this machine; None where it has none, or nothing that drives it."""
    if importlib.util.find_spec("playwright") is None:
        return None
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def console_of(chain: LocalChain) -> Iterator[str]:
    """Serve the console of what runs; gives its address."""
    server = Server(Console(chain.running))

    async def start() -> int:
        return await server.open(listening_socket())

    yield f"http://{HOST}:{chain.do(start())}"
    chain.do(server.stop())


@contextmanager
def pages() -> Iterator[Any]:
    """A browser. Raises RuntimeError where this machine has none."""
    path = browser_path()
    if path is None:
        raise RuntimeError(f"playwright is needed, and one of these on PATH: {', '.join(BROWSERS)}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def send(page: Any, path: str, *, source: str = "internet", to: str = "public:80") -> None:
    """Fill in the form and send it; waits for what came back."""
    page.select_option("#as", source)
    page.select_option("#to", to)
    page.fill("#path", path)
    page.click("#send")
    page.locator("#send", has_text="Send").wait_for()


def picture(file: Path) -> None:
    """Write a picture of the console of the development environment, after one request."""
    with tempfile.TemporaryDirectory() as folder:
        environment = load_environment(ROOT / "environments" / "dev.toml", project_root=ROOT)
        stack = synthesize({"dev": environment}, project_root=ROOT, output=Path(folder))["dev"]
        with LocalChain(stack) as chain, console_of(chain) as address, pages() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
            page.goto(address)
            page.locator("#picture svg").wait_for()
            send(page, "/inventory/apple", source="inventory", to="internal:8080")
            send(page, "/products/bread")
            send(page, "/products/apple")
            page.locator("#requests button").first.click()
            file.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(file))


if __name__ == "__main__":
    picture(Path(sys.argv[1]))
