"""What functions that run here know of AWS: a stand-in, credentials of the user, or nothing."""

from __future__ import annotations

import contextlib
import importlib.util
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from contextlib import ExitStack

_HOST, _START_S = "127.0.0.1", 30


def variables(aws: str | None, profile: str | None, opened: ExitStack) -> dict[str, str]:
    """Give the variables that every function gets; what is started ends with ``opened``.

    Raises ConfigError: the stand-in is not installed or not known, or the profile has no credentials.
    """
    problems = []
    if aws is not None and aws != "moto":
        problems.append(Problem("--aws", aws, "the stand-in for AWS is moto", "write --aws moto"))
    elif aws and importlib.util.find_spec("moto") is None:
        problems.append(Problem("--aws", aws, "moto is not installed", "pip install 'moto[server]'"))
    if aws and profile:
        problems.append(Problem("--profile", profile, "moto takes no credentials", "leave one of both out"))
    if problems:
        raise ConfigError(problems)
    if aws:
        return {
            "AWS_ENDPOINT_URL": _moto(opened),
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
        }
    return _credentials(profile) if profile else {}


def _moto(opened: ExitStack) -> str:
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", _HOST, "-p", str(port)]
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    opened.callback(process.wait)
    opened.callback(process.terminate)
    until = time.monotonic() + _START_S
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((_HOST, port), timeout=1):
            return f"http://{_HOST}:{port}"
        time.sleep(0.1)
    rule = f"moto's server does not start: {' '.join(command[1:])}"
    raise ConfigError([Problem("--aws", "moto", rule, "pip install 'moto[server]'")])


def _credentials(profile: str) -> dict[str, str]:
    import boto3  # type: ignore[import-untyped]
    from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]

    try:
        found = boto3.Session(profile_name=profile).get_credentials()
        frozen = found.get_frozen_credentials() if found else None
    except BotoCoreError as fault:
        way_out = "name a profile of ~/.aws/config that has credentials"
        raise ConfigError([Problem("--profile", profile, str(fault), way_out)]) from fault
    if frozen is None:
        raise ConfigError([Problem("--profile", profile, "has no credentials", "log in with it first")])
    given = {
        "AWS_ACCESS_KEY_ID": frozen.access_key,
        "AWS_SECRET_ACCESS_KEY": frozen.secret_key,
        "AWS_SESSION_TOKEN": frozen.token,
    }
    return {name: value for name, value in given.items() if value}
