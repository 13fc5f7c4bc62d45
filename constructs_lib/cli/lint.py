"""``lint``: AWS's own rules and quotas on any Terraform JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from constructs_lib.cli.support.console import Format, say, table, warn_lines, wrong_input_exits
from constructs_lib.cli.support.exit_status import WRONG_INPUT
from constructs_lib.cli.support.options import Settings, VariableFiles

if TYPE_CHECKING:
    from constructs_lib.rules import RuleVerdict, Ruling
    from constructs_lib.views.understanding import Understanding


def lint(
    path: Annotated[
        Path,
        typer.Argument(
            help="Terraform JSON: a file, a folder of *.tf.json files, or terraform show -json of a plan or "
            "a state."
        ),
    ],
    format_: Annotated[Format, typer.Option("--format", help="How to print the result.")] = "text",
    settings: Settings = None,
    var_file: VariableFiles = None,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show advice of severity N, which hits nearly everybody.")
    ] = False,
) -> None:
    """Check Terraform JSON, anybody's, against AWS's own rules and quotas; status 2 where one is broken.

    Rules of severity E are what AWS or Terraform refuses or what cannot work, those of severity W are costly
    or fragile, those of severity N are advice.
    """
    from constructs_lib.cli.support.stacks import settings_of, written
    from constructs_lib.cli.support.verdicts import warn_of_idle_waivers

    with wrong_input_exits():
        stack = written(path, lint_settings=settings_of(path, settings), variable_files=var_file or ())
        found = _Found(stack.ruling, stack.understanding, notes)
        warn_lines(f"waived: {verdict} (because: {reason})" for verdict, reason in found.ruling.waived)
        warn_of_idle_waivers("", found.ruling)
    {"text": _print_text, "json": _print_json, "markdown": _print_markdown}[format_](found)
    if found.ruling.broken:
        raise typer.Exit(WRONG_INPUT)


class _Found(NamedTuple):
    ruling: Ruling
    understanding: Understanding
    with_notes: bool


def _remarkable(found: _Found) -> dict[str, list[RuleVerdict]]:
    """Give what is not simply in order, by the title of its table."""
    ruling = found.ruling
    unknown = [verdict for verdict in ruling.verdicts if verdict.verdict == "cannot tell"]
    if not found.with_notes:
        unknown = [verdict for verdict in unknown if verdict.severity != "N"]
    titled = {
        "broken: AWS or Terraform refuses it, or it cannot work": [*ruling.broken],
        "broken: costly or fragile": [*ruling.warnings],
        "broken: advice": [*ruling.notes] if found.with_notes else [],
        "cannot tell": unknown,
    }
    return {title: verdicts for title, verdicts in titled.items() if verdicts}


def _summary(found: _Found) -> str:
    ruling, hidden = found.ruling, "" if found.with_notes else " (--notes shows them)"
    return (
        f"{len(ruling.broken)} errors, {len(ruling.warnings)} warnings, "
        f"{len(ruling.notes)} notes{hidden if ruling.notes else ''}, "
        f"{ruling.count('cannot tell')} cannot tell, "
        f"{ruling.count('kept')} kept; {ruling.count('not applicable')} rules speak of nothing here; "
        f"read: {found.understanding.size}{found.understanding.in_words}"
    )


def _print_text(found: _Found) -> None:
    from constructs_lib.cli.support.verdicts import RULE_HEADINGS, rule_row

    for title, verdicts in _remarkable(found).items():
        table(title, RULE_HEADINGS, map(rule_row, verdicts), is_result=True)
    say(_summary(found))


def _print_json(found: _Found) -> None:
    ruling, understanding = found.ruling, found.understanding
    counts = {kind: ruling.count(kind) for kind in ("broken", "cannot tell", "kept", "not applicable")}
    content = {
        "counts": counts,
        "read": asdict(understanding.size),
        "not_followed": list(understanding.modules),
        "not_modelled": dict(understanding.types),
        "verdicts": [asdict(verdict) for verdict in ruling.verdicts],
    }
    sys.stdout.write(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _print_markdown(found: _Found) -> None:
    from constructs_lib.cli.support.verdicts import RULE_HEADINGS, rule_row
    from constructs_lib.views.report.report import section_markdown
    from constructs_lib.views.report.structure import Section, Table

    heads = (*RULE_HEADINGS, "source")
    tables = tuple(
        (title, Table(heads, tuple((*rule_row(one), one.source) for one in verdicts), frozenset({3})))
        for title, verdicts in _remarkable(found).items()
    )
    section = Section("aws", "AWS rules", _summary(found), tables)
    sys.stdout.write("\n\n".join(section_markdown(section)) + "\n")
