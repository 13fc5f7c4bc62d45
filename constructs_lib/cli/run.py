"""``run``: an environment on this machine, the proof as its firewall."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import say, warn_lines, wrong_input_exits
from constructs_lib.cli.support.systems import check_system
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.figures.internet import PORT

if TYPE_CHECKING:
    from socket import socket

    from constructs_lib.environment import Environment
    from constructs_lib.local.reloading import Reloader
    from constructs_lib.local.running import Running
    from constructs_lib.local.runtime.programs import Program
    from constructs_lib.views.written_stack import WrittenStack


def run(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="An environment file, or Terraform JSON: cdk.tf.json, or its folder."),
    ] = None,
    terraform: Annotated[
        Path | None,
        typer.Option(
            help="Terraform JSON to run instead of what a synth would write: a file, a folder, a bundle."
        ),
    ] = None,
    port: Annotated[
        int,
        typer.Option(
            min=0,
            max=PORT.most,
            help="Port of the first public listener, the next ones follow; 0 picks free ones.",
        ),
    ] = 8000,
    service: Annotated[
        list[str] | None,
        typer.Option(help="NAME=http://127.0.0.1:3000, or 'NAME=COMMAND with {port}': stands for a service."),
    ] = None,
    aws: Annotated[
        str | None, typer.Option(help="moto: a stand-in for AWS's services on this machine, for functions.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="AWS profile whose credentials functions get. Default: none get any.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Run an environment on 127.0.0.1: load balancers, functions, and the proof as the firewall."""
    import asyncio

    from constructs_lib.cli.support.aws_for_functions import variables

    with ExitStack() as opened, wrong_input_exits():
        check_system("run")
        _check_installed()
        from constructs_lib.local.running import Options, Running

        scratch = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="run-synth-")))
        stack = _stack(file, terraform, project_root=context.obj, scratch=scratch)
        _say_proven(stack, quiet=as_json)
        sources = _sources(stack.environment, context.obj) if terraform is None else {}
        programs = _programs(stack, service or [])
        shared = variables(aws, profile, opened)
        options = Options(port=port, sources=sources, programs=programs, folder=context.obj, shared=shared)
        running = Running(stack, options)
        reloader = _reloader(running, file if terraform is None else None, context.obj, opened, scratch)
        asyncio.run(_until_ended(running, reloader, project_root=context.obj, as_json=as_json))


def _check_installed() -> None:
    """Raise ConfigError where what running needs beside the project's own packages is missing."""
    from importlib.util import find_spec

    missing = [name for name in ("uvicorn", "starlette", "watchfiles") if find_spec(name) is None]
    if missing:
        rule = f"running needs {', '.join(missing)}"
        raise ConfigError([Problem("run", missing[0], rule, "pip install 'constructs-lib[run]'")])


def _stack(file: Path | None, terraform: Path | None, *, project_root: Path, scratch: Path) -> WrittenStack:
    """Synthesize the environment, or read Terraform JSON beside which its packages lie."""
    from constructs_lib.cli.support.files import load
    from constructs_lib.cli.support.stacks import synthesize

    if file is None and terraform is None:
        rule, way_out = "nothing is named", "name an environment file, or Terraform JSON with --terraform"
        raise ConfigError([Problem("FILE", None, rule, way_out)])
    if file is None or file.is_dir() or file.suffix == ".json":
        return _lying(terraform or file or Path())
    environments = load([file], project_root=project_root)
    if terraform is None:
        [stack] = synthesize(environments, project_root=project_root, output=scratch).values()
        return stack
    [(name, environment)] = environments.items()
    return replace(_lying(terraform), name=name, environment=environment)


def _reloader(
    running: Running, file: Path | None, project_root: Path, opened: ExitStack, scratch: Path
) -> Reloader | None:
    """What watches the environment file and the folders of its functions; Terraform JSON is not watched."""
    from constructs_lib.cli.support.stacks import synthesize
    from constructs_lib.environment import load_environment
    from constructs_lib.local.reloading import Reloader

    if file is None or file.suffix != ".toml":
        return None

    def make() -> tuple[WrittenStack, dict[str, Path]]:
        environment = load_environment(file, project_root=project_root)
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="run-synth-")))
        named = {file.stem: environment}
        [stack] = synthesize(named, project_root=project_root, output=folder).values()
        _say_proven(stack, quiet=True)
        return stack, _sources(environment, project_root)

    return Reloader(running, file=file, sources=running.options.sources, make=make, scratch=scratch)


def _lying(path: Path) -> WrittenStack:
    from constructs_lib.cli.support.stacks import written
    from constructs_lib.handoff.delivery.manifest import CONFIGURATION

    inner, whole = path / "terraform", path / CONFIGURATION
    if whole.is_file():
        return replace(written(whole, name=inner.name), folder=inner.resolve())
    found = inner if not list(path.glob("*.tf.json")) and inner.is_dir() else path
    folder = found if found.is_dir() else found.parent
    return replace(written(found), folder=folder.resolve())


def _sources(environment: Environment | None, project_root: Path) -> dict[str, Path]:
    functions = environment.functions.items() if environment else ()
    return {name: project_root / one.source for name, one in functions if one.source}


def _programs(stack: WrittenStack, written: list[str]) -> dict[str, Program]:
    """What stands for services: what the file says, and over it what --service says."""
    from constructs_lib.local.runtime.programs import Program

    local = stack.environment.local if stack.environment else {}
    found = {name: Program(one.url or "", one.command or "") for name, one in local.items()}
    known = [address.split(".", 1)[1] for address in stack.model.services]
    problems = []
    for text in written:
        name, _, value = text.partition("=")
        if name not in known:
            rule = f"names no service of this stack; there are: {', '.join(known) or 'none'}"
            problems.append(Problem("--service", text, rule, "write it like web=http://127.0.0.1:3000"))
            continue
        try:
            found[name] = Program.of(value)
        except ValueError as fault:
            problems.append(
                Problem("--service", text, str(fault), "write it like 'web=COMMAND --port {port}'")
            )
    if problems:
        raise ConfigError(problems)
    return found


def _say_proven(stack: WrittenStack, *, quiet: bool) -> None:
    """Say whether the stack keeps what its environment promises: it runs all the same."""
    from constructs_lib.cli.support.verdicts import holds

    if stack.environment is None:
        warn_lines(
            [f"{stack.name}: no environment file, so nothing is promised; the proof's walls stand anyway"]
        )
    elif not holds(stack):
        warn_lines([f"{stack.name}: not proven; it runs all the same, so that its walls can be seen"])
    elif not quiet:
        say(f"{stack.name}: proven")


async def _until_ended(
    running: Running, reloader: Reloader | None, *, project_root: Path, as_json: bool
) -> None:
    """Start everything, wait for Ctrl-C or SIGTERM, stop everything."""
    import asyncio

    from constructs_lib.cli.support.interruption import SIGNALS
    from constructs_lib.cli.support.run_lines import JsonLines, Lines
    from constructs_lib.local import announcing
    from constructs_lib.local.console.app import Console
    from constructs_lib.local.control.places import free_name, socket_path
    from constructs_lib.local.control.server import Control
    from constructs_lib.local.serving import HOST, Server

    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, ended.set)
    try:
        await running.start()
    except OSError as fault:
        rule, way_out = (
            str(fault.strerror or fault),
            "end what listens there, or name another one with --port",
        )
        raise ConfigError([Problem("--port", running.options.port, rule, way_out)]) from None
    name = free_name(project_root, running.picture.stack.name)
    try:
        await running.start_programs()
    except OSError as fault:
        await running.stop()
        way_out = "write a program that PATH has, or its path"
        raise ConfigError([Problem("--service", fault.filename, str(fault.strerror), way_out)]) from None
    console = Server(Console(running))
    control = Control(running, socket_path(project_root, name))
    await control.start()
    try:
        address = f"http://{HOST}:{await console.open(_console_socket(running))}"
        facts = announcing.ready(running, console=address)
        before = list(running.events.last)
        printed = JsonLines() if as_json else Lines()
        running.events.listen(printed)
        running.events.tell("ready", **facts)
        for event in before:  # of programs that stand for services
            printed(event)
        if not as_json:
            for line in announcing.lines(facts):
                say(line)
            sends = ", or send FUNCTION EVENT.json" if running.picture.stack.model.event_sources else ""
            say(f"Ctrl-C stops it; ask with: python main.py request PATH [--as NAME]{sends}")
            sys.stdout.flush()
        watching = asyncio.create_task(reloader.watch()) if reloader else None
        await ended.wait()
        if watching is not None:
            watching.cancel()
    finally:
        await control.stop()
        await console.stop()
        await running.stop()


def _console_socket(running: Running) -> socket:
    """The port behind the public listeners', where it is free."""
    from constructs_lib.local.serving import listening_socket

    wanted = running.options.port + len(running.public) if running.options.port else 0
    try:
        return listening_socket(wanted)
    except OSError:
        return listening_socket()
