from pathlib import Path

import pytest

from tests.support.environment_files import CERTIFICATE, fields, load, only_problem

PUBLIC = "load_balancers.public"
WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"
OTHER_REGION = CERTIFICATE.replace("us-east-1", "eu-west-1")


def own_port(exposure: str, port: int, *calls: str) -> str:
    return (
        f'{{source = "lambda_src/inventory", exposure = "{exposure}", port = {port}, calls = {list(calls)}}}'
    )


def test_a_public_listener_needs_a_certificate(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {f"{PUBLIC}.insecure_http": None})
    assert (problem.field, repr(problem.value)) == (f"{PUBLIC}.certificate_arn", "(missing)")
    assert "insecure_http = true" in problem.way_out


def test_a_listener_is_secure_or_insecure(tmp_path: Path) -> None:
    assert fields(tmp_path, {f"{PUBLIC}.certificate_arn": CERTIFICATE}) == [f"{PUBLIC}.insecure_http"]


def test_a_certificate_is_of_the_load_balancers_region(tmp_path: Path) -> None:
    changes = {f"{PUBLIC}.insecure_http": None, f"{PUBLIC}.certificate_arn": OTHER_REGION}
    problem = only_problem(tmp_path, changes)
    assert problem.field == f"{PUBLIC}.certificate_arn"
    assert "eu-west-1" in problem.rule
    assert "us-east-1" in problem.rule


def test_a_certificate_is_of_the_account(tmp_path: Path) -> None:
    changes = {f"{PUBLIC}.insecure_http": None, f"{PUBLIC}.certificate_arn": CERTIFICATE}
    assert load(tmp_path, {**changes, "account_id": '"123456789012"'})
    assert fields(tmp_path, {**changes, "account_id": '"210987654321"'}) == [f"{PUBLIC}.certificate_arn"]


@pytest.mark.parametrize(
    "arn", ["", "abc", CERTIFICATE.strip('"').replace(":certificate/", ":cert/"), "*.example.com"]
)
def test_a_certificate_is_named_by_its_arn(tmp_path: Path, arn: str) -> None:
    changes = {f"{PUBLIC}.insecure_http": None, f"{PUBLIC}.certificate_arn": f'"{arn}"'}
    assert fields(tmp_path, changes) == [f"{PUBLIC}.certificate_arn"]


@pytest.mark.parametrize(
    ("arn", "said"),
    [
        (WEB_ACL.replace(":regional/", ":global/"), "not the ARN of a regional web ACL"),
        ("arn:aws:waf-regional:us-east-1:123456789012:webacl/0f5b7a1c", "not the ARN of a regional web ACL"),
        (WEB_ACL.replace("us-east-1", "eu-west-1"), "of eu-west-1, but the load balancer is in us-east-1"),
        (
            WEB_ACL.replace("1234", "9999"),
            "of account 999956789012, but the load balancer is in 123456789012",
        ),
    ],
)
def test_a_web_acl_is_a_regional_one_of_the_region_and_account(tmp_path: Path, arn: str, said: str) -> None:
    account = {"account_id": '"123456789012"'}
    problem = only_problem(tmp_path, {**account, f"{PUBLIC}.web_acl_arn": f'"{arn}"'})
    assert (problem.field, problem.value) == (f"{PUBLIC}.web_acl_arn", arn)
    assert said in problem.rule
    assert load(tmp_path, {**account, f"{PUBLIC}.web_acl_arn": f'"{WEB_ACL}"'})


@pytest.mark.parametrize("cidr", ["0.0.0.0", "10.0.0.1/8", "::/0", "", "everyone", "10.0.0.0/8 "])
def test_who_may_come_in_is_an_ipv4_block(tmp_path: Path, cidr: str) -> None:
    problem = only_problem(tmp_path, {f"{PUBLIC}.allowed_cidrs": f'["192.0.2.0/24", "{cidr}"]'})
    assert (problem.field, problem.value) == (f"{PUBLIC}.allowed_cidrs[1]", cidr)


def test_ipv6_is_refused_with_the_reason(tmp_path: Path) -> None:
    assert "IPv4 only" in only_problem(tmp_path, {f"{PUBLIC}.allowed_cidrs": '["::/0"]'}).rule


def test_a_block_is_allowed_once(tmp_path: Path) -> None:
    changes = {f"{PUBLIC}.allowed_cidrs": '["192.0.2.0/24", "192.0.2.0/24"]'}
    assert fields(tmp_path, changes) == [f"{PUBLIC}.allowed_cidrs[1]"]


@pytest.mark.parametrize(("name", "slowest"), [("internal", "inventory"), ("public", "storefront")])
def test_a_load_balancer_waits_for_its_slowest_function(tmp_path: Path, name: str, slowest: str) -> None:
    changes = {f"functions.{slowest}.timeout_s": "120", f"load_balancers.{name}.idle_timeout_s": "119"}
    problem = only_problem(tmp_path, changes)
    assert (problem.field, problem.value) == (f"load_balancers.{name}.idle_timeout_s", 119)
    assert f"`{slowest}`" in problem.rule
    assert load(tmp_path, {**changes, f"load_balancers.{name}.idle_timeout_s": "120"})


def test_a_load_balancer_has_fifty_listeners(tmp_path: Path) -> None:
    def changes(count: int) -> dict[str, str]:
        return {f"functions.f{n}": own_port("public", 9000 + n) for n in range(count)}

    # The shared listener is one more.
    assert load(tmp_path, changes(49))
    problem = only_problem(tmp_path, changes(50))
    assert (problem.field, repr(problem.value)) == ("load_balancers.public", "51 listeners")


def test_a_load_balancer_has_a_hundred_target_groups(tmp_path: Path) -> None:
    changes = {
        f"functions.f{n}": f'{{source = "lambda_src/inventory", exposure = "public", paths = ["/f{n}"]}}'
        for n in range(100)
    }
    assert load(tmp_path, {**changes, "functions.f99": None})
    found = fields(tmp_path, changes)
    assert len(found) == 2
    assert "load_balancers.public" in found


def test_the_internal_load_balancer_admits_sixty_callers_and_ports(tmp_path: Path) -> None:
    def changes(count: int) -> dict[str, str]:
        return {
            f"callers.c{n}": f'{{security_group_id = "sg-{n:08x}", calls = ["inventory"]}}'
            for n in range(count)
        }

    assert load(tmp_path, changes(59))
    problem = only_problem(tmp_path, changes(60))
    assert problem.field == "load_balancers.internal"
    assert repr(problem.value) == "61 inbound rules in its security group"


def test_the_public_load_balancer_admits_sixty_blocks_and_ports(tmp_path: Path) -> None:
    def blocks(count: int) -> dict[str, str | None]:
        cidrs = [f"192.0.2.{n}/32" for n in range(count)]
        return {
            f"{PUBLIC}.allowed_cidrs": str(cidrs),
            f"{PUBLIC}.insecure_http": None,
            f"{PUBLIC}.certificate_arn": CERTIFICATE,
        }

    assert load(tmp_path, blocks(30))
    problem = only_problem(tmp_path, blocks(31))
    assert (problem.field, repr(problem.value)) == (
        "load_balancers.public",
        "62 inbound rules in its security group",
    )
