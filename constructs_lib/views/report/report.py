"""The report on a stack, as Markdown and as one HTML file: who reaches whom, subnets, rules, resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.views import markdown
from constructs_lib.views.report.html import html_page
from constructs_lib.views.report.parts import CheckFinding, RuleVerdict, Section, Table
from constructs_lib.views.report.sections import sections_of, title_of

__all__ = ["CheckFinding", "RuleVerdict", "report_html", "report_markdown", "section_markdown"]

_MOST_COLUMNS = 12


def report_markdown(
    document: Mapping[str, Any],
    environment: Environment | None,
    *,
    rules: Sequence[RuleVerdict] | None = None,
    checkov: Sequence[CheckFinding] | None = None,
) -> str:
    """Write the report on a stack's Terraform JSON as Markdown.

    environment: gives the title and the names of callers that exist already. rules: the AWS rules with their
    verdicts; checkov: its findings; each has a section only where it is given. A matrix of more than twelve
    columns is left to the HTML report: the connections are listed in both.
    """
    parts = [f"# {markdown.plain(title_of(environment))}"]
    for section in sections_of(document, environment, rules=rules, checkov=checkov):
        parts += section_markdown(section)
    return "\n\n".join(parts) + "\n"


def report_html(
    document: Mapping[str, Any],
    environment: Environment | None,
    *,
    svg: str,
    rules: Sequence[RuleVerdict] | None = None,
    checkov: Sequence[CheckFinding] | None = None,
) -> str:
    """Write the report on a stack's Terraform JSON as one HTML file that needs nothing else.

    svg: the picture, as ``architecture_svg`` gives it. The rest as for ``report_markdown``.
    """
    found = sections_of(document, environment, rules=rules, checkov=checkov)
    return html_page(title_of(environment), found, svg)


def section_markdown(section: Section) -> Iterator[str]:
    """Write one section as Markdown, in parts that an empty line separates."""
    yield f"## {section.title}"
    yield markdown.plain(section.intro)
    for title, table in section.tables:
        if title:
            yield f"### {markdown.plain(title)}"
        if section.wide and len(table.heads) > _MOST_COLUMNS:
            yield f"The matrix has {len(table.heads) - 1} columns; it is in report.html."
        else:
            yield _table(table)


def _table(table: Table) -> str:
    rows = ([_cell(cell, column in table.code) for column, cell in enumerate(row)] for row in table.rows)
    return markdown.table([markdown.plain(head) for head in table.heads], rows)


def _cell(text: str, is_code: bool) -> str:
    if not text:
        return ""
    return markdown.code(text) if is_code else "; ".join(markdown.plain(line) for line in text.split("\n"))
