from constructs_lib.figures import load_balancer


def test_a_load_balancers_dns_name_says_whether_it_is_internal():
    assert load_balancer.dns_name("shop", "1234567890", "eu-west-1", internal=True) == (
        "internal-shop-1234567890.eu-west-1.elb.amazonaws.com"
    )
    assert load_balancer.dns_name("shop", "1", "eu-west-1", internal=False).startswith("shop-1.")


def test_no_dns_name_is_longer_than_the_longest():
    longest = load_balancer.longest_dns_name("cn-north-1")
    assert longest.endswith(".cn-north-1.elb.amazonaws.com.cn")
    assert len(longest) == len(
        load_balancer.dns_name("n" * load_balancer.NAME_LENGTH, "1234567890", "cn-north-1", internal=True)
    )
