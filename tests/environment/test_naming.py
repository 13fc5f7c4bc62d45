"""Two environments of one account never name the same thing."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.environment.naming import Naming, continued, naming_of

NAMES = st.lists(st.sampled_from(["a", "b", "eu", "prod"]), min_size=1, max_size=3).map("-".join)
ENVIRONMENTS = st.tuples(NAMES, NAMES)


@given(ENVIRONMENTS, ENVIRONMENTS, NAMES, NAMES)
def test_environments_that_are_apart_share_no_name_of_any_workloads(one, other, own, others):
    first, second = Naming("-".join(one)), Naming("-".join(other))
    if first.prefix != second.prefix and not continued(first, second, "x"):
        assert f"{first.prefix}-{own}" != f"{second.prefix}-{others}"


def test_a_prefix_that_continues_another_is_named_both_ways_unless_the_accounts_differ():
    prod, europe = Naming("shop-prod", "1"), Naming("shop-prod-eu", "1")
    for one, other in ((prod, europe), (europe, prod)):
        assert "eu-x" in continued(one, other, "prod.toml")
    assert continued(prod, Naming("shop-prod-eu"), "x"), "an account that is not said may be the same"
    assert not continued(prod, Naming("shop-prod-eu", "2"), "x")
    assert not continued(prod, Naming("shop-production", "1"), "x")
    assert not continued(prod, prod, "x"), "the same is found elsewhere"


def test_a_file_is_read_for_its_names_alone(tmp_path: Path):
    file = tmp_path / "prod.toml"
    file.write_text('project = "shop"\naccount_id = "123456789012"\n[functions.x]\nport = "wrong"\n')
    assert naming_of(file) == Naming("shop-prod", "123456789012")
    file.write_text("no toml")
    assert naming_of(file) is None
    file.write_text("")
    assert naming_of(file) == Naming("app-prod")
