from pathlib import Path

from tools.environment_reference import BEGIN, END, main, reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "environment-file.md"


def test_the_page_lists_every_key_as_it_is():
    table = PAGE.read_text().partition(f"{BEGIN}\n")[2].partition(f"\n{END}")[0]
    assert table == reference(), "run: python -m tools.environment_reference docs/environment-file.md"


def test_keys_of_named_tables_are_listed_with_their_defaults():
    rows = reference().splitlines()
    assert any(row.startswith("| `functions.<name>.memory_mb` | `256` |") for row in rows)
    assert any(row.startswith("| `region` | required |") for row in rows)
    assert any(row.startswith("| `tags.<NAME>` |") for row in rows)


def test_what_stands_around_the_table_stays(tmp_path):
    file = tmp_path / "page.md"
    file.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    main(file)
    assert file.read_text() == f"before\n{BEGIN}\n{reference()}\n{END}\nafter\n"
