from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.alarms.groups import groups_of, rule_length
from constructs_lib.figures.cloudwatch import ALARM_RULE_LENGTH, ALARMS_PER_COMPOSITE

THINGS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True), st.integers(1, 9), min_size=1, max_size=120
)


def alarms(things):
    return {name: [f"{name}-{'x' * 60}-{n}" for n in range(count)] for name, count in things.items()}


@given(THINGS)
def test_every_alarm_is_in_one_group_and_each_group_is_what_a_composite_alarm_takes(things):
    watched = alarms(things)
    groups = groups_of("functions", watched)
    members = [name for group in groups.values() for name in group]
    assert sorted(members) == sorted(name for found in watched.values() for name in found)
    for group in groups.values():
        assert 0 < len(group) <= ALARMS_PER_COMPOSITE
        assert rule_length(group) <= ALARM_RULE_LENGTH


@given(THINGS, st.randoms())
def test_a_group_depends_neither_on_order_nor_on_a_thing_that_is_added_elsewhere(things, random):
    before = groups_of("functions", alarms(things))
    shuffled = list(things.items())
    random.shuffle(shuffled)
    assert {k: sorted(v) for k, v in groups_of("functions", alarms(dict(shuffled))).items()} == {
        k: sorted(v) for k, v in before.items()
    }
    after = groups_of("functions", alarms(things | {"one-more": 5}))
    changed = {k for k in before if before[k] != after.get(k)}
    assert len(changed) <= 1


def test_one_group_is_enough_for_a_hundred_short_names():
    hundred = {f"f{n}": [f"f{n}-errors"] for n in range(ALARMS_PER_COMPOSITE)}
    assert [*groups_of("functions", hundred)] == ["functions"]
    assert [*groups_of("functions", hundred | {"g": ["g-errors"]})] == ["functions_0", "functions_1"]


def test_long_names_part_a_group_before_a_hundred():
    long = {f"f{n}": [f"f{n}" + "x" * 200] for n in range(60)}
    assert len(groups_of("functions", long)) > 1
