"""``lint``: AWS's own rules and quotas on any Terraform JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import Format, say, table, wrong_input_exits
from constructs_lib.cli.support.exit_status import WRONG_INPUT

if TYPE_CHECKING:
    from constructs_lib.rules import RuleVerdict, Ruling


def lint(
    path: Annotated[Path, typer.Argument(help="A file of Terraform JSON, or a folder of *.tf.json files.")],
    format_: Annotated[Format, typer.Option("--format", help="How to print the result.")] = "text",
) -> None:
    """Check Terraform JSON, anybody's, against AWS's own rules and quotas; status 2 where one is broken.

    Rules of severity E are wrong at apply or at run time, those of severity W are costly or fragile.
    """
    from constructs_lib.cli.support.stacks import written

    with wrong_input_exits():
        ruling = written(path).ruling
    {"text": _print_text, "json": _print_json, "markdown": _print_markdown}[format_](ruling)
    if ruling.broken:
        raise typer.Exit(WRONG_INPUT)


def _remarkable(ruling: Ruling) -> dict[str, list[RuleVerdict]]:
    """Give what is not simply in order, by the title of its table."""
    unknown = [verdict for verdict in ruling.verdicts if verdict.verdict == "cannot tell"]
    titled = {
        "broken: wrong at apply or at run time": [*ruling.broken],
        "broken: costly or fragile": [*ruling.warnings],
        "cannot tell": unknown,
    }
    return {title: verdicts for title, verdicts in titled.items() if verdicts}


def _summary(ruling: Ruling) -> str:
    return (
        f"{len(ruling.broken)} errors, {len(ruling.warnings)} warnings, "
        f"{ruling.count('cannot tell')} cannot tell, "
        f"{ruling.count('kept')} kept; {ruling.count('not applicable')} rules speak of nothing here"
    )


def _print_text(ruling: Ruling) -> None:
    from constructs_lib.cli.support.verdicts import RULE_HEADINGS, rule_row

    for title, verdicts in _remarkable(ruling).items():
        table(title, RULE_HEADINGS, map(rule_row, verdicts), is_result=True)
    say(_summary(ruling))


def _print_json(ruling: Ruling) -> None:
    counts = {kind: ruling.count(kind) for kind in ("broken", "cannot tell", "kept", "not applicable")}
    found = {"counts": counts, "verdicts": [asdict(verdict) for verdict in ruling.verdicts]}
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def _print_markdown(ruling: Ruling) -> None:
    from constructs_lib.cli.support.verdicts import RULE_HEADINGS, rule_row
    from constructs_lib.views.report.report import section_markdown
    from constructs_lib.views.report.structure import Section, Table

    heads = (*RULE_HEADINGS, "source")
    tables = tuple(
        (title, Table(heads, tuple((*rule_row(one), one.source) for one in verdicts), frozenset({3})))
        for title, verdicts in _remarkable(ruling).items()
    )
    section = Section("aws", "AWS rules", _summary(ruling), tables)
    sys.stdout.write("\n\n".join(section_markdown(section)) + "\n")
