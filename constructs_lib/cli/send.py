"""``send``: hand a function that ``run`` runs an event, as a queue, a schedule or another trigger would."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from constructs_lib.cli.support.asking_running import asked_of_running
from constructs_lib.cli.support.console import say, warn_lines, wrong_input_exits
from constructs_lib.cli.support.exit_status import OUR_FAULT
from constructs_lib.cli.support.systems import check_system
from constructs_lib.errors import ConfigError, Problem


def send(
    context: typer.Context,
    function: Annotated[str, typer.Argument(metavar="FUNCTION", help="Its name in the environment file.")],
    event: Annotated[str, typer.Argument(metavar="EVENT.json", help="A file of JSON; - is standard input.")],
    environment: Annotated[
        str, typer.Option("--environment", help="Which one is asked, where several run.")
    ] = "",
) -> None:
    """Hand a function an event here, and print its answer; status 1 where it fails."""
    with wrong_input_exits():
        check_system("send")
        question = {"send": function, "event": _event(event)}
        told = asked_of_running(context.obj, environment, question)
        if "wrong" in told:
            raise ConfigError([Problem("FUNCTION", function, told["wrong"], "correct it")])
    if not told["triggers"]:
        warn_lines([f"warning: no trigger hands {told['function']} such an event in AWS"])
    if "failure" in told:
        warn_lines([f"{told['function']}: {told['failure']}: {told['reason']}"])
        raise typer.Exit(OUR_FAULT)
    say(json.dumps(told["answer"], indent=2, ensure_ascii=False))
    if "returned" in told:
        why = ", since the answer names a message that is not in the event" if told["unknown"] else ""
        names = ", ".join(map(str, told["returned"]))
        warn_lines([f"{len(told['returned'])} of {told['of']} messages return to the queue{why}: {names}"])
        raise typer.Exit(OUR_FAULT)


def _event(name: str) -> Any:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        return json.loads(text)
    except OSError as fault:
        way_out = "name a file that can be read"
        raise ConfigError([Problem("EVENT.json", name, str(fault.strerror), way_out)]) from None
    except ValueError as fault:
        rule = f"is not JSON ({fault})"
        raise ConfigError(
            [Problem("EVENT.json", name, rule, "docs/triggers.md has events to copy")]
        ) from None
