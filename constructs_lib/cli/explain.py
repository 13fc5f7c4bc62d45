"""``explain``: what an environment builds, in words and tables."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constructs_lib.cli.support.console import Format, say, table, wrong_input_exits
from constructs_lib.cli.support.options import VariableFiles
from constructs_lib.cli.support.paths import shown

if TYPE_CHECKING:
    from constructs_lib.views.explanation import Explanation


def explain(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="An environment file, or Terraform JSON: cdk.tf.json, or its folder.")
    ],
    var_file: VariableFiles = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = "text",
) -> None:
    """Say who reaches whom and how, what the internet reaches, subnets, rules, endpoints and idle cost."""
    from constructs_lib.cli.support.stacks import stack_of
    from constructs_lib.views.explanation import Explanation
    from constructs_lib.views.report.sections import title_of

    with wrong_input_exits():
        stack = stack_of(file, project_root=context.obj, variable_files=var_file or ())
        explanation = Explanation(stack)
        if format_ == "json":
            _print_json(explanation)
            return
        drawn_by = f"python main.py diagram {shown(file)}"
        if format_ == "markdown":
            _print_markdown(explanation, title_of(stack.environment), drawn_by)
        else:
            _print_text(explanation, title_of(stack.environment), drawn_by)


def _print_json(explanation: Explanation) -> None:
    from constructs_lib.views.explanation_json import explain_json

    sys.stdout.write(json.dumps(explain_json(explanation), indent=2, ensure_ascii=False) + "\n")


def _print_markdown(explanation: Explanation, title: str, drawn_by: str) -> None:
    from constructs_lib.views import markdown
    from constructs_lib.views.report.report import section_markdown

    parts = [f"# {markdown.plain(title)}"]
    for section in explanation.sections(drawn_by=drawn_by):
        parts += section_markdown(section)
    sys.stdout.write("\n\n".join(parts) + "\n")


def _print_text(explanation: Explanation, title: str, drawn_by: str) -> None:
    say(title)
    for section in explanation.sections(drawn_by=drawn_by):
        say(f"\n{section.title}: {section.intro}")
        for name, found in section.tables:
            table(name, found.heads, found.rows, is_result=True)
