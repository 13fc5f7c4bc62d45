"""One load balancer and one function, here and in MiniStack: ``python benchmarks/local_peer.py MINISTACK``.

MINISTACK is the program of the PyPI package ``ministack``, in an environment of its own. It listens on every
interface of the machine while this runs, which nothing can change.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import boto3

from constructs_lib.testing.chain import LocalChain
from tests.support.local.projects import stack_with

HANDLER = (
    "def handler(event, context):\n    return {'statusCode': 200, 'headers': {}, 'body': event['path']}\n"
)
REQUESTS = 300
HOST = "127.0.0.1"


def hop(name: str, port: int, host: str) -> None:
    """Print how long one warm hop takes."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        connection.request("GET", "/x", headers={"Host": host})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"/x")
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    print(f"{name}: median {statistics.median(taken):.1f} ms, p99 {taken[int(REQUESTS * 0.99)]:.1f} ms")


def clients(port: int) -> tuple[Any, Any]:
    """Lambda and load balancing of what listens there, once it does."""
    given = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            break
        time.sleep(0.2)
    there = f"http://{HOST}:{port}"
    return tuple(boto3.client(name, endpoint_url=there, **given) for name in ("lambda", "elbv2"))  # type: ignore[return-value]


def peer(program: str) -> None:
    """Measure MiniStack."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program],
        env=os.environ | {"GATEWAY_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        functions, balancers = clients(port)
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("handler.py", HANDLER)
        made = functions.create_function(
            FunctionName="echo",
            Runtime="python3.11",
            Role="arn:aws:iam::000000000000:role/echo",
            Handler="handler.handler",
            Code={"ZipFile": code.getvalue()},
        )
        balancer = balancers.create_load_balancer(Name="a", Subnets=["subnet-1", "subnet-2"])[
            "LoadBalancers"
        ][0]
        group = balancers.create_target_group(Name="t", TargetType="lambda")["TargetGroups"][0][
            "TargetGroupArn"
        ]
        balancers.register_targets(TargetGroupArn=group, Targets=[{"Id": made["FunctionArn"]}])
        balancers.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"],
            Protocol="HTTP",
            Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
        )
        hop("MiniStack, no security groups", port, balancer["DNSName"])
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    with contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        stack = stack_with(folder, {"storefront": HANDLER, "inventory": HANDLER})
        chain = opened.enter_context(LocalChain(stack))
        hop("run", chain.running.public[0].port, "x")
    if len(sys.argv) > 1:
        peer(sys.argv[1])
