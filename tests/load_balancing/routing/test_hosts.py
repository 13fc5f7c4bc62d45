import re

import pytest

from constructs_lib.load_balancing.routing.hosts import host_problem, host_specificity


@pytest.mark.parametrize(
    ("host", "way_out"),
    [
        ("https://api.example.com", 'write "api.example.com"'),
        ("api.example.com:8443/orders", 'write "api.example.com"'),
        ("localhost", '"api.example.com"'),
        ("api..example.com", '"api.example.com"'),
        ("api.example.com.", '"api.example.com"'),
        ("api.example.*", '"*.example.com"'),
        ("10.0.0.1", '"*.example.com"'),
        ("my_api.example.com", '"*.example.com"'),
        ("schöp.example.com", '"*.example.com"'),
        ("", '"api.example.com"'),
        ("a." * 63 + "com", '"*.example.com"'),
    ],
)
def test_a_host_that_aws_refuses_is_refused_with_one_that_it_takes(host: str, way_out: str) -> None:
    problem = host_problem(host)
    assert problem is not None
    assert way_out in problem[1]
    named = re.search('"(.*?)"', problem[1])
    assert named
    assert host_problem(named[1]) is None


@pytest.mark.parametrize("host", ["example.com", "*.example.com", "API-?.Example.com", "a." * 62 + "comm"])
def test_hosts_that_aws_takes_are_taken(host: str) -> None:
    assert host_problem(host) is None


def test_the_more_labels_stand_behind_the_last_wildcard_the_more_specific_a_host_is() -> None:
    hosts = [None, "a*.com", "*.example.com", "*.eu.example.com", "x.com"]
    found = [host_specificity(host) for host in hosts]
    assert found == sorted(set(found))
    assert host_specificity("api-*.example.com") == host_specificity("*.example.com")
