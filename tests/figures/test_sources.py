"""Every figure names the page that says it, and every table its source."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import constructs_lib.figures
from constructs_lib.figures.changes.provider_schema import readings
from constructs_lib.figures.rule_names import RULE_NAMES

FIGURES = Path(constructs_lib.figures.__file__).parent


def figures_without_a_page(text: str) -> Iterator[str]:
    """Constants in a paragraph without an address, in a module whose docstring has none either."""
    tree = ast.parse(text)
    if "https://" in (ast.get_docstring(tree) or ""):
        return
    lines = text.splitlines()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            names = [name.id for name in ast.walk(target) if isinstance(name, ast.Name)]
            start = node.lineno - 1
            while start and lines[start - 1].strip():
                start -= 1
            if (
                names[0].isupper()
                and names[0][0] != "_"
                and "https://" not in "\n".join(lines[start : node.end_lineno])
            ):
                yield from names


def test_every_figure_names_its_page():
    missing = {
        file.name: [*figures_without_a_page(file.read_text("utf-8"))] for file in FIGURES.rglob("*.py")
    }
    assert {name: found for name, found in missing.items() if found} == {"rule_names.py": ["RULE_NAMES"]}
    assert [rule.name for rule in RULE_NAMES.values() if not rule.page.startswith("https://")] == []


def test_a_figure_without_a_page_is_found():
    assert [*figures_without_a_page("# https://a.example\nA = 1\nB = 2\n\nC, D = 3, 4\n")] == ["C", "D"]


def test_a_table_of_one_version_of_the_provider_is_of_that_at_which_its_types_were_read():
    for name, base in (("force_new.json", "base"), ("kept.json", "base"), ("in_use.json", "provider_base")):
        table = json.loads((FIGURES / "changes" / name).read_text("utf-8"))
        types = [*table.get("resources", ()), *table.get("used", ()), *table.get("filled", ())]
        versions = {readings()[each].version for each in types}
        assert re.search(r"/v([\d.]+)/", table[base])[1] in versions


def test_every_table_names_its_source():
    tables = {file.name: json.loads(file.read_text("utf-8")) for file in FIGURES.rglob("*.json")}
    assert [name for name, table in tables.items() if not {"source", "sources", "base"} & table.keys()] == []
