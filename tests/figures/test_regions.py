import pytest

from constructs_lib.figures.regions import dns_suffix_of, partition_of, zone_letters


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [
        ("us-east-1", "aws", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
        ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
        ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"),
    ],
)
def test_a_region_has_the_partition_and_the_hosts_that_aws_gives_it(region, partition, suffix):
    assert (partition_of(region), dns_suffix_of(region)) == (partition, suffix)


@pytest.mark.parametrize(
    ("region", "partition"),
    [("cn-south-7", "aws-cn"), ("us-gov-north-2", "aws-us-gov"), ("eu-north-9", "aws"), ("", "aws")],
)
def test_a_region_newer_than_the_table_is_known_by_its_form(region, partition):
    assert region not in zone_letters()
    assert partition_of(region) == partition


def test_a_known_region_has_the_letters_of_its_zones_and_one_of_unknown_zones_has_none():
    letters = zone_letters()
    assert (letters["us-east-1"], letters["us-west-1"], letters["us-iso-east-1"]) == ("abcdef", "abc", "")
