"""All commands; each stands in a file of its own and imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from constructs_lib.cli import (
    bootstrap,
    check,
    cidr,
    diagram,
    diff,
    discover,
    explain,
    handoff,
    init,
    lint,
    preview,
    prove,
    request,
    run,
    send,
    synth,
)
from constructs_lib.cli.support.console import machine_faults_exit
from constructs_lib.version import VERSION


class _Commands(TyperGroup):
    """All commands; what the machine refuses any of them is said in words.

    What people look for here and do not find is said, too.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with machine_faults_exit():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual; deploying is Terraform's."""
        if args and args[0] in ("deploy", "destroy"):
            verb = args[0].replace("deploy", "apply")
            ctx.fail(
                f"{args[0]} is Terraform's: `make {args[0]} ENV=<name>`, or "
                f"`terraform -chdir=cdktf.out/stacks/<name> {verb}` after a synth"
            )
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    help="Terraform for private Lambda functions behind an internal load balancer.",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    rich_markup_mode=None,  # [network] in a help text is no markup, and commands are not wrapped
)
app.command("synth")(synth.synth)
app.command("init")(init.init)
app.command("prove")(prove.prove)
app.command("run")(run.run)
app.command("request")(request.request)
app.command("send")(send.send)
app.command("explain")(explain.explain)
app.command("lint")(lint.lint)
app.command("check")(check.check)
app.command("bootstrap")(bootstrap.bootstrap)
app.command("cidr")(cidr.cidr)
app.command("diagram")(diagram.diagram)
app.command("diff")(diff.diff)
app.command("preview")(preview.preview)
app.command("handoff")(handoff.handoff)
app.command("discover", epilog=discover.EPILOG)(discover.discover)


def _say_version(asked: bool) -> None:
    if asked:
        print(f"constructs-lib {VERSION}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", help="Say the version.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Without a command: synthesize every file of environments/."""
    if context.invoked_subcommand is None:
        synth.synth(context, files=None, output=None)
