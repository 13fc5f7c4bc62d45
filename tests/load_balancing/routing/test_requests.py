from constructs_lib.load_balancing.routing.requests import covers, overlap, requests_of, shared_request


def one(text: str):
    host, slash, path = text.partition("/")
    (found,) = requests_of([host] if host else [], [slash + path] if slash else [])
    return found


def test_requests_are_shared_where_host_and_path_are() -> None:
    assert shared_request(one("*.example.com/api/*"), one("shop.example.com/*")) == "shop.example.com/api/"
    assert shared_request(one("/api/*"), one("shop.example.com")) == "shop.example.com/api/"
    assert not overlap(one("shop.example.com/api"), one("shop.example.org/api"))
    assert not overlap(one("shop.example.com/api"), one("*.example.com/web"))


def test_letters_of_hosts_have_no_case() -> None:
    assert covers(one("*.EXAMPLE.com"), one("Shop.example.com"))


def test_requests_for_every_host_cover_those_for_one_and_not_the_other_way_round() -> None:
    assert covers(one("/api/*"), one("shop.example.com/api/v1/*"))
    assert not covers(one("shop.example.com/*"), one("/api/*"))
    assert not covers(one("/api/*"), one("shop.example.com/*"))


def test_a_rule_takes_each_of_its_paths_of_each_of_its_hosts() -> None:
    assert [*map(str, requests_of(["A.example.com", "b.example.com"], ["/x", "/y"]))] == [
        "a.example.com/x",
        "a.example.com/y",
        "b.example.com/x",
        "b.example.com/y",
    ]
