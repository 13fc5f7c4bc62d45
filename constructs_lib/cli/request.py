"""``request``: ask what ``run`` runs, as the internet, a workload or an existing caller."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constructs_lib.cli.support.asking_running import asked_of_running
from constructs_lib.cli.support.console import warn_lines, wrong_input_exits
from constructs_lib.cli.support.exit_status import OUR_FAULT
from constructs_lib.cli.support.systems import check_system
from constructs_lib.errors import ConfigError, Problem

if TYPE_CHECKING:
    from constructs_lib.local.control.asking import Reply


def request(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="URL-OR-PATH", help="/products/1, or http://internal:8080/x.")
    ],
    source: Annotated[
        str,
        typer.Option("--as", help="Who asks: a workload, an existing caller, a range. Default: internet."),
    ] = "internet",
    to: Annotated[
        str, typer.Option("--to", help="The listener: internal:8080, or a workload behind it.")
    ] = "",
    method: Annotated[
        str, typer.Option("--request", "-X", help="The method. Default: GET, with -d POST.")
    ] = "",
    header: Annotated[
        list[str] | None, typer.Option("--header", "-H", help="Name: value; repeatable.")
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The name that is asked for, where workloads have `hosts`.")
    ] = "",
    data: Annotated[str | None, typer.Option("--data", "-d", help="The body; @FILE reads one.")] = None,
    environment: Annotated[
        str, typer.Option("--environment", help="Which one is asked, where several run.")
    ] = "",
) -> None:
    """Send a request to what `run` runs here; status 1 where nothing answers, as behind a security group."""
    from constructs_lib.local.control.asking import ask

    with wrong_input_exits():
        headers, body = _headers(header or []), _body(data)
        told = _door(context.obj, environment, {"as": source, "to": to, "target": target})
        if host or told.get("host"):
            headers.append(("Host", host or told["host"]))
    reply = ask(
        told["port"], method or ("GET" if data is None else "POST"), told["path"], headers=headers, body=body
    )
    if "doubt" in told:
        warn_lines([f"warning: cannot tell whether {told['as']} reaches {told['to']}: {told['doubt']}"])
    if not reply.status:
        _say_denied(told, reply)
        raise typer.Exit(OUR_FAULT)
    warn_lines([f"{told['as']} -> {told['to']}: {reply.status} in {reply.ms:.1f} ms"])
    sys.stdout.buffer.write(reply.body)
    sys.stdout.buffer.flush()


def _headers(written: list[str]) -> list[tuple[str, str]]:
    problems = [
        Problem(
            "--header", one, "a header is a name, a colon and a value", "write it like 'Accept: text/plain'"
        )
        for one in written
        if ":" not in one or not one.partition(":")[0].strip()
    ]
    if problems:
        raise ConfigError(problems)
    parts = (one.partition(":") for one in written)
    return [(name.strip(), value.strip()) for name, _, value in parts]


def _body(data: str | None) -> bytes:
    if data is None or not data.startswith("@"):
        return (data or "").encode()
    try:
        return Path(data[1:]).read_bytes()
    except OSError as fault:
        raise ConfigError(
            [Problem("--data", data, str(fault.strerror), "name a file that can be read")]
        ) from fault


def _door(project_root: Path, environment: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Ask the running environment for the door. Raises ConfigError where none runs, or names are unknown."""
    check_system("request")
    told = asked_of_running(project_root, environment, asked)
    if "wrong" in told:
        field = "--as" if "called" in told["wrong"] and "listener" not in told["wrong"] else "--to"
        raise ConfigError(
            [Problem(field, asked["as" if field == "--as" else "to"], told["wrong"], "correct it")]
        )
    return told


def _say_denied(told: dict[str, Any], reply: Reply) -> None:
    warn_lines([f"{told['as']} -> {told['to']}: {reply.fault}"])
    if denial := told.get("denial"):
        warn_lines(
            [f"blocked by {denial['hop']}: {denial['why']}", f"what would open it: {denial['change']}"]
        )
