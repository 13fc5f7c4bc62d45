import pytest

from constructs_lib.load_balancing.log_bucket import log_bucket_name, log_bucket_problems


def test_a_long_name_keeps_its_account_within_what_s3_takes():
    name = log_bucket_name("Shop" * 20, "123456789012")
    assert name == name.lower()
    assert len(name) == 63
    assert name.endswith("-123456789012")


@pytest.mark.parametrize(("region", "known"), [("us-gov-west-1", True), ("cn-north-1", False), (None, True)])
def test_who_delivers_logs_is_known_of_two_partitions(region, known):
    found = [*log_bucket_problems("access_logs", "shop", region=region, named_bucket=None)]
    assert (found == []) is known
