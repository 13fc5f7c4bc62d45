"""What stands for services on one machine: a service each, a url or a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.errors import Problem
from constructs_lib.problem_words import did_you_mean, field_path, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft


def check_local_services(draft: Draft) -> Iterator[Problem]:
    """Names of services, and exactly one of url and command."""
    services = draft.environment.services
    for name, local in draft.environment.local.items():
        if name not in services:
            rule = f"stands for a service of the file; there are: {listed(services) or 'none'}"
            hint = did_you_mean(name, services) or "correct or remove it"
            yield Problem(field_path("local", name), name, rule, hint.strip())
        if (local.url is None) == (local.command is None):
            value = local.command if local.url else None
            rule = "has either a url or a command"
            yield Problem(field_path("local", name), value, rule, "write one of them")
        elif local.command is not None and "{port}" not in local.command:
            rule = "a command is told its port where {port} stands"
            way_out = f'write it like "{local.command} --port {{port}}"'
            yield Problem(field_path("local", name, "command"), local.command, rule, way_out)
