"""``run`` and ``request`` as a user starts them, in processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import psutil
import pytest
from typer.testing import CliRunner

from constructs_lib.cli import app
from constructs_lib.cli.support.aws_for_functions import variables
from constructs_lib.errors import ConfigError
from tests.support.paths import ROOT

MAIN = [sys.executable, str(ROOT / "main.py")]


def environment(tmp_path):
    return os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@contextmanager
def running(tmp_path, *arguments):
    """The command with --json: its facts once it is ready, and the process."""
    command = [*MAIN, "run", *arguments, "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(tmp_path))
    try:
        yield json.loads(process.stdout.readline()), process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def in_process(tmp_path, *arguments):
    variables = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    return CliRunner().invoke(app, arguments, obj=ROOT, env=variables, catch_exceptions=False)


def request(tmp_path, *arguments):
    command = [*MAIN, "request", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment(tmp_path), check=False)


def test_what_runs_answers_a_workload_and_the_internet_and_leaves_nothing_behind(tmp_path):
    with running(tmp_path, "environments/dev.toml") as (facts, process):
        assert facts["event"] == "ready"
        assert facts["public"][0].startswith("http://127.0.0.1:")
        found = request(tmp_path, "/products/apple")
        assert (found.returncode, json.loads(found.stdout)["quantity"]) == (0, 120)
        found = request(tmp_path, "/inventory/apple", "--as", "storefront")
        assert json.loads(found.stdout) == {"sku": "apple", "quantity": 120}
        found = request(tmp_path, "/inventory/apple", "--as", "inventory")
        assert found.returncode == 1
        assert "blocked by aws_lambda_function.inventory" in found.stderr
        below = psutil.Process(process.pid).children(recursive=True)
        assert below
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert not [one for one in below if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        assert list((tmp_path / "cache").rglob("*.sock")) == []


def test_a_port_that_is_taken_is_said_and_status_2(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        found = in_process(tmp_path, "run", str(ROOT / "environments" / "dev.toml"), "--port", port)
    assert found.exit_code == 2
    assert f"--port: {port}" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["/x"], "nothing of this project runs"),
        (["/x", "-H", "nonsense"], "--header"),
        (["/x", "-d", "@/no/such/file"], "--data"),
    ],
)
def test_a_wrong_request_is_said_and_status_2(tmp_path, arguments, words):
    found = in_process(tmp_path, "request", *arguments)
    assert found.exit_code == 2
    assert words in found.stderr


def test_what_stands_for_no_service_is_said_and_status_2(tmp_path):
    file = str(ROOT / "environments" / "dev.toml")
    found = in_process(tmp_path, "run", file, "--service", "web=http://127.0.0.1:1")
    assert found.exit_code == 2
    assert "--service" in found.stderr


@pytest.mark.parametrize(
    ("aws", "profile", "field"),
    [("localstack", None, "--aws"), ("moto", "mine", "--profile"), (None, "no-such-profile", "--profile")],
)
def test_what_functions_know_of_aws_is_checked(aws, profile, field):
    with pytest.raises(ConfigError) as caught:
        variables(aws, profile, None)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_without_a_word_functions_know_nothing_of_the_users_aws():
    assert variables(None, None, None) == {}
