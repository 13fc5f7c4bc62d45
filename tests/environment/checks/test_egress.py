from pathlib import Path

import pytest

from tests.support.environment_files import GROUP, fields, load, only_problem

EGRESS = "functions.inventory.egress"


@pytest.mark.parametrize(
    "target",
    [f"security_group_id = {GROUP}", 'cidr = "10.1.0.0/16"', 'prefix_list_id = "pl-0123456789abcdef0"'],
)
def test_egress_has_one_target(tmp_path: Path, target: str) -> None:
    assert (
        load(tmp_path, {f"{EGRESS}.db": f"{{{target}, port = 5432}}"})
        .functions["inventory"]
        .egress["db"]
        .port
        == 5432
    )


@pytest.mark.parametrize(
    "targets",
    [
        "",
        f'security_group_id = {GROUP}, cidr = "10.1.0.0/16",',
        'cidr = "10.1.0.0/16", prefix_list_id = "pl-01234567",',
    ],
)
def test_egress_without_a_target_or_with_several_is_refused(tmp_path: Path, targets: str) -> None:
    problem = only_problem(tmp_path, {f"{EGRESS}.db": f"{{{targets} port = 5432}}"})
    assert problem.field == f"{EGRESS}.db"
    assert problem.rule == "needs exactly one of security_group_id, cidr and prefix_list_id"


@pytest.mark.parametrize(
    ("cidr", "way_out"),
    [
        ("10.0.0.1", 'write it like "10.0.0.1/32"'),
        ("10.0.0.1/8", 'write "10.0.0.0/8"'),
        ("10.0.0.0/255.0.0.0", 'write "10.0.0.0/8"'),
        ("10.0.0.0/33", 'write it like "10.0.0.0/32"'),
        ("10.0.0/8", 'write it like "10.0.0.0/16"'),
        ("", 'write it like "10.0.0.0/16"'),
        ("example.com", 'write it like "10.0.0.0/16"'),
        (" 10.0.0.0/8", 'write "10.0.0.0/8"'),
        ("::/0", "name an IPv4 block"),
        ("fd00::1", "name an IPv4 block"),
    ],
)
def test_a_block_of_addresses_is_written_exactly(tmp_path: Path, cidr: str, way_out: str) -> None:
    problem = only_problem(tmp_path, {f"{EGRESS}.db": f'{{cidr = "{cidr}", port = 5432}}'})
    assert (problem.field, problem.way_out) == (f"{EGRESS}.db.cidr", way_out)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("security_group_id", '"database"'),
        ("security_group_id", '"sg-xyz"'),
        ("prefix_list_id", '"com.amazonaws.us-east-1.s3"'),
        ("prefix_list_id", '"pl-123"'),
    ],
)
def test_ids_have_the_form_that_aws_gives_them(tmp_path: Path, key: str, value: str) -> None:
    assert fields(tmp_path, {f"{EGRESS}.db": f"{{{key} = {value}, port = 5432}}"}) == [f"{EGRESS}.db.{key}"]


def test_egress_needs_a_port(tmp_path: Path) -> None:
    assert fields(tmp_path, {f"{EGRESS}.db.security_group_id": GROUP}) == [f"{EGRESS}.db.port"]


def test_the_same_rule_twice_is_refused_because_aws_refuses_it(tmp_path: Path) -> None:
    entry = '{cidr = "10.1.0.0/16", port = 5432}'
    assert fields(tmp_path, {f"{EGRESS}.one": entry, f"{EGRESS}.two": entry}) == [f"{EGRESS}.two"]
    everywhere = {"functions.storefront.egress.web": '{cidr = "0.0.0.0/0", port = 443}'}
    assert "internet = true" in only_problem(tmp_path, everywhere).rule


def test_a_security_group_has_sixty_outbound_rules(tmp_path: Path) -> None:
    def egress(count: int) -> dict[str, str]:
        return {
            f"functions.storefront.egress.e{number}": f'{{cidr = "10.1.{number}.0/24", port = 443}}'
            for number in range(count)
        }

    assert load(tmp_path, egress(58))
    problem = only_problem(tmp_path, egress(59))
    assert (problem.field, repr(problem.value)) == ("functions.storefront", "61 outbound rules")
    assert "60" in problem.rule


def test_the_internet_needs_a_nat_gateway(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"network.nat": '"none"'})
    assert problem.field == "functions.storefront.internet"
    assert 'nat = "single"' in problem.way_out
