"""The sizes that Fargate has for a task."""

from __future__ import annotations

import re

from constructs_lib.errors import Problem

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
CPU_UNITS_PER_VCPU = 1024
# The same page (https://docs.aws.amazon.com/AmazonECS): CPU units -> memory in MiB.
FARGATE_SIZES: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
}
_FEW = 7
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
_WITH_UNIT = {
    name: re.compile(rf"\s*(\d+|\d*\.\d+)\s*{unit}\s*", re.IGNORECASE)
    for name, unit in (("cpu", "vcpu"), ("memory", "gb"))
}


def with_unit(name: str, written: str) -> int | None:
    """Give CPU units or MiB of a text such as ``0.25 vCPU`` or ``.5 GB``; None for any other text.

    name: ``cpu`` or ``memory``.
    """
    found = _WITH_UNIT[name].fullmatch(written)
    return round(float(found[1]) * CPU_UNITS_PER_VCPU) if found else None


def check_fargate_size(cpu: int, memory_mb: int, *, field: str) -> list[Problem]:
    """What is wrong with a task's size, if anything.

    cpu: CPU units. memory_mb: MiB. field: the workload's dotted path (``services.web``), whose keys ``cpu``
    and ``memory_mb`` are named.
    """
    if cpu not in FARGATE_SIZES:
        rule = f"Fargate has tasks of {_listed(FARGATE_SIZES)} CPU units ({CPU_UNITS_PER_VCPU} are one vCPU)"
        return [Problem(f"{field}.cpu", cpu, rule, f"write cpu = {_cpu_for(cpu, memory_mb)}")]
    if memory_mb in FARGATE_SIZES[cpu]:
        return []
    rule = f"with cpu = {cpu} Fargate has {_described(FARGATE_SIZES[cpu])} MiB"
    return [Problem(f"{field}.memory_mb", memory_mb, rule, _way_out(cpu, memory_mb))]


def _way_out(cpu: int, memory_mb: int) -> str:
    """The next larger memory of this cpu, and a cpu that has the memory as it is."""
    legal = FARGATE_SIZES[cpu]
    nearest = next((memory for memory in legal if memory >= memory_mb), legal[-1])
    others = [other for other, memories in FARGATE_SIZES.items() if memory_mb in memories]
    other = min(others, key=lambda candidate: abs(candidate - cpu), default=None)
    return f"write memory_mb = {nearest}" + (f", or cpu = {other}" if other else "")


def _cpu_for(cpu: int, memory_mb: int) -> int:
    """The smallest legal cpu that is no smaller and has the memory; else the nearest one."""
    fitting = [legal for legal, memories in FARGATE_SIZES.items() if legal >= cpu and memory_mb in memories]
    return fitting[0] if fitting else min(FARGATE_SIZES, key=lambda legal: abs(legal - cpu))


def _described(sizes: tuple[int, ...]) -> str:
    if len(sizes) <= _FEW:
        return _listed(sizes)
    return f"{sizes[0]} to {sizes[-1]} in steps of {sizes[1] - sizes[0]}"


def _listed(sizes: dict[int, tuple[int, ...]] | tuple[int, ...]) -> str:
    *first, last = (str(size) for size in sizes)
    return f"{', '.join(first)} or {last}"
