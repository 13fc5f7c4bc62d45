from tools.managed_policies import NAMES, TABLE, table, text


def test_the_table_is_current_and_knows_every_name():
    assert TABLE.read_text("utf-8") == text()
    assert sorted(name.rpartition("/")[2] for name in table()["policies"]) == sorted(NAMES)
