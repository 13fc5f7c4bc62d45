"""A change of a function's folder or of the environment file reaches what runs."""

import asyncio
import time

import pytest

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.local.reloading import Reloader
from constructs_lib.local.running import Options
from constructs_lib.testing.chain import LocalChain
from tests.support.environment_files import load, text_of

SAYS = 'def handler(event, context):\n    return {{"statusCode": 200, "body": "{}"}}\n'


@pytest.fixture
def project(tmp_path):
    """A project that runs, with its folder watched: the chain, the file, the function's module."""
    environment = load(tmp_path)
    code = tmp_path / "lambda_src" / "storefront" / "handler.py"
    code.write_text(SAYS.format("one"))
    count = iter(range(100))

    def made():
        found = load_environment(tmp_path / "dev.toml", project_root=tmp_path)
        output = tmp_path / f"out{next(count)}"
        [stack] = synthesize({"dev": found}, project_root=tmp_path, output=output).values()
        return stack, {name: tmp_path / one.source for name, one in found.functions.items()}

    stack, sources = made()
    assert environment.functions.keys() == sources.keys()
    with LocalChain(stack, options=Options(port=0, sources=sources)) as chain:
        reloader = Reloader(
            chain.running, file=tmp_path / "dev.toml", sources=sources, make=made, scratch=tmp_path
        )
        watching = asyncio.run_coroutine_threadsafe(reloader.watch(), chain.running.loop)
        time.sleep(0.3)  # until the folders are watched
        yield chain, tmp_path / "dev.toml", code
        watching.cancel()


def told(chain, kind, seconds=20):
    """The first event of a kind, waited for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for event in chain.events:
            if event["event"] == kind:
                chain.events.remove(event)
                return event["text"]
        time.sleep(0.02)
    raise AssertionError(f"no {kind} event")


def test_new_code_answers_the_next_request(project):
    chain, _, code = project
    assert chain.get("storefront").text == "one"
    code.write_text(SAYS.format("two"))
    assert "storefront" in told(chain, "reloaded")
    assert chain.get("storefront").text == "two"


def test_a_changed_file_keeps_the_ports_and_moves_the_walls(project):
    chain, file, _ = project
    port = chain.running.public[0].port
    assert chain.request("inventory", source="storefront").status != 0
    file.write_text(text_of({"functions.storefront.calls": "[]"}))
    assert "storefront to internal:8080 is blocked now" in told(chain, "reloaded")
    assert chain.request("inventory", source="storefront").status == 0
    assert chain.running.public[0].port == port
    assert chain.get("storefront").text == "one"


def test_a_wrong_file_keeps_the_old_one_running_and_says_what_is_wrong(project):
    chain, file, _ = project
    file.write_text(text_of({"functions.storefront.calls": '["nobody"]'}))
    assert "nobody" in told(chain, "problem")
    assert chain.get("storefront").text == "one"
