from pathlib import Path

from constructs_lib.environment import environment_warnings
from tests.support.environment_files import CERTIFICATE, GROUP, load

NO_INTERNET = {"functions.storefront.internet": None}
SHOP = '{source = "lambda_src/inventory", exposure = "public", paths = ["/shop/*"]}'
JOB = '{source = "lambda_src/inventory"}'


def warned(root: Path, changes: dict[str, str | None]) -> list[str]:
    return [problem.field for problem in environment_warnings(load(root, changes))]


def test_a_usual_environment_has_no_warnings(tmp_path: Path) -> None:
    assert warned(tmp_path, {}) == []


def test_a_nat_gateway_that_nobody_may_use(tmp_path: Path) -> None:
    assert warned(tmp_path, NO_INTERNET) == ["network.nat"]
    assert warned(tmp_path, {**NO_INTERNET, "network.nat": '"none"'}) == []


def test_egress_out_of_the_vpc_uses_the_nat_gateway(tmp_path: Path) -> None:
    def egress(target: str) -> dict[str, str | None]:
        return {**NO_INTERNET, "functions.inventory.egress.api": f"{{{target}, port = 443}}"}

    assert warned(tmp_path, egress('cidr = "192.0.2.0/24"')) == []
    assert warned(tmp_path, egress('prefix_list_id = "pl-01234567"')) == []
    assert warned(tmp_path, egress('cidr = "10.0.1.0/24"')) == ["network.nat"]
    assert warned(tmp_path, egress(f"security_group_id = {GROUP}")) == ["network.nat"]


def test_egress_out_of_the_vpc_without_a_nat_gateway(tmp_path: Path) -> None:
    def egress(cidr: str) -> dict[str, str | None]:
        entry = {"functions.inventory.egress.api": f'{{cidr = "{cidr}", port = 443}}'}
        return {**NO_INTERNET, "network.nat": '"none"', **entry}

    assert warned(tmp_path, egress("192.0.2.0/24")) == ["functions.inventory.egress.api.cidr"]
    assert warned(tmp_path, egress("10.0.1.0/24")) == []


def test_more_elastic_ips_than_a_region_has(tmp_path: Path) -> None:
    zones = {"network.nat": '"per_az"', "network.availability_zones": str(list("abcdef"))}
    assert warned(tmp_path, zones) == ["network.nat"]
    assert warned(tmp_path, {**zones, "network.availability_zones": str(list("abcde"))}) == []
    given = "{ " + ", ".join(f'{zone} = "eipalloc-0000000{zone}"' for zone in "abcdef") + " }"
    assert warned(tmp_path, {**zones, "network.nat_eip_ids": given}) == []


def test_a_protected_workload_that_nobody_calls(tmp_path: Path) -> None:
    assert warned(tmp_path, {"functions.storefront.calls": "[]"}) == ["functions.inventory.exposure"]


def test_a_caller_that_is_no_more_patient_than_its_callee(tmp_path: Path) -> None:
    assert warned(tmp_path, {"functions.storefront.timeout_s": "10"}) == ["functions.storefront.timeout_s"]
    assert warned(tmp_path, {"functions.storefront.timeout_s": "11"}) == []


def test_settings_of_a_public_load_balancer_that_is_not_made(tmp_path: Path) -> None:
    functions = {"functions": f"{{job = {JOB}}}", "network.nat": '"none"'}
    assert warned(tmp_path, functions) == ["load_balancers.public.insecure_http"]
    certificate = {"load_balancers.public": f"{{certificate_arn = {CERTIFICATE}}}"}
    assert warned(tmp_path, {**functions, **certificate}) == ["load_balancers.public.certificate_arn"]


def test_a_domain_that_no_workload_answers_for(tmp_path: Path) -> None:
    def hosts(*names: str) -> dict[str, str | None]:
        return {
            "load_balancers.public": '{domain = "shop.example.com", zone_id = "Z0123456789ABCDEFGHIJ"}',
            "functions.storefront.paths": None,
            "functions.storefront.hosts": str([*names]),
        }

    assert warned(tmp_path, hosts("api.example.com")) == ["load_balancers.public.domain"]
    assert warned(tmp_path, hosts("*.example.com")) == []
    assert warned(tmp_path, {**hosts("api.example.com"), "functions.shop": SHOP}) == []


def test_a_shared_listener_says_who_reaches_what(tmp_path: Path) -> None:
    stock = '{source = "lambda_src/inventory", exposure = "internal", paths = ["/stock"]}'
    changes = {
        "load_balancers.internal.shared_listener": "true",
        "functions.inventory.port": None,
        "functions.inventory.paths": '["/inventory/*"]',
        "functions.stock": stock,
        "callers.old": f"{{security_group_id = {GROUP}, calls = ['stock']}}",
    }
    (problem,) = environment_warnings(load(tmp_path, changes))
    assert problem.field == "load_balancers.internal.shared_listener"
    assert "`old` reaches `inventory` and `storefront` reaches `stock`" in problem.rule


def test_a_shared_listener_with_nothing_to_share(tmp_path: Path) -> None:
    (problem,) = environment_warnings(load(tmp_path, {"load_balancers.internal.shared_listener": "true"}))
    assert problem.field == "load_balancers.internal.shared_listener"
    assert problem.rule.startswith("changes nothing")


def test_a_runtime_that_aws_no_longer_supports(tmp_path: Path) -> None:
    assert warned(tmp_path, {"functions.inventory.runtime": '"python3.9"'}) == ["functions.inventory.runtime"]


def test_a_caller_that_calls_nothing(tmp_path: Path) -> None:
    assert warned(tmp_path, {"callers.old": f"{{security_group_id = {GROUP}}}"}) == ["callers.old.calls"]


def test_more_network_interfaces_than_a_vpc_has(tmp_path: Path) -> None:
    def jobs(count: int) -> dict[str, str | None]:
        return {f"functions.job{number}": JOB for number in range(count)}

    assert warned(tmp_path, jobs(123)) == []
    assert warned(tmp_path, jobs(124)) == ["functions"]


def test_settings_of_https_without_a_certificate(tmp_path: Path) -> None:
    policy = {"load_balancers.internal.hsts_max_age_s": "60"}
    assert warned(tmp_path, policy) == ["load_balancers.internal.hsts_max_age_s"]
