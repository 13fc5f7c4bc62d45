"""The console in Chromium, at three widths, light and dark, by mouse and by keyboard."""

import pytest

from constructs_lib.testing.chain import LocalChain
from tests.support.local.console_pages import browser_path, console_of, pages, send
from tests.support.local.projects import CALLS, ECHO, stack_with

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    stack = stack_with(tmp_path_factory.mktemp("page"), {"storefront": CALLS, "inventory": ECHO})
    with LocalChain(stack) as chain, console_of(chain) as found:
        yield found


def browsed(address, width=1280, scheme="light"):
    """What a visitor sees and does: facts, and what the page complained of."""
    complaints = []
    with pages() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.locator("#picture svg").wait_for()
        send(page, "/products/1")
        found = {"sent": page.inner_text("#verdict"), "width": page.evaluate("document.body.scrollWidth")}
        page.locator("#picture .way").first.wait_for(state="attached")
        page.locator("#requests button").first.focus()
        page.keyboard.press("Enter")
        found["tree"] = page.inner_text("#detail .tree.top")
        found["detail"] = page.inner_text("#detail")
        page.select_option("#as", "inventory")
        page.select_option("#to", "internal:8080")
        found["verdict"] = page.inner_text("#verdict")
        send(page, "/x", source="inventory", to="internal:8080")
        page.locator("#requests .status.bad", has_text="wall").first.wait_for()
        page.locator("#picture .wall").first.wait_for(state="attached")
        page.get_by_role("button", name="inventory to internal:8080: blocked").click()
        found["why"] = page.inner_text("#matrix-why")
        page.locator("#requests button").first.focus()
        page.keyboard.press("ArrowDown")
        found["chosen"] = page.locator("#requests [aria-current=true]").count()
        found["page"] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        found["complaints"] = complaints
    return found


@pytest.mark.skipif(browser_path() is None, reason="no chromium on PATH: apt-get install chromium")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (800, "dark"), (390, "light")])
def test_the_console_shows_requests_walls_and_reasons(address, width, scheme):
    found = browsed(address, width, scheme)
    assert found["complaints"] == []
    assert found["sent"].startswith("200 in")
    assert found["width"] <= width
    assert "storefront → internal:8080 → inventory" in found["tree"]
    assert '"targetGroupArn"' in found["detail"]
    assert "blocked" in found["verdict"]
    assert "lets nothing out on 8080" in found["why"]
    assert found["chosen"] == 1
    assert (found["page"] == "rgb(14, 18, 23)") is (scheme == "dark")
