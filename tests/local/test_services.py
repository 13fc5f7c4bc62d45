"""ECS services: a program of this machine stands for one, or nothing does."""

import sys
import time

import pytest

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.local.running import Options
from constructs_lib.local.runtime.programs import Program
from constructs_lib.testing.chain import LocalChain
from tests.support.environment_files import WEB, load, only_problem

SERVER = """
import http.server, os, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{self.path} {os.environ.get('INVENTORY_URL')} {self.headers['x-forwarded-proto']}".encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
CALLING = WEB | {"services.web.calls": '["inventory"]'}


def stack_of(folder, changes):
    environment = load(folder, changes)
    return synthesize({"dev": environment}, project_root=folder, output=folder / "out")["dev"]


def test_a_command_stands_for_a_service_and_finds_its_door(tmp_path):
    (tmp_path / "server.py").write_text(SERVER)
    program = Program.of(f"{sys.executable} {tmp_path / 'server.py'} {{port}}")
    options = Options(port=0, programs={"web": program}, folder=tmp_path)
    with LocalChain(stack_of(tmp_path, CALLING), options=options) as chain:
        for _ in range(100):
            answer = chain.get("web", "/web/x")
            if answer.status == 200:
                break
            time.sleep(0.05)
        path, url, protocol = answer.text.split()
        assert (path, protocol) == ("/web/x", "http")
        assert url.startswith("http://127.0.0.1:")
        assert int(url.rpartition(":")[2]) in chain.running.doors.by_port


def test_without_a_program_the_target_group_has_no_target(tmp_path):
    with LocalChain(stack_of(tmp_path, CALLING)) as chain:
        assert chain.get("web", "/web/x").status == 503


@pytest.mark.parametrize(
    "text", ["https://127.0.0.1:1", "http://example.com:80", "http://127.0.0.1", "npm start"]
)
def test_what_stands_for_a_service_is_a_url_of_this_machine_or_a_command_with_its_port(text):
    with pytest.raises(ValueError, match=r"needed|port"):
        Program.of(text)


@pytest.mark.parametrize(
    "changes",
    [
        {"local.web.url": '"http://127.0.0.1:3000"'},
        WEB | {"local.web.command": '"npm start"'},
        WEB | {"local.web": None, "local.web.url": '"http://127.0.0.1:1"', "local.web.command": '"x {port}"'},
    ],
)
def test_a_wrong_local_table_is_named(tmp_path, changes):
    assert only_problem(tmp_path, changes).field.startswith("local.web")


def test_a_local_table_changes_nothing_in_the_terraform(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = stack_of(tmp_path / "a", WEB)
    with_local = stack_of(tmp_path / "b", WEB | {"local.web.url": '"http://127.0.0.1:3000"'})
    assert plain.document.content == with_local.document.content
