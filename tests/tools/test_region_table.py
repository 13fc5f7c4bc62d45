from tools.region_table import MORE_LETTERS, TABLE, table, text


def test_the_table_of_regions_is_what_botocore_and_moto_say():
    assert TABLE.read_text("utf-8") == text(), "run: python -m tools.region_table"


def test_services_without_regions_are_no_regions():
    regions = [region for found in table()["partitions"].values() for region in found["zones"]]
    assert "us-east-1" in regions
    assert not [region for region in regions if region.endswith("-global")]


def test_letters_that_moto_lists_already_need_no_second_list(monkeypatch):
    monkeypatch.setattr("tools.region_table.MORE_LETTERS", {})
    zones = {region: z for found in table()["partitions"].values() for region, z in found["zones"].items()}
    assert not [region for region, letters in MORE_LETTERS.items() if set(letters) <= set(zones[region])]
