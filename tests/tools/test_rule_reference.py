from pathlib import Path

from tools.rule_reference import BEGIN, END, reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_page_lists_every_rule_as_it_is():
    tables = PAGE.read_text(encoding="utf-8").partition(f"{BEGIN}\n")[2].partition(f"\n{END}")[0]
    assert tables == reference(), "run: python -m tools.rule_reference docs/rules.md"
