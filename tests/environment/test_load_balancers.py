"""What follows for the load balancers from the workloads behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.environment.load_balancers import (
    caller_ports,
    idle_timeout_s,
    issues_certificate,
    listener_ports,
    on_shared_listener,
    redirects_to_https,
)
from tests.support.environment_files import CERTIFICATE, load

SECURE = {"load_balancers.public.insecure_http": None, "load_balancers.public.certificate_arn": CERTIFICATE}
ISSUED = {
    "load_balancers.public.insecure_http": None,
    "load_balancers.public.domain": '"shop.example.com"',
    "load_balancers.public.zone_id": '"Z0123456789ABCDEFGHIJ"',
}


def test_a_load_balancer_waits_as_long_as_awss_default_or_its_slowest_function(tmp_path: Path) -> None:
    slow = {"functions.storefront.timeout_s": "90", "functions.inventory.timeout_s": "9"}
    environment = load(tmp_path, slow)
    assert idle_timeout_s(environment, "public") == 90
    assert idle_timeout_s(environment, "internal") == 60


def test_a_written_idle_timeout_wins(tmp_path: Path) -> None:
    environment = load(tmp_path, {"load_balancers.public.idle_timeout_s": "45"})
    assert idle_timeout_s(environment, "public") == 45


def test_only_workloads_with_paths_share_a_listener(tmp_path: Path) -> None:
    environment = load(tmp_path, {})
    assert set(on_shared_listener(environment, "public")) == {"storefront"}
    assert on_shared_listener(environment, "internal") == {}


@pytest.mark.parametrize(
    ("changes", "ports", "redirects"),
    [
        ({}, {80}, False),
        (SECURE, {443, 80}, True),
        ({**SECURE, "functions.storefront.paths": None, "functions.storefront.port": "8443"}, {8443}, False),
    ],
)
def test_http_is_redirected_where_443_speaks_https(tmp_path: Path, changes, ports, redirects) -> None:
    environment = load(tmp_path, changes)
    assert (listener_ports(environment, "public"), redirects_to_https(environment)) == (ports, redirects)
    assert listener_ports(environment, "internal") == {8080}


def test_a_caller_is_let_in_to_the_ports_of_whom_it_calls_each_once(tmp_path: Path) -> None:
    two = {
        "functions.stock.source": '"lambda_src/inventory"',
        "functions.stock.exposure": '"internal"',
        "functions.stock.port": "7000",
        "functions.storefront.calls": '["inventory", "stock"]',
    }
    environment = load(tmp_path, two)
    assert caller_ports(environment, "storefront") == [7000, 8080]
    assert caller_ports(environment, "inventory") == []


def test_a_certificate_is_issued_for_a_public_domain_without_one(tmp_path: Path) -> None:
    assert issues_certificate(load(tmp_path, ISSUED), "public") is True
    assert issues_certificate(load(tmp_path, ISSUED), "internal") is False
    assert issues_certificate(load(tmp_path, {**ISSUED, **SECURE}), "public") is False
