"""Certificates and names of the load balancers."""

from pathlib import Path

import pytest

from tests.support.environment_files import CERTIFICATE, fields, load, only_problem

PUBLIC, INTERNAL = "load_balancers.public", "load_balancers.internal"
ZONE, OTHER_ZONE = '"Z0123456789ABCDEFGHIJ"', '"Z0987654321ZYXWVUTSRQ"'
DOMAIN = '"shop.example.com"'


def named(load_balancer: str, **keys: str) -> dict[str, str | None]:
    secure: dict[str, str | None] = {
        f"{PUBLIC}.insecure_http": None,
        f"{PUBLIC}.certificate_arn": CERTIFICATE,
    }
    own: dict[str, str | None] = {
        f"load_balancers.{load_balancer}.{key}": value for key, value in keys.items()
    }
    return secure | own


@pytest.mark.parametrize(
    "changes",
    [
        {"certificate_arn": CERTIFICATE},
        {"domain": DOMAIN, "zone_id": ZONE},
        {"domain": DOMAIN, "zone_id": ZONE, "certificate_arn": CERTIFICATE},
    ],
)
def test_a_public_load_balancer_has_a_certificate_or_a_name_or_both(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    table = ", ".join(f"{key} = {value}" for key, value in changes.items())
    environment = load(tmp_path, {PUBLIC: f"{{{table}}}"})
    assert environment.default_port("public") == 443


def test_a_public_workload_without_any_is_refused(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {PUBLIC: "{}"})
    assert problem.field == f"{PUBLIC}.certificate_arn"
    assert all(way in problem.way_out for way in ("certificate_arn", "zone_id", "insecure_http"))


@pytest.mark.parametrize("key", ["certificate_arn", "domain"])
def test_plain_http_is_not_written_beside_a_certificate_or_a_name(tmp_path: Path, key: str) -> None:
    values = {"certificate_arn": CERTIFICATE, "domain": DOMAIN}
    changes = {f"{PUBLIC}.{key}": values[key], f"{PUBLIC}.zone_id": ZONE if key == "domain" else None}
    assert fields(tmp_path, changes) == [f"{PUBLIC}.insecure_http"]


@pytest.mark.parametrize("load_balancer", ["public", "internal"])
@pytest.mark.parametrize(
    ("key", "kind"), [("domain", "the id of the {} hosted zone"), ("zone_id", "write domain")]
)
def test_a_name_and_its_zone_belong_together(tmp_path: Path, load_balancer: str, key: str, kind: str) -> None:
    value = {"domain": DOMAIN, "zone_id": ZONE}[key]
    problem = only_problem(tmp_path, named(load_balancer, **{key: value}))
    assert problem.field == f"load_balancers.{load_balancer}.zone_id"
    assert kind.format("private" if load_balancer == "internal" else "public") in problem.way_out


@pytest.mark.parametrize("load_balancer", ["public", "internal"])
@pytest.mark.parametrize(
    "domain",
    [
        "Shop.example.com",
        "*.example.com",
        "https://shop.example.com",
        "shop.example.com.",
        "shop.example.com:443",
        "shop",
        "shop..example.com",
        "-shop.example.com",
        "shop_a.example.com",
        "10.0.0.1",
        "schöp.example.com",
        " shop.example.com",
        "x" * 64 + ".example.com",
        ".".join(["x" * 60] * 5),
        "",
    ],
)
def test_a_domain_is_one_name_of_dns(tmp_path: Path, load_balancer: str, domain: str) -> None:
    changes = named(load_balancer, domain=f'"{domain}"', zone_id=ZONE)
    assert fields(tmp_path, changes) == [f"load_balancers.{load_balancer}.domain"]


@pytest.mark.parametrize("zone", ["example.com", "/hostedzone/Z0123456789ABCDEFGHIJ", "z0123", "Z", "Z" * 33])
def test_a_zone_is_known_by_its_id(tmp_path: Path, zone: str) -> None:
    changes = named("public", domain=DOMAIN, zone_id=f'"{zone}"')
    assert fields(tmp_path, changes) == [f"{PUBLIC}.zone_id"]


def test_acm_issues_certificates_for_short_names_only(tmp_path: Path) -> None:
    def issued(length: int) -> dict[str, str | None]:
        name = f'"{"x" * 52}.{"y" * (length - 53 - 4)}.com"'
        return {PUBLIC: f"{{domain = {name}, zone_id = {ZONE}}}"}

    assert load(tmp_path, issued(64))
    problem = only_problem(tmp_path, issued(65))
    assert problem.field == f"{PUBLIC}.domain"
    assert "at most 64 characters, this one has 65" in problem.rule
    with_certificate = {PUBLIC: str(issued(65)[PUBLIC])[:-1] + f", certificate_arn = {CERTIFICATE}}}"}
    assert load(tmp_path, with_certificate)


@pytest.mark.parametrize("load_balancer", ["public", "internal"])
@pytest.mark.parametrize(
    ("arn", "rule"),
    [
        (CERTIFICATE.replace("us-east-1", "eu-west-1"), "is a certificate of eu-west-1"),
        (CERTIFICATE.replace("123456789012", "210987654321"), "is a certificate of account 210987654321"),
        (CERTIFICATE.replace(":acm:", ":iam:"), "is not the ARN of an ACM certificate"),
        ('"shop.example.com"', "is not the ARN of an ACM certificate"),
    ],
)
def test_a_certificate_is_one_of_acm_in_this_region_and_account(
    tmp_path: Path, load_balancer: str, arn: str, rule: str
) -> None:
    changes = named(load_balancer, domain=DOMAIN, zone_id=ZONE, certificate_arn=arn)
    problem = only_problem(tmp_path, {"account_id": '"123456789012"', **changes})
    assert problem.field == f"load_balancers.{load_balancer}.certificate_arn"
    assert rule in problem.rule


def test_an_internal_certificate_needs_a_name_that_callers_use(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {f"{INTERNAL}.certificate_arn": CERTIFICATE})
    assert problem.field == f"{INTERNAL}.certificate_arn"
    assert "domain and zone_id" in problem.way_out


def test_an_internal_load_balancer_may_have_a_name_without_a_certificate(tmp_path: Path) -> None:
    changes = {f"{INTERNAL}.domain": DOMAIN, f"{INTERNAL}.zone_id": ZONE}
    assert load(tmp_path, changes).default_port("internal") == 80


def test_with_a_certificate_the_shared_internal_listener_is_on_443(tmp_path: Path) -> None:
    secure: dict[str, str | None] = {
        INTERNAL: f"{{domain = {DOMAIN}, zone_id = {ZONE}, certificate_arn = {CERTIFICATE}}}",
        "functions.inventory.port": None,
        "functions.inventory.paths": '["/inventory"]',
    }
    assert load(tmp_path, secure).listener_port("inventory") == 443
    own = {"functions.other": '{source = "lambda_src/inventory", exposure = "internal", port = 443}'}
    problem = only_problem(tmp_path, secure | own)
    assert problem.field == "functions.other.port"
    assert "the listener of workloads with paths" in problem.rule
    assert load(tmp_path, secure | {"functions.other": own["functions.other"].replace("443", "80")})


def test_one_name_of_one_zone_leads_to_one_load_balancer(tmp_path: Path) -> None:
    def both(zone: str, domain: str = DOMAIN) -> dict[str, str | None]:
        return {
            PUBLIC: f"{{domain = {DOMAIN}, zone_id = {ZONE}}}",
            INTERNAL: f"{{domain = {domain}, zone_id = {zone}}}",
        }

    assert fields(tmp_path, both(ZONE)) == [f"{INTERNAL}.domain"]
    assert load(tmp_path, both(OTHER_ZONE))
    assert load(tmp_path, both(ZONE, '"api.example.com"'))


@pytest.mark.parametrize("port", ["0", "65536", '"443"'])
def test_the_internal_port_is_one_of_tcp(tmp_path: Path, port: str) -> None:
    assert fields(tmp_path, {f"{INTERNAL}.port": port}) == [f"{INTERNAL}.port"]


def test_everything_wrong_with_names_is_said_at_once(tmp_path: Path) -> None:
    changes = {
        PUBLIC: f"{{domain = {DOMAIN}, insecure_http = true}}",
        INTERNAL: f"{{certificate_arn = {CERTIFICATE.replace('us-east-1', 'eu-west-1')}, zone_id = {ZONE}}}",
    }
    assert set(fields(tmp_path, changes)) == {
        f"{PUBLIC}.insecure_http",
        f"{PUBLIC}.zone_id",
        f"{INTERNAL}.certificate_arn",
        f"{INTERNAL}.zone_id",
    }


OTHER_CERTIFICATE = CERTIFICATE.replace("1234abcd", "abcd1234")


def with_hosts(table: str, *hosts: str) -> dict[str, str | None]:
    quoted = ", ".join(f'"{host}"' for host in hosts)
    shop = f'{{source = "lambda_src/inventory", exposure = "public", hosts = [{quoted}]}}'
    return {PUBLIC: f"{{{table}}}", "functions.shop": shop}


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        (f"certificate_arns = [{CERTIFICATE}, {OTHER_CERTIFICATE}]", []),
        (f"certificate_arns = [{CERTIFICATE}], certificate_arn = {CERTIFICATE}", ["certificate_arns"]),
        (f"certificate_arns = [{CERTIFICATE}], insecure_http = true", ["insecure_http"]),
        (f"certificate_arns = [{CERTIFICATE}, {CERTIFICATE}]", ["certificate_arns[1]"]),
        (f"certificate_arns = [{CERTIFICATE.replace('us-east-1', 'eu-west-1')}]", ["certificate_arns[0]"]),
        ('certificate_arns = ["shop.example.com"]', ["certificate_arns[0]"]),
    ],
)
def test_several_certificates_are_named_instead_of_one_each_once(
    tmp_path: Path, table: str, wrong: list[str]
) -> None:
    if wrong:
        assert fields(tmp_path, {PUBLIC: f"{{{table}}}"}) == [f"{PUBLIC}.{field}" for field in wrong]
    else:
        assert load(tmp_path, {PUBLIC: f"{{{table}}}"}).default_port("public") == 443


@pytest.mark.parametrize(
    ("host", "way_out"),
    [
        ("shop.example.org", "a name that ends like shop.example.com"),
        ("api-*.example.com", '"*.example.com" for all of them'),
        ("x" * 53 + ".example.com", "a shorter name"),
    ],
)
def test_a_host_that_cannot_have_a_certificate_issued_needs_a_named_one(
    tmp_path: Path, host: str, way_out: str
) -> None:
    issued = f"domain = {DOMAIN}, zone_id = {ZONE}"
    problem = only_problem(tmp_path, with_hosts(issued, "api.example.com", host))
    assert (problem.field, problem.value) == ("functions.shop.hosts[1]", host)
    assert way_out in problem.way_out
    assert "certificate_arns" in problem.way_out
    assert load(tmp_path, with_hosts(f"{issued}, certificate_arns = [{CERTIFICATE}]", host))


def test_plain_http_serves_hosts_without_certificates(tmp_path: Path) -> None:
    assert load(tmp_path, with_hosts("insecure_http = true", "api.example.org", "*.example.com"))


def test_a_load_balancer_has_no_more_certificates_than_its_quota(tmp_path: Path) -> None:
    issued = f"domain = {DOMAIN}, zone_id = {ZONE}"

    def many(count: int) -> dict[str, str | None]:
        shops = {
            f"functions.shop{number}": (
                f'{{source = "lambda_src/inventory", exposure = "public", hosts = ["h{number}.example.com"]}}'
            )
            for number in range(count)
        }
        return {PUBLIC: f"{{{issued}}}", **shops}

    assert load(tmp_path, many(25))
    problem = only_problem(tmp_path, many(26))
    assert (problem.field, problem.aws_rule) == (PUBLIC, "alb-certificates")
    assert load(tmp_path, many(26) | {"quotas.alb_certificates": "26"})


def test_a_host_is_no_name_of_the_internal_load_balancer_in_the_same_zone(tmp_path: Path) -> None:
    changes = with_hosts(f"domain = {DOMAIN}, zone_id = {ZONE}", "api.example.com")
    internal = {INTERNAL: f'{{domain = "api.example.com", zone_id = {ZONE}}}'}
    assert fields(tmp_path, changes | internal) == [f"{INTERNAL}.domain"]
