import re
from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.load_balancing.routing.patterns import covers, overlap, shared_path, specificity
from constructs_lib.load_balancing.routing.requests import requests_of, shared_request
from constructs_lib.load_balancing.routing.routes import Route, check_routes, rule_priority


def route(workload, *paths, priority=None, hosts=()):
    return Route(workload, paths, priority, tuple(hosts))


def check(*routes):
    return check_routes(routes, field_of=lambda workload: f"functions.{workload}")


def found(*routes):
    return {problem.field: problem for problem in check(*routes)}


def winner(path, *routes, host="elsewhere.com"):
    """What the load balancer does: ask the rules in the order of their numbers."""
    for each in sorted(routes, key=rule_priority):
        named = not each.hosts or any(matches(one, host) for one in each.hosts)
        if named and any(matches(pattern, path) for pattern in each.paths or ["/*"]):
            return each.workload
    return None


def matches(pattern, path):
    expression = "".join(
        {"*": ".*", "?": "."}.get(character) or re.escape(character) for character in pattern
    )
    return re.fullmatch(expression, path, re.DOTALL) is not None


def test_the_most_specific_path_wins():
    routes = [
        route("all", "/*"),
        route("api", "/api/*"),
        route("orders", "/api/orders/*"),
        route("health", "/api/health"),
    ]
    assert check(*routes) == []
    paths = ["/", "/web/x", "/api/x", "/api/orders/7", "/api/health", "/api/healthy"]
    assert [winner(path, *routes) for path in paths] == ["all", "all", "api", "orders", "health", "api"]


@pytest.mark.parametrize(
    ("pattern", "segments"),
    [
        ("/*", 0),
        ("/a*", 0),
        ("/a?/b/*", 0),
        ("/a/*", 1),
        ("/a/b*", 1),
        ("/a/b/*/c", 2),
        ("/" * 127 + "*", 126),
    ],
)
def test_literal_segments_are_counted_before_the_first_wildcard(pattern, segments):
    assert specificity(pattern) == segments


def test_the_most_specific_host_wins_and_for_one_host_the_most_specific_path():
    routes = [
        route("any", "/*"),
        route("any-api", "/api/v1/*"),
        route("all", hosts=["*.example.com"]),
        route("all-eu", hosts=["*.eu.example.com"]),
        route("shop", hosts=["shop.example.com"]),
        route("cart", "/cart/*", hosts=["shop.example.com", "buy.example.com"]),
        route("health", "/health", hosts=["shop.example.com"]),
    ]
    assert check(*routes) == []
    asked = {
        ("shop.example.com", "/api/v1/x"): "shop",
        ("shop.example.com", "/cart/1"): "cart",
        ("shop.example.com", "/health"): "health",
        ("buy.example.com", "/"): "all",
        ("x.eu.example.com", "/api/v1/x"): "all-eu",
        ("elsewhere.com", "/api/v1/x"): "any-api",
        ("elsewhere.com", "/cart/1"): "any",
    }
    assert {key: winner(key[1], *routes, host=key[0]) for key in asked} == asked
    assert winner("/", *routes[2:]) is None


def test_the_same_paths_of_two_hosts_are_two_routes_and_of_one_host_are_a_conflict():
    one, other = route("a", "/x/*", hosts=["a.example.com"]), route("b", "/x/*", hosts=["b.example.com"])
    assert check(one, other) == []
    problems = found(one, route("b", "/x/*", hosts=["b.example.com", "A.example.com"]))
    assert set(problems) == {"functions.b.paths[0]"}
    assert "'a.example.com/x/*' of functions.a" in problems["functions.b.paths[0]"].rule
    problems = found(
        route("a", hosts=["a.example.com"]), route("b", hosts=["b.example.com", "A.example.com"])
    )
    assert set(problems) == {"functions.b.hosts[1]"}


def test_hosts_that_are_as_specific_and_meet_are_refused_unless_a_priority_orders_them():
    one, other = route("a", hosts=["api-*.example.com"]), route("b", hosts=["*.example.com"])
    problems = found(one, other)
    assert set(problems) == {"functions.b.hosts[0]"}
    assert "both match 'api-.example.com/'" in problems["functions.b.hosts[0]"].rule
    number = int(problems["functions.b.hosts[0]"].way_out.removeprefix("functions.a.priority = "))
    assert check(route("a", hosts=one.hosts, priority=number), other) == []


def test_an_exact_path_of_every_host_that_would_come_before_a_host_names_a_number():
    exact = next(
        each
        for each in (route(f"w{n}", "/health") for n in range(99))
        if rule_priority(each) < rule_priority(route("shop", hosts=["shop.example.com"]))
    )
    problem = found(exact, route("shop", hosts=["shop.example.com"]))["functions.shop.hosts[0]"]
    assert "less specific, by host and then by path" in problem.rule
    number = int(problem.way_out.removeprefix("functions.shop.priority = "))
    assert check(exact, route("shop", hosts=["shop.example.com"], priority=number)) == []


def test_another_host_of_a_workload_and_another_workload_move_no_priority():
    before = route("api", "/v1/*", hosts=["api.example.com"])
    assert rule_priority(before) == 4170
    assert rule_priority(route("api", "/v1/*", hosts=["new.example.com", "API.example.com"])) == 4170


def test_five_hosts_and_paths_together_are_a_rule_and_six_name_the_split():
    hosts = [f"{letter}.example.com" for letter in "abcd"]
    assert check(route("a", "/x", hosts=hosts)) == []
    problem = found(route("a", "/x", "/y", hosts=hosts))["functions.a.hosts"]
    assert "these are 4 hosts and 2 paths" in problem.rule
    assert 'hosts = ["a.example.com", "b.example.com", "c.example.com"] here, hosts = ["d.example.com"]' in (
        problem.way_out
    )
    six = tuple(f"/{n}" for n in range(6))
    assert "at most 4 paths" in found(route("a", *six, hosts=hosts[:1]))["functions.a.hosts"].way_out


def test_a_hundred_hosts_are_rules_of_one_listener():
    routes = [route(f"tenant-{n:02}", hosts=[f"t{n:02}.example.com"]) for n in range(100)]
    assert check(*routes) == []


def test_each_specificity_has_a_band_of_its_own_and_all_lie_in_the_derived_range():
    workloads = [f"worker-{number}" for number in range(50)]
    deep = [["/" + "s/" * depth + "*" for depth in range(63, -1, -1)]]
    numbers = [[rule_priority(route(name, path)) for name in workloads] for path in ["/exact", *deep[0]]]
    assert all(max(more) < min(less) for more, less in pairwise(numbers))
    assert min(numbers[0]) >= 1000
    assert max(numbers[-1]) <= 39999


def test_a_priority_depends_on_nothing_but_workload_and_paths():
    assert rule_priority(route("a", "/x", "/y/*")) == rule_priority(route("a", "/y/*", "/x"))
    assert rule_priority(route("inventory", "/inventory/*")) == 20889


def test_an_explicit_priority_wins():
    assert rule_priority(route("a", "/x", priority=7)) == 7


def test_a_workload_with_several_paths_lies_where_its_least_specific_path_does():
    assert rule_priority(route("a", "/a", "/*")) > rule_priority(route("b", "/b/*"))


def test_a_hundred_numbered_workloads_have_a_hundred_priorities():
    for name in ("customer-order-history-export-worker-{:02}", "{:02}", "a{:02}b"):
        routes = [route(name.format(n), f"/{name.format(n)}/*") for n in range(100)]
        assert len({rule_priority(each) for each in routes}) == 100
        assert check(*routes) == []


@pytest.mark.parametrize(
    ("path", "way_out"),
    [
        ("inventory/*", 'write "/inventory/*"'),
        ("*", 'write "/*"'),
        ("", 'write "/"'),
        ("/a b", 'a wildcard in their place: "/a?b"'),
        ("/a%20b", 'a wildcard in their place: "/a?20b"'),
        ("/caf\u00e9", 'a wildcard in their place: "/caf?"'),
        ("/a&b", 'write "/a&amp;b"'),
        ("/a/" + "b" * 126, 'a wider pattern, such as "/a/*"'),
    ],
)
def test_a_path_that_aws_refuses_is_refused_with_one_that_it_takes(path, way_out):
    problems = found(route("inventory", "/ok", path))
    assert set(problems) == {"functions.inventory.paths[1]"}
    problem = problems["functions.inventory.paths[1]"]
    assert (problem.value, problem.way_out) == (path, way_out)
    assert check(route("inventory", re.search('"(.*)"', way_out)[1])) == []


def test_every_character_that_aws_takes_is_taken():
    assert check(route("a", "/azAZ09_-.$/~\"'@:+&amp;*?"), route("b", "/" + "x" * 127)) == []


@pytest.mark.parametrize(
    "paths", [(), tuple(f"/{n}" for n in range(6)), ("/*/*/*", "/b/*/*/*"), ("/??????",)]
)
def test_a_rule_beyond_awss_quota_of_values_or_wildcards_is_refused(paths):
    assert set(found(route("a", *paths))) == {"functions.a.paths"}


def test_a_rule_may_have_five_paths_and_five_wildcards():
    assert check(route("a", *(f"/{n}/*" for n in range(5)))) == []


def test_a_path_named_twice_is_refused():
    assert set(found(route("a", "/x", "/x"))) == {"functions.a.paths[1]"}
    problems = found(route("a", "/x"), route("b", "/y", "/x", priority=1))
    assert set(problems) == {"functions.b.paths[1]"}
    assert "'/x' of functions.a" in problems["functions.b.paths[1]"].rule


@pytest.mark.parametrize("priority", [0, -1, 50001])
def test_a_priority_outside_awss_range_is_refused(priority):
    assert set(found(route("a", "/x", priority=priority))) == {"functions.a.priority"}


def test_the_first_and_the_last_priority_are_legal():
    assert check(route("a", "/x", priority=1), route("b", "/y", priority=50000)) == []


def test_a_priority_taken_twice_names_a_free_number():
    problems = found(route("a", "/a", priority=7), route("b", "/b", priority=8), route("c", "/c", priority=7))
    assert {field: problem.way_out for field, problem in problems.items()} == {
        "functions.c.priority": "functions.c.priority = 9"
    }


def test_an_explicit_priority_on_a_derived_one_is_the_one_to_move():
    taken = rule_priority(route("a", "/a"))
    problems = found(route("b", "/b", priority=taken), route("a", "/a"))
    assert {field: problem.way_out for field, problem in problems.items()} == {
        "functions.b.priority": f"functions.b.priority = {taken + 1}"
    }


def test_two_derived_priorities_that_meet_name_a_free_number():
    first = route("a", "/a/*")
    names = (f"w{number}" for number in range(200_000))
    other = next(
        each
        for each in (route(name, f"/{name}/*") for name in names)
        if rule_priority(each) == rule_priority(first)
    )
    problems = found(first, other)
    assert set(problems) == {f"functions.{other.workload}.priority"}
    (problem,) = problems.values()
    assert problem.way_out == f"{problem.field} = {rule_priority(first) + 1}"
    assert check(first, route(other.workload, *other.paths, priority=rule_priority(first) + 1)) == []


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("/a*", "/api-*", "/api-"),
        ("/*/items", "/?/*", "/x/items"),
        ("/*a", "/b*", "/ba"),
        ("/v?/*", "/v1/*", None),
        ("/api/*.json", "/api/report*", "/api/report.json"),
    ],
)
def test_overlapping_paths_that_are_as_specific_are_refused_unless_a_priority_orders_them(one, other, shared):
    problems = found(route("a", one), route("b", other))
    if shared is None:
        assert problems == {}
        return
    assert set(problems) == {"functions.b.paths[0]"}
    assert f"both match '{shared}'" in problems["functions.b.paths[0]"].rule


def test_the_narrower_of_two_paths_is_put_first():
    problem = found(route("narrow", "/api-*"), route("wide", "/a*"))["functions.wide.paths[0]"]
    number = rule_priority(route("wide", "/a*")) - 1
    assert problem.way_out == f"functions.narrow.priority = {number}"
    assert check(route("narrow", "/api-*", priority=number), route("wide", "/a*")) == []


def test_a_rule_that_hides_another_is_refused():
    problems = found(route("wide", "/api/*", priority=10), route("narrow", "/ok", "/api/health"))
    assert set(problems) == {"functions.narrow.paths[1]"}
    assert problems["functions.narrow.paths[1]"].way_out == "functions.narrow.priority = 9"


def test_a_rule_at_the_first_number_that_hides_another_is_to_be_moved_itself():
    narrow = route("narrow", "/api/health")
    problems = found(route("wide", "/api/*", priority=1), narrow)
    assert (
        problems["functions.narrow.paths[0]"].way_out
        == f"functions.wide.priority = {rule_priority(narrow) + 1}"
    )


def test_an_exact_path_beside_a_catch_all_of_the_same_workload_cannot_come_before_anothers_rule():
    problems = found(route("site", "/api/health", "/*"), route("api", "/api/*"))
    assert set(problems) == {"functions.site.paths[0]"}
    assert problems["functions.site.paths[0]"].way_out.startswith("paths that do not overlap")


def test_everything_is_reported_at_once():
    problems = found(
        route("a", "bad", priority=0),
        route("b", "/b/*", priority=7),
        route("c", "/c", priority=7),
        route("d", "/x*"),
        route("e", "/xy*"),
    )
    assert set(problems) == {
        "functions.a.paths[0]",
        "functions.a.priority",
        "functions.c.priority",
        "functions.e.paths[0]",
    }


def test_more_rules_than_a_load_balancer_has_are_refused_without_comparing_them():
    problems = found(*(route(f"w{number}", f"/*{number}*") for number in range(1000)))
    assert set(problems) == {"functions.w100.paths"}
    assert "at most 100 rules, and 1000 workloads" in problems["functions.w100.paths"].rule


patterns = st.text("ab/*?&", max_size=6).map(lambda text: "/" + text.replace("&", "&amp;"))
texts = ["/" + "".join(letters) for length in range(6) for letters in product("abz/", repeat=length)]


@given(patterns, patterns)
def test_two_patterns_share_a_path_if_any_path_matches_both(one, other):
    shared = shared_path(one, other)
    plain = [pattern.replace("&amp;", "&") for pattern in (one, other)]
    if shared is None:
        assert not any(matches(plain[0], text) and matches(plain[1], text) for text in texts)
    else:
        assert all(matches(pattern, shared.replace("&amp;", "&")) for pattern in plain)
    assert (shared is None) == (shared_path(other, one) is None)
    assert overlap(one, other) == (shared is not None)


@given(patterns, patterns)
def test_a_pattern_covers_another_if_it_matches_all_its_paths(wide, narrow):
    hit = [text for text in texts if matches(narrow, text)]
    if covers(wide, narrow):
        assert shared_path(wide, narrow) is not None
        assert all(matches(wide, text) for text in hit)
    elif len(narrow) < 4 and "&" not in wide + narrow:
        assert not all(matches(wide, text) for text in hit)


def test_a_wildcard_may_stand_for_a_character_that_neither_pattern_has():
    assert not covers("//", "/?")


@pytest.mark.parametrize(("wide", "narrow"), [("/?*", "/*?"), ("/?*a", "/*ba"), ("/*", "/"), ("/**", "/*")])
def test_covering_does_not_depend_on_how_a_pattern_is_written(wide, narrow):
    assert covers(wide, narrow)


hosts = st.text("ab.*?", max_size=4).map(lambda text: f"{text}.com")
route_lists = st.lists(
    st.tuples(
        st.lists(patterns, max_size=2, unique=True),
        st.none() | st.integers(1, 40),
        st.just([]) | st.lists(hosts, max_size=2, unique=True),
    ),
    max_size=5,
).map(
    lambda drawn: [
        route(f"w{i}", *paths, priority=number, hosts=names) for i, (paths, number, names) in enumerate(drawn)
    ]
)


@given(route_lists)
def test_where_nothing_is_wrong_no_less_specific_host_or_path_takes_a_request(routes):
    if check(*routes):
        return
    for one, other in combinations(routes, 2):
        taken = (requests_of(each.hosts, each.paths) for each in (one, other))
        for mine, theirs in product(*taken):
            shared = shared_request(mine, theirs)
            if shared and one.priority is None and other.priority is None:
                first = min((one, other), key=rule_priority)
                assert mine.specificity != theirs.specificity
                assert (first is one) == (mine.specificity > theirs.specificity)


@given(route_lists)
def test_a_way_out_that_names_a_number_solves_its_problem_and_makes_no_other(routes):
    before = check(*routes)
    for problem in before:
        move = re.fullmatch(r"functions\.(\w+)\.priority = (\d+)", problem.way_out)
        if move:
            moved = [
                replace(each, priority=int(move[2])) if each.workload == move[1] else each for each in routes
            ]
            after = check(*moved)
            assert (problem.field, problem.rule) not in {(each.field, each.rule) for each in after}
            assert {each.field for each in after} <= {each.field for each in before}
