"""The report on a stack, as Markdown and as one HTML file: who reaches whom, subnets, rules, resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs_lib.views import markdown
from constructs_lib.views.report.html import html_page
from constructs_lib.views.report.sections import sections_of, title_of
from constructs_lib.views.report.structure import CheckFinding, Section, Table
from constructs_lib.views.written_stack import WrittenStack

_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Report:
    """The report on a stack, to be written in either form."""

    title: str
    sections: tuple[Section, ...]

    def markdown(self) -> str:
        """Write it as Markdown.

        A matrix of more than twelve columns is left to the HTML: the connections are listed in both.
        """
        parts = [f"# {markdown.plain(self.title)}"]
        for section in self.sections:
            parts += section_markdown(section)
        return "\n\n".join(parts) + "\n"

    def html(self, *, svg: str) -> str:
        """Write it as one HTML file that needs nothing else. svg: as ``architecture_svg`` gives it."""
        return html_page(self.title, self.sections, svg)


def report_of(stack: WrittenStack, *, checkov: Sequence[CheckFinding] | None = None) -> Report:
    """Report on a stack. checkov: its findings, which have a section only where they are given."""
    return Report(title_of(stack.environment), sections_of(stack, checkov=checkov))


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
