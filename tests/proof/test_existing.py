"""The proof over environments in a VPC of others: what is declared counts, the rest is left open."""

import copy

import pytest

from constructs_lib import load_environment
from constructs_lib.proof import prove
from tests.support.projects import SHOP, project

EXISTING = """
[network.existing]
vpc_id = "vpc-0123456789abcdef0"
internet_gateway_id = "igw-0123456789abcdef0"
[network.existing.endpoints.logs]
security_group_id = "sg-0123456789abcdef0"
[network.existing.endpoints.s3]
gateway_endpoint_id = "vpce-0123456789abcdef0"
"""
ADMITTED = "sg-0123456789abcdef0_from_endpoint_clients_443"


@pytest.fixture
def shop(tmp_path):
    """The proof of an environment file, after a change of the document."""
    folder = project(tmp_path)

    def proof(text, change=lambda _: None):
        document = copy.deepcopy(folder.template(text).to_dict())
        change(document)
        return prove(load_environment(folder.write(text), project_root=tmp_path), document)

    return proof


def test_an_environment_in_an_existing_vpc_keeps_every_promise(shop):
    proof = shop(SHOP + EXISTING)
    assert (proof.broken, proof.uncertain) == ((), ())
    said = {promise.sentence for promise in proof.kept}
    assert {"storefront reaches logs", "storefront reaches s3", "inventory reaches dynamodb"} <= said


def test_an_existing_endpoint_that_is_not_named_otherwise_is_reached_too(shop):
    proof = shop(SHOP + EXISTING.replace("endpoints.logs", "endpoints.sqs"))
    assert proof.holds
    said = {promise.sentence for promise in proof.kept}
    assert "storefront reaches sqs" in said
    assert "storefront reaches logs" not in said, "the neighbours would resolve its name, too"


def test_an_existing_endpoint_that_does_not_let_us_out_breaks_the_promise(shop):
    def close(document):
        del document["resource"]["aws_vpc_security_group_egress_rule"][
            "endpoint_clients_to_sg-0123456789abcdef0_443"
        ]

    broken = shop(SHOP + EXISTING, close).broken
    # storefront has internet = true, which lets it out to 443 everywhere.
    assert [promise.sentence for promise in broken] == ["inventory reaches logs"]


def test_a_second_opening_of_the_existing_group_is_one_too_many(shop):
    def widen(document):
        rules = document["resource"]["aws_vpc_security_group_ingress_rule"]
        rules["wide"] = {**rules[ADMITTED], "from_port": 22, "to_port": 22}

    [broken] = shop(SHOP + EXISTING, widen).broken
    assert broken.sentence == "sg-0123456789abcdef0 opens nothing that is not declared"
    assert "aws_vpc_security_group_ingress_rule.wide" in broken.why


def test_an_existing_gateway_endpoint_without_a_route_table_of_ours_is_not_reached(shop):
    def loosen(document):
        del document["resource"]["aws_vpc_endpoint_route_table_association"]["endpoints_s3_a"]

    broken = shop(SHOP + EXISTING, loosen).broken
    assert [promise.sentence for promise in broken] == ["inventory reaches s3", "storefront reaches s3"]


def test_existing_nat_gateways_and_public_subnets_are_left_open_not_broken(shop):
    text = SHOP.replace('nat = "single"\nnat_zone = "a"\n', "") + EXISTING.replace(
        'internet_gateway_id = "igw-0123456789abcdef0"',
        'nat_gateway_ids = { a = "nat-0123456789abcdef0", b = "nat-0123456789abcdef0" }\n'
        'public_subnet_ids = { a = "subnet-0123456789abcdef0", b = "subnet-0fedcba9876543210" }',
    )
    proof = shop(text)
    assert proof.holds
    assert {promise.sentence for promise in proof.uncertain} == {
        "storefront reaches the internet on 443",
        "the internet reaches storefront on 80",
        "only 0.0.0.0/0 reaches storefront from the internet",
        "only 0.0.0.0/0 reaches aws_lb.public from the internet",
    }


def test_a_service_starts_through_endpoints_that_the_vpc_has(shop):
    service = """
[functions.inventory]
source = "src/inventory"
exposure = "internal"
port = 8080
[services.web]
image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"
container_port = 80
calls = ["inventory"]
"""
    others = "".join(
        f'[network.existing.endpoints."ecr.{part}"]\nsecurity_group_id = "sg-0fedcba9876543210"\n'
        for part in ("api", "dkr")
    )
    network = 'region = "eu-west-1"\n[network]\ncidr = "10.20.0.0/16"\n'
    proof = shop(network + EXISTING + others + service)
    assert (proof.broken, proof.uncertain) == ((), ())
    assert {promise.sentence for promise in proof.kept if promise.kind == "start"} == {
        f"web reaches {needed} to start" for needed in ("ecr.api", "ecr.dkr", "logs", "s3")
    }


NEW = (
    EXISTING.replace("endpoints.logs", "endpoints.sqs")
    + """
[network.endpoints]
interface = ["logs"]
[callers.legacy]
security_group_id = "sg-0aaaaaaaaaaaaaaa0"
calls = ["inventory"]
"""
)


@pytest.mark.parametrize("admit", ["", 'admit = "vpc"\n', 'admit = "own"\n'])
def test_a_new_endpoint_admits_the_vpc_and_the_callers_or_these_alone(shop, admit):
    found = {}

    def look(document):
        rules = document["resource"]["aws_vpc_security_group_ingress_rule"]
        found.update({name: one for name, one in rules.items() if name.startswith("endpoints_from")})

    proof = shop(SHOP + NEW.replace("[callers", f"{admit}[callers"), look)
    assert (proof.broken, [one.kind for one in proof.uncertain if one.kind == "opening"]) == ((), [])
    vpc = {"endpoints_from_vpc_10-20-0-0-16_443"} if "own" not in admit else set()
    own = {"endpoints_from_endpoint_clients_443", "endpoints_from_legacy_443"}
    assert set(found) == own | vpc


def test_another_range_than_the_vpcs_is_one_too_many(shop):
    def widen(document):
        rules = document["resource"]["aws_vpc_security_group_ingress_rule"]
        rules["endpoints_from_vpc_10-20-0-0-16_443"]["cidr_ipv4"] = "10.0.0.0/8"

    assert [one.subject for one in shop(SHOP + NEW, widen).broken] == ["aws_security_group.endpoints"]


def test_a_neighbour_who_is_not_admitted_breaks_a_promise(shop):
    def close(document):
        del document["resource"]["aws_vpc_security_group_ingress_rule"]["endpoints_from_vpc_10-20-0-0-16_443"]

    [broken] = shop(SHOP + NEW, close).broken
    assert broken.sentence == "10.20.0.0/16 reaches logs"
