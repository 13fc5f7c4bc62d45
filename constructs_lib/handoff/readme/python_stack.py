"""The README's chapters for a stack that is all Python: nothing was promised, so it says what was found."""

from __future__ import annotations

from constructs_lib.handoff.identity import Identity
from constructs_lib.proof.walking.answers import CannotTell
from constructs_lib.views import markdown
from constructs_lib.views.report.connections import Connections
from constructs_lib.views.written_stack import WrittenStack

FILES = {
    "`proof.json`": "who reaches whom, and what the internet reaches, each with the resources that carry it",
}
"""What the files hold that hold promises otherwise, by their names in the table."""
_MOST = 200


def introduction(identity: Identity) -> str:
    """What it is, and that no environment file says what it shall be."""
    account = f", account `{identity.account_id}`" if identity.account_id else ""
    return f"""\
# {identity.name}

Terraform for the stack **{identity.name}** (region `{identity.region}`{account}). It was written in Python,
and no environment file says who shall reach whom in it: nothing here is held to a promise. In its place
stands what the proof found in this configuration, below, in `report.html` and in `proof.json`: compare it
with what you expect. Everything here is plain Terraform; neither Python nor Node nor the generator is needed
to run it.

![Architecture](architecture.svg)"""


def who_reaches_whom(stack: WrittenStack) -> str:
    """Every connection that the proof found; of very many the report has the table."""
    connections, read = Connections(stack), stack.understanding
    title = f"## Who reaches whom\n\nRead: {markdown.plain(f'{read.size}{read.in_words}')}.\n\n"
    if not connections.all:
        return f"{title}Nothing here reaches anything, as far as the configuration tells."
    if len(connections.all) > _MOST:
        return f"{title}{len(connections.all):,} connections; they are in `report.html` and `report.md`."
    rows = [
        [
            markdown.plain(connections.name(one.source)),
            markdown.plain(connections.name(one.target)),
            one.port,
            markdown.plain(f"cannot tell: {one.answer.why}" if isinstance(one.answer, CannotTell) else "yes"),
        ]
        for one in connections.all
    ]
    return f"{title}What is not here is closed.\n\n" + markdown.table(["from", "to", "port", "reached"], rows)
