"""Every kind of change of an environment: applied and the next plan empty, or refused as the table says.

A change is a text of the file and another one in its place. What is refused is what an apply meets first:
Terraform skips whatever waits for it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field

import pytest

from constructs_lib.testing.terraform import TerraformError, offline_terraform
from tests.support.projects import project
from tests.support.terraform.stacks import stack_of

BASE = """
project = "shop"
region = "eu-west-1"
[network]
cidr = "10.20.0.0/16"
availability_zones = ["a", "b", "c"]
nat = "single"
nat_zone = "a"
[network.endpoints]
interface = ["logs"]
gateway = ["s3", "dynamodb"]
[load_balancers.internal]
idle_timeout_s = 60
[load_balancers.public]
insecure_http = true
[functions.inventory]
source = "src/inventory"
exposure = "internal"
port = 8080
[functions.prices]
source = "src/prices"
exposure = "internal"
paths = ["/prices/*"]
priority = 100
[functions.stock]
source = "src/prices"
exposure = "internal"
paths = ["/stock/*"]
priority = 200
[functions.storefront]
source = "src/storefront"
exposure = "public"
paths = ["/*"]
calls = ["inventory", "prices", "stock"]
internet = true
timeout_s = 20
[services.web]
image = "public.ecr.aws/nginx/nginx:1.27"
container_port = 80
exposure = "public"
paths = ["/web/*"]
calls = ["inventory"]
"""
NAT = 'nat = "single"\nnat_zone = "a"\n'
ZIP = '[functions.inventory]\nsource = "src/inventory"\n'
PULLED = f'image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:{"a" * 64}"\n'
IMAGE = f"[functions.inventory]\n{PULLED}"
OPTIONS = "tracing = true\nephemeral_storage_mb = 1024\nprovisioned_concurrency = 2\n"
CERTIFICATE = (
    'certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"'
)
HTTP = "insecure_http = true"
STOCK = (
    '[functions.stock]\nsource = "src/prices"\nexposure = "internal"\npaths = ["/stock/*"]\npriority = 200\n'
)
WEB = BASE[BASE.index("[services.web]") :]
CALLER = '[callers.old]\nsecurity_group_id = "sg-0fedcba9876543210"\ncalls = ["inventory"]\n'
WITHOUT_NAT = (
    ("internet = true\n", ""),
    ('image = "public.ecr.aws/nginx/nginx:1.27"\n', PULLED),
    ('["logs"]', '["logs", "ecr.api", "ecr.dkr"]'),
)


def edited(text, *edits):
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


RICH = edited(
    BASE,
    (NAT, 'flow_logs = true\ninternal_load_balancer_prefix = 27\nnat = "per_az"\n'),
    ("port = 8080\n", f"port = 8080\n{OPTIONS}"),
    ("[services.web]", "[repositories.web]\nkeep_images = 3\n[services.web]"),
    (HTTP, CERTIFICATE),
    (ZIP, IMAGE),
)
IN_USE = "DependencyViolation"
PUBLIC_IN_USE = {f"aws_subnet.network_public_{zone}": IN_USE for zone in "abc"}
TABLE_GONE = {
    f"aws_vpc_endpoint.endpoints_{name}": "InvalidRouteTableID.NotFound" for name in ("s3", "dynamodb")
}
ZONE_IN_USE = {"aws_subnet.network_public_c": IN_USE, **TABLE_GONE}
OVERLAPS = {f"aws_subnet.network_private_{zone}": "InvalidSubnet.Conflict" for zone in "abc"}


@dataclass(frozen=True)
class Changed:
    """One row: the edits, and what AWS refuses of them by address."""

    name: str
    edits: tuple[tuple[str, str], ...]
    refused: dict[str, str] = field(default_factory=dict)


def row(name, *edits, refused=()):
    return Changed(name, edits, dict(refused))


FROM_BASE = [
    row("a zone is added", ('"c"]', '"c", "d"]')),
    row(
        "a zone is removed",
        ('"b", "c"]', '"b"]'),
        refused=ZONE_IN_USE,
    ),
    row("the only NAT gateway moves", ('nat_zone = "a"', 'nat_zone = "b"')),
    row("one NAT gateway becomes one for each zone", (NAT, 'nat = "per_az"\n')),
    row("NAT ends", (NAT, 'nat = "none"\n'), *WITHOUT_NAT),
    row("private subnets shrink", (NAT, f"private_prefix = 25\n{NAT}"), refused=OVERLAPS),
    row("public subnets shrink", (NAT, f"public_prefix = 25\n{NAT}"), refused=PUBLIC_IN_USE),
    row("the network is another one", ("10.20.0.0/16", "10.30.0.0/16"), refused=PUBLIC_IN_USE),
    row(
        "the block of the subnets is another one",
        (NAT, f'block = "10.20.128.0/17"\n{NAT}'),
        refused={**PUBLIC_IN_USE, "aws_vpc_endpoint.endpoints_logs": "DuplicateSubnetsInSameZone"},
    ),
    row(
        "the internal load balancer gets a tier of its own",
        (NAT, f"internal_load_balancer_prefix = 27\n{NAT}"),
    ),
    row("flow logs begin", (NAT, f"flow_logs = true\n{NAT}")),
    row(
        "two priorities are swapped",
        ("priority = 100", "priority = X"),
        ("priority = 200", "priority = 100"),
        ("priority = X", "priority = 200"),
        refused={f"aws_lb_listener_rule.internal_{name}": "PriorityInUse" for name in ("prices", "stock")},
    ),
    row("a priority changes", ("priority = 100", "priority = 300")),
    row("a path changes", ('"/stock/*"', '"/stocks/*"')),
    row("a port changes", ("port = 8080", "port = 8081")),
    row(
        "a port becomes a path",
        ("port = 8080", 'paths = ["/inventory/*"]\npriority = 50'),
        ("idle_timeout_s = 60", "shared_listener = true"),
    ),
    row(
        "a function of a port is renamed",
        (ZIP, ZIP.replace("s.inventory", "s.goods")),
        ('["inventory"', '["goods"'),
    ),
    row(
        "a function of a path is renamed",
        ("[functions.stock]", "[functions.store]"),
        ('"stock"]', '"store"]'),
    ),
    row("a function is removed", (STOCK, ""), (', "stock"]', "]")),
    row("a function stays unexposed", (STOCK, STOCK.split("exposure")[0]), (', "stock"]', "]")),
    row("a function turns public", (STOCK, STOCK.replace('"internal"', '"public"')), (', "stock"]', "]")),
    row("a public function is exposed no more", ('exposure = "public"\npaths = ["/*"]\n', "")),
    row("a folder becomes an image", (ZIP, IMAGE)),
    row(
        "a function becomes a service",
        (ZIP, f"[services.inventory]\n{PULLED}container_port = 80\n"),
        ('["logs"]', '["logs", "ecr.api", "ecr.dkr"]'),
    ),
    row("options are switched on", ("port = 8080\n", f"port = 8080\n{OPTIONS}")),
    row("a call ends", ('["inventory", "prices", "stock"]', '["prices", "stock"]')),
    row(
        "a caller comes",
        (
            "[services.web]",
            f"{CALLER}[services.web]",
        ),
    ),
    row("an endpoint comes", ('["logs"]', '["logs", "sqs"]')),
    row("an endpoint goes for another one", ('["logs"]', '["monitoring"]')),
    row("a gateway endpoint goes", ('["s3", "dynamodb"]', '["s3"]')),
    row("HTTP becomes HTTPS", (HTTP, CERTIFICATE)),
    row("a container's port changes", ("container_port = 80", "container_port = 8000")),
    row("a service is removed", (WEB, "")),
    row("the project is renamed", ('project = "shop"', 'project = "store"')),
]
FROM_RICH = [
    row("NAT gateways become one", ('nat = "per_az"\n', NAT)),
    row("all NAT gateways end", ('nat = "per_az"\n', 'nat = "none"\n'), *WITHOUT_NAT),
    row("options are switched off", (OPTIONS, "")),
    row("flow logs end", ("flow_logs = true\n", "")),
    row("a repository goes", ("[repositories.web]\nkeep_images = 3\n", "")),
    row("an image becomes a folder", (IMAGE, ZIP)),
    row("HTTPS becomes HTTP", (CERTIFICATE, HTTP)),
    row("the internal load balancer's tier goes", ("internal_load_balancer_prefix = 27\n", "")),
    row("a zone with a NAT gateway goes", ('"b", "c"]', '"b"]'), refused=ZONE_IN_USE),
]


class Applied:
    """An environment, applied once; each change goes on from a copy of it."""

    def __init__(self, folder, text):
        self.folder, self.text = folder, text
        self.project = project(folder / "shop")
        with offline_terraform(self.stack(text), workspace=folder / "base") as session:
            session.apply()

    def stack(self, text):
        return stack_of(self.project.write(text), self.project.root, self.project.root / "cdktf.out")

    def change(self, edits):
        """A session on a copy, in which the changed stack is in the place of the applied one."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder / "base", copy)
        return offline_terraform(self.stack(edited(self.text, *edits)), workspace=copy)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return Applied(tmp_path_factory.mktemp("base"), BASE)


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    return Applied(tmp_path_factory.mktemp("rich"), RICH)


def outcome(session):
    """What is refused by address, and whether nothing is left to do."""
    try:
        session.apply()
    except TerraformError as error:
        refused = {refusal.address: refusal.code for refusal in error.refusals}
        return refused or {"terraform": str(error)}, False
    return {}, session.plan().is_empty


@pytest.mark.slow
@pytest.mark.parametrize("change", FROM_BASE, ids=lambda change: change.name)
def test_a_change_is_applied_and_the_next_plan_empty_or_refused_as_the_table_says(base, change):
    with base.change(change.edits) as session:
        assert outcome(session) == (change.refused, not change.refused)


@pytest.mark.slow
@pytest.mark.parametrize("change", FROM_RICH, ids=lambda change: change.name)
def test_a_change_back_is_applied_and_the_next_plan_empty_or_refused_as_the_table_says(rich, change):
    with rich.change(change.edits) as session:
        assert outcome(session) == (change.refused, not change.refused)


@pytest.mark.slow
def test_code_changes_twice_and_every_version_keeps_its_network(base):
    with base.change(()) as session:
        for number in (2, 3):
            base.project.function(
                "inventory", f"def handler(event, context):\n    return {{}}\n\n\nVERSION = {number}\n"
            )
            session.update(base.stack(BASE))
            assert outcome(session) == ({}, True)
        assert session.delete_versions("shop-dev-inventory") == ["1", "2"]
    base.project.function("inventory")


@pytest.mark.slow
def test_a_repository_with_images_does_not_go(rich):
    with rich.change([("[repositories.web]\nkeep_images = 3\n", "")]) as session:
        session.fill("aws_ecr_repository.repository_web")
        refused, _ = outcome(session)
    assert refused == {"aws_ecr_repository.repository_web": "RepositoryNotEmptyException"}
