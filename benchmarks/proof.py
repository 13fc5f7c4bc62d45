"""How long a proof takes: the default environment (target 50 ms) and 1,000 functions (target 2 s).

Usage: python benchmarks/proof.py [FUNCTIONS]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from constructs_lib.environment import Environment
from constructs_lib.proof import Reachability, prove
from tests.support.architecture import document_of, environment_of

REPEATS = 3


def own_ports(count: int) -> Environment:
    """Half of the functions protected, each on a port of its own and called by one of the other half."""
    functions: dict[str, Any] = {}
    for number in range(count // 2):
        functions[f"callee-{number}"] = {"source": "x", "exposure": "internal", "port": 2000 + number}
        functions[f"caller-{number}"] = {
            "source": "x",
            "calls": [f"callee-{number}"],
            "internet": number % 2 == 0,
        }
    return environment_of(functions=functions)


def shared_listener(count: int) -> Environment:
    """Half of the functions protected behind one listener, each caller calling ten of them."""
    half = count // 2
    functions: dict[str, Any] = {}
    for number in range(half):
        functions[f"callee-{number}"] = {
            "source": "x",
            "exposure": "internal",
            "paths": [f"/callee-{number}/*"],
        }
        calls = sorted({f"callee-{(number * 7 + step) % half}" for step in range(10)})
        functions[f"caller-{number}"] = {
            "source": "x",
            "exposure": "public",
            "paths": [f"/{number}/*"],
            "calls": calls,
        }
    return environment_of(functions=functions)


def measure(name: str, environment: Environment) -> None:
    """Print the best of several runs, reading the JSON text included."""
    document = document_of(environment)
    text = json.dumps(document)
    resources = sum(map(len, document["resource"].values()))
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        proof = prove(environment, text)
        runs.append(time.perf_counter() - start)
    verdict = "holds" if proof.holds else f"{len(proof.broken)} broken, first: {proof.broken[0]}"
    start = time.perf_counter()
    edges = len(Reachability(text).matrix())
    matrix = time.perf_counter() - start
    print(
        f"{name:16} {resources:6} resources {len(proof.promises):6} promises "
        f"{min(runs) * 1000:8.1f} ms  ({verdict}); all {edges} connections {matrix * 1000:.1f} ms"
    )


def main() -> None:
    """Measure the default environment and two large ones."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    measure("default", environment_of())
    measure("own ports", own_ports(count))
    measure("shared listener", shared_listener(count))


if __name__ == "__main__":
    main()
