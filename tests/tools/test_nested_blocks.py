from tools.nested_blocks import TABLE, text


def test_the_table_is_what_the_pinned_provider_says():
    assert TABLE.read_text(encoding="utf-8") == text(), "run: python -m tools.nested_blocks"
