import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.names import load_balancer_name, name_prefix, physical_name, target_group_name

words = st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)
parts = st.lists(words, min_size=1, max_size=4)
LEGAL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"


def test_a_short_name_is_its_parts_joined_with_hyphens():
    assert physical_name("shop", "dev", "inventory", limit=64) == "shop-dev-inventory"


def test_underscores_and_other_characters_become_hyphens():
    assert physical_name("my_shop", "dev.eu", limit=64) == "my-shop-dev-eu"


def test_a_name_of_exactly_the_limit_is_kept_and_one_longer_is_cut_with_a_hash():
    assert physical_name("a" * 20, limit=20) == "a" * 20
    assert re.fullmatch("a{11}-[0-9a-f]{8}", physical_name("a" * 21, limit=20))


def test_no_hyphen_is_doubled_at_the_cut():
    assert re.fullmatch("abcdefgh-[0-9a-f]{8}", physical_name("abcdefgh--ijklmnopqrst", limit=19))


def test_a_limit_without_room_for_a_hash_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no room"):
        physical_name("inventory", limit=8)


def test_a_load_balancers_name_never_starts_with_the_prefix_that_aws_reserves():
    assert load_balancer_name("internal", "dev", "public") == "lb-internal-dev-public"
    assert load_balancer_name("internals", "dev") == "internals-dev"


def test_forty_long_names_with_a_common_beginning_stay_apart():
    names = [f"customer-order-history-export-worker-{n:02}" for n in range(40)]
    for make in (load_balancer_name, lambda *parts: target_group_name(*parts, target_type="lambda")):
        assert len({make("shop", "production", name) for name in names}) == 40


def test_a_target_groups_name_always_carries_a_hash():
    assert re.fullmatch(
        "shop-dev-web-[0-9a-f]{8}", target_group_name("shop", "dev", "web", target_type="lambda")
    )


def test_a_target_groups_name_changes_with_each_input_that_replaces_it_and_with_nothing_else():
    base = {"target_type": "ip", "protocol": "HTTP", "port": 80, "vpc": "aws_vpc.network"}
    changes = [{}, {"target_type": "lambda"}, {"protocol": "HTTPS"}, {"port": 81}, {"vpc": "vpc-1"}]
    changes += [{"port": None}, {"vpc": None}, {"protocol": None}, {"function": "shop-dev-web"}]
    assert len({target_group_name("web", **base | change) for change in changes}) == len(changes)
    assert target_group_name("web", **base) == target_group_name("web", **base)


def test_a_security_groups_prefix_ends_with_a_hyphen_and_never_starts_with_sg():
    assert name_prefix("shop", "dev", "inventory") == "shop-dev-inventory-"
    assert name_prefix("sg", "dev") == "group-sg-dev-"
    assert name_prefix("sg") == "group-sg-"
    assert name_prefix("sgs", "dev") == "sgs-dev-"


def test_a_security_groups_prefix_leaves_room_for_what_terraform_appends():
    assert len(name_prefix("x" * 300)) == 229


@given(parts, st.integers(10, 80))
def test_names_are_legal_and_the_same_every_time(parts, limit):
    name = physical_name(*parts, limit=limit)
    assert len(name) <= limit
    assert re.fullmatch(LEGAL, name)
    assert name == physical_name(*parts, limit=limit)


@given(parts)
def test_names_of_load_balancers_and_target_groups_are_legal(parts):
    for name in (load_balancer_name(*parts), target_group_name(*parts, target_type="lambda")):
        assert len(name) <= 32
        assert re.fullmatch(LEGAL, name)
    assert not load_balancer_name("internal", *parts).startswith("internal-")


@given(parts)
def test_prefixes_of_security_groups_are_legal(parts):
    prefix = name_prefix(*parts, limit=60)
    assert len(prefix) <= 60
    assert re.fullmatch(f"{LEGAL}-", prefix)
    assert not prefix.startswith("sg-")


@given(st.text(max_size=60).filter(lambda text: "${" not in text))
def test_any_text_but_a_reference_gives_a_legal_name(text):
    assert re.fullmatch(LEGAL, physical_name(text, limit=32))


@given(words, words, st.integers(10, 64))
def test_different_workloads_have_different_names(one, other, limit):
    names = {physical_name("shop", "dev", word, limit=limit) for word in (one, other)}
    assert len(names) >= len({one.rstrip("-"), other.rstrip("-")})
    groups = {target_group_name("shop", word, target_type="lambda") for word in (one, other)}
    assert len(groups) == len({one, other})
