"""How quick an environment is on this machine: ``python benchmarks/local.py [SECONDS]``, 30 by default.

Ready after the synth, the warm chain (two load balancers, two functions), 200 requests
at a time, and a thousand functions of which five are used.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.local.running import Options, Running
from constructs_lib.terraform_json import read_document
from constructs_lib.testing.chain import LocalChain
from constructs_lib.views.written_stack import WrittenStack
from tests.support.architecture import document_of, environment_of

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 200
FUNCTIONS = 1000
HANDLER = "def handler(event, context):\n    return {'statusCode': 200, 'body': event['path']}\n"


def ready(stack: WrittenStack) -> float:
    """Seconds from the synthesized stack, proof included, to open doors."""

    async def start() -> float:
        began = time.perf_counter()
        running = Running(stack, Options(port=0))
        await running.start()
        taken = time.perf_counter() - began
        await running.stop()
        return taken

    return asyncio.run(start())


def chain(port: int, count: int) -> list[float]:
    """Milliseconds of requests one after the other on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        connection.request("GET", "/products/apple")
        answer = connection.getresponse()
        body = answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
        assert json.loads(body)["quantity"] == 120
    return taken


async def many(port: int, seconds: float) -> tuple[int, int, int]:
    """Requests answered right, wrong and lost, with AT_ONCE of them under way all the time."""
    counts = {"right": 0, "wrong": 0, "lost": 0}
    until = time.monotonic() + seconds

    async def ask(number: int) -> None:
        while time.monotonic() < until:
            sku = ("apple", "bread", "cheese")[number % 3]
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(f"GET /products/{sku} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
                text = await reader.read()
                writer.close()
            except OSError:
                counts["lost"] += 1
                continue
            counts["right" if b" 200 " in text[:20] and f'"sku": "{sku}"'.encode() in text else "wrong"] += 1

    await asyncio.gather(*(ask(number) for number in range(AT_ONCE)))
    return counts["right"], counts["wrong"], counts["lost"]


def thousand(folder: Path) -> WrittenStack:
    """A stack of many public functions, each with a path and a package of its own."""
    functions: dict[str, Any] = {
        f"f{n}": {"source": "inventory", "exposure": "public", "paths": [f"/f{n}"]} for n in range(FUNCTIONS)
    }
    environment = environment_of(functions=functions)
    document = document_of(environment)
    with zipfile.ZipFile(folder / "code.zip", "w") as archive:
        archive.writestr("handler.py", HANDLER)
    for body in document["resource"]["aws_lambda_function"].values():
        body.update({"filename": "code.zip", "handler": "handler.handler", "runtime": "python3.11"})
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    return WrittenStack("thousand", read_document(folder), None, folder)


def main(seconds: float) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        environment = load_environment(ROOT / "environments" / "dev.toml", project_root=ROOT)
        stack = synthesize({"dev": environment}, project_root=ROOT, output=Path(folder))["dev"]
        print(f"ready after the synth: {ready(stack):.2f} s")
        with LocalChain(stack) as running:
            port = running.running.public[0].port
            chain(port, 50)
            taken = sorted(chain(port, 1000))
            print(f"warm chain: median {statistics.median(taken):.1f} ms, p99 {taken[989]:.1f} ms")
            right, wrong, lost = asyncio.run(many(port, seconds))
            print(f"{AT_ONCE} at once for {seconds:g} s: {right} right, {wrong} wrong, {lost} lost")
    with tempfile.TemporaryDirectory() as folder:
        stack = thousand(Path(folder))
        before = psutil.Process().memory_info().rss
        print(f"{FUNCTIONS} functions: ready after the synth: {ready(stack):.2f} s")
        with LocalChain(stack) as running:
            for number in range(5):
                assert running.get("public:80", f"/f{number}").text == f"/f{number}"
            grown = (psutil.Process().memory_info().rss - before) / 1e6
            processes = len(psutil.Process().children())
            print(f"five of them used: {processes} processes, {grown:.0f} MB more in the program itself")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30)
