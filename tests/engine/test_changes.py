"""Every kind of change of an environment ends as it was foretold.

a: without interruption, in the order that the log shows. b: with an interruption that the comparison names.
c: refused by AWS in place, as the comparison says, and done by the steps that it names.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from constructs_lib.terraform_json import read_document
from constructs_lib.testing.terraform import TerraformError, offline_terraform
from constructs_lib.views.changes.comparison import compare, made_first
from constructs_lib.views.changes.effects import ending, findings, refusals
from tests.support.command_line import command
from tests.support.projects import project
from tests.support.terraform.changing import Applied, edited, out_of_order
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
SINGLE = 'nat = "single"\nnat_zone = "a"\n'
REGIONAL = 'nat = "regional"\n'
OTHERS = ", ".join(f'{zone} = "eipalloc-0000000{number}"' for number, zone in enumerate("abc"))
ZIP = '[functions.inventory]\nsource = "src/inventory"\n'
PULLED = f'image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:{"a" * 64}"\n'
IMAGE = f"[functions.inventory]\n{PULLED}"
ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
CERTIFICATE = f'certificate_arn = "{ARN}"\n'
TWO_CERTIFICATES = f'certificate_arns = ["{ARN}", "{ARN.replace("1234-", "5678-")}"]\n'
NAMED = 'domain = "shop.example.com"\nzone_id = "Z0123456789ABCDEFGHIJ"\n'
INSIDE = NAMED.replace("shop", "api")
HTTP = "insecure_http = true\n"
STOCK = (
    '[functions.stock]\nsource = "src/prices"\nexposure = "internal"\npaths = ["/stock/*"]\npriority = 200\n'
)
WEB = BASE[BASE.index("[services.web]") :]
ON_WEB = 'paths = ["/web/*"]\n'
HOST = 'hosts = ["web.example.com"]\n'
WEB_ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"
FILTERED = f'web_acl_arn = "{WEB_ACL}"\n'
CALLER = '[callers.old]\nsecurity_group_id = "sg-0fedcba9876543210"\ncalls = ["inventory"]\n'
WITHOUT_NAT = (
    ("internet = true\n", ""),
    ('image = "public.ecr.aws/nginx/nginx:1.27"\n', PULLED),
    ('["logs"]', '["logs", "ecr.api", "ecr.dkr"]'),
)
REPOSITORY = "[repositories.web]\nkeep_images = 3\n"
RICH = edited(
    BASE,
    (
        (SINGLE, 'flow_logs = true\ninternal_load_balancer_prefix = 27\nnat = "per_az"\n'),
        ("[services.web]", f"{REPOSITORY}[services.web]"),
        (HTTP, f"deletion_protection = true\n{CERTIFICATE}{NAMED}{FILTERED}"),
        (ZIP, IMAGE),
        ("priority = 100\n", ""),
        (ON_WEB, f"{ON_WEB}{HOST}"),
        ("idle_timeout_s = 60\n", f"idle_timeout_s = 60\n{CERTIFICATE}{INSIDE}"),
    ),
)
FREE = "10.20.64.0/19"


@dataclass(frozen=True)
class Row:
    """One kind of change.

    walk: the steps of what is refused. before: whether they come instead of the apply that is refused, not
    after it.
    """

    name: str
    ends: str
    edits: tuple[tuple[str, str], ...]
    walk: Callable[..., None] | None = None
    before: bool = False

    def __str__(self) -> str:
        return self.name


def row(name, ends, *edits, walk=None, before=False):
    return Row(name, ends, edits, walk, before)


def old_versions_go(session, _applied, _edits):
    for resource in session.state()["resources"]:
        if resource["type"] == "aws_lambda_function":
            session.delete_versions(resource["instances"][0]["attributes"]["function_name"])


def by_way_of_a_free_block(tier):
    def walk(session, applied, edits):
        (old, new), *rest = edits
        session.update(applied.stack([(old, f'{tier}_block = "{FREE}"\n{new}'), *rest]))
        if tier == "public":
            session.delete("aws_nat_gateway.network_nat_a")
        else:
            with pytest.raises(TerraformError) as caught:
                session.apply()
            assert {refusal.code for refusal in caught.value.refusals} == {"DependencyViolation"}
            old_versions_go(session, applied, edits)

    return walk


def gateway_and_versions_go(session, applied, edits):
    session.delete("aws_nat_gateway.network_nat_a")
    with pytest.raises(TerraformError):
        session.apply()
    old_versions_go(session, applied, edits)


def gateways_go_first(*addresses):
    def walk(session, _applied, _edits):
        for address in addresses:
            session.delete(address)

    return walk


def listener_goes_first(session, _applied, _edits):
    session.delete("aws_lb_listener.internal_8080")


def in_place_with_everything_away(session, applied, edits):
    session.update(applied.stack(()))
    session.destroy()
    session.update(applied.stack(edits))


def without_protection_first(session, applied, edits):
    session.update(applied.stack([("deletion_protection = true", "deletion_protection = false")]))
    session.apply()
    off = ("deletion_protection = true", "deletion_protection = false")
    session.update(applied.stack([*edits, off]))


def swapped(one, other):
    return ((one, "priority = X"), (other, one), ("priority = X", other))


FROM_BASE = [
    row("a zone is added", "a", ('"c"]', '"c", "d"]')),
    row("a zone is removed", "c", ('"b", "c"]', '"b"]'), walk=old_versions_go),
    row("the only NAT gateway moves", "b", ('nat_zone = "a"', 'nat_zone = "b"')),
    row("one NAT gateway becomes one for each zone", "a", (SINGLE, 'nat = "per_az"\n')),
    row(
        "one NAT gateway becomes a regional one",
        "c",
        (SINGLE, REGIONAL),
        walk=gateways_go_first("aws_nat_gateway.network_nat_a"),
    ),
    row(
        "a regional NAT gateway with other addresses",
        "b",
        (SINGLE, f"{REGIONAL}nat_eip_ids = {{ {OTHERS} }}\n"),
    ),
    row("NAT ends", "b", (SINGLE, 'nat = "none"\n'), *WITHOUT_NAT),
    row(
        "an address of one's own",
        "b",
        (SINGLE, f'{SINGLE}nat_eip_ids = {{ a = "eipalloc-0a1b2c3d4e5f60718" }}\n'),
    ),
    row(
        "private subnets shrink",
        "c",
        (SINGLE, f"private_prefix = 25\n{SINGLE}"),
        walk=by_way_of_a_free_block("private"),
    ),
    row(
        "public subnets shrink",
        "c",
        (SINGLE, f"public_prefix = 25\n{SINGLE}"),
        walk=by_way_of_a_free_block("public"),
    ),
    row(
        "the network is another one",
        "c",
        ("10.20.0.0/16", "10.30.0.0/16"),
        walk=in_place_with_everything_away,
    ),
    row(
        "the block of the subnets is another one",
        "c",
        (SINGLE, f'block = "10.20.128.0/17"\n{SINGLE}'),
        walk=gateway_and_versions_go,
    ),
    row(
        "a tier for the internal load balancer",
        "a",
        (SINGLE, f"internal_load_balancer_prefix = 27\n{SINGLE}"),
    ),
    row("flow logs begin", "a", (SINGLE, f"flow_logs = true\n{SINGLE}")),
    row("two priorities are swapped", "a", *swapped("priority = 100", "priority = 200")),
    row("a priority changes", "a", ("priority = 100", "priority = 300")),
    row("a priority is left to the paths", "a", ("priority = 100\n", "")),
    row("a path changes", "a", ('"/stock/*"', '"/stocks/*"')),
    row("a port changes", "b", ("port = 8080", "port = 8081")),
    row("the shared listener's port changes", "b", ("idle_timeout_s = 60", "port = 8000")),
    row(
        "a port becomes a path",
        "b",
        ("port = 8080", 'paths = ["/inventory/*"]\npriority = 50'),
        ("idle_timeout_s = 60", "shared_listener = true"),
    ),
    row(
        "a function of a port is renamed",
        "b",
        (ZIP, ZIP.replace("s.i", "s.g")),
        ('["inventory"', '["gnventory"'),
    ),
    row(
        "a function of a path is renamed",
        "b",
        ("[functions.stock]", "[functions.store]"),
        ('"stock"]', '"store"]'),
    ),
    row("a public function is renamed", "b", ("[functions.storefront]", "[functions.shop]")),
    row(
        "a function is added",
        "a",
        ("[services.web]", f"{STOCK.replace('stock', 'goods').replace('200', '7')}[services.web]"),
        (', "stock"]', ', "stock", "goods"]'),
    ),
    row("a function is removed", "b", (STOCK, ""), (', "stock"]', "]")),
    row("a function is exposed no more", "a", (STOCK, STOCK.split("exposure")[0]), (', "stock"]', "]")),
    row(
        "a function turns public", "b", (STOCK, STOCK.replace('"internal"', '"public"')), (', "stock"]', "]")
    ),
    row("a public function is exposed no more", "a", ('exposure = "public"\npaths = ["/*"]\n', "")),
    row(
        "nothing is public any more",
        "b",
        ('exposure = "public"\npaths = ["/*"]\n', ""),
        ('exposure = "public"\npaths = ["/web/*"]\n', ""),
    ),
    row("a zone comes for another one", "c", ('"a", "b", "c"', '"a", "d", "c"'), walk=old_versions_go),
    row("zones in another order", "a", ('"a", "b", "c"', '"c", "b", "a"')),
    row("a folder becomes an image", "b", (ZIP, IMAGE)),
    row(
        "a function becomes a service",
        "b",
        (ZIP, f"[services.inventory]\n{PULLED}container_port = 80\n"),
        ('["logs"]', '["logs", "ecr.api", "ecr.dkr"]'),
    ),
    row("a function is stopped", "b", ("port = 8080\n", "port = 8080\nreserved_concurrency = 0\n")),
    row("a call ends", "a", ('["inventory", "prices", "stock"]', '["prices", "stock"]')),
    row("a caller comes", "a", ("[services.web]", f"{CALLER}[services.web]")),
    row("an endpoint comes", "a", ('["logs"]', '["logs", "sqs"]')),
    row("an endpoint goes for another one", "b", ('["logs"]', '["monitoring"]')),
    row("a gateway endpoint goes", "b", ('["s3", "dynamodb"]', '["s3"]')),
    row("access logs begin", "a", (HTTP, f"access_logs = true\n{HTTP}")),
    row("HTTP becomes HTTPS", "a", (HTTP, CERTIFICATE)),
    row("a certificate is issued", "a", (HTTP, NAMED)),
    row("a host comes", "a", (ON_WEB, f"{ON_WEB}{HOST}")),
    row("hosts come with certificates that are issued", "a", (HTTP, NAMED), (ON_WEB, f"{ON_WEB}{HOST}")),
    row(
        "inside, HTTP becomes HTTPS",
        "b",
        ("idle_timeout_s = 60\n", f"{CERTIFICATE}{INSIDE}"),
    ),
    row("a container's port changes", "b", ("container_port = 80", "container_port = 8000")),
    row("a service has more memory", "a", ("container_port = 80", "container_port = 80\nmemory_mb = 1024")),
    row("a service is renamed", "b", ("[services.web]", "[services.site]")),
    row("a service is removed", "b", (WEB, "")),
    row("tags are added", "a", ("[network]\n", '[tags]\nowner = "me"\n[network]\n')),
    row("the project is renamed", "b", ('project = "shop"', 'project = "store"')),
]
FROM_RICH = [
    row("NAT gateways become one", "b", ('nat = "per_az"\n', SINGLE)),
    row(
        "NAT gateways become a regional one",
        "c",
        ('nat = "per_az"\n', REGIONAL),
        walk=gateways_go_first(*(f"aws_nat_gateway.network_nat_{zone}" for zone in "abc")),
    ),
    row("all NAT gateways end", "b", ('nat = "per_az"\n', 'nat = "none"\n'), *WITHOUT_NAT),
    row("flow logs end", "b", ("flow_logs = true\n", "")),
    row("an image becomes a folder", "b", (IMAGE, ZIP)),
    row("HTTPS becomes HTTP", "b", (f"{CERTIFICATE}{NAMED}", HTTP)),
    row("a certificate becomes an issued one", "a", (f"{CERTIFICATE}{NAMED}", NAMED)),
    row("a host goes", "b", (HOST, "")),
    row("a host comes beside another one", "a", (HOST, 'hosts = ["web.example.com", "*.web.example.com"]\n')),
    row(
        "a certificate comes beside another one",
        "a",
        (f"{CERTIFICATE}{NAMED}", f"{TWO_CERTIFICATES}{NAMED}"),
    ),
    row("a web ACL comes for another one", "b", ("webacl/shop/", "webacl/all/")),
    row("a web ACL goes", "b", (FILTERED, "")),
    row("the domain is another one", "b", ("shop.example.com", "store.example.com")),
    row(
        "inside, HTTPS becomes HTTP",
        "c",
        (f"idle_timeout_s = 60\n{CERTIFICATE}{INSIDE}", "idle_timeout_s = 60\n"),
        walk=listener_goes_first,
    ),
    row("the internal load balancer's tier goes", "a", ("internal_load_balancer_prefix = 27\n", "")),
    row("a zone with a NAT gateway goes", "c", ('"b", "c"]', '"b"]'), walk=old_versions_go),
    row(
        "a path's priority is written", "a", ('paths = ["/prices/*"]', 'paths = ["/prices/*"]\npriority = 9')
    ),
    row(
        "the project of a protected load balancer is renamed",
        "c",
        ('project = "shop"', 'project = "store"'),
        walk=without_protection_first,
        before=True,
    ),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return Applied(tmp_path_factory.mktemp("base"), BASE)


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    return Applied(tmp_path_factory.mktemp("rich"), RICH)


def ends_as_foretold(applied, change):
    foretold = applied.foretold(change.edits)
    assert ending(foretold) == change.ends
    with applied.change(change.edits) as session:
        if change.ends == "c":
            codes = {one.effect.code for one in refusals(findings(foretold))}
            with pytest.raises(TerraformError) as caught:
                session.apply()
            met = {refusal.code for refusal in caught.value.refusals}
            assert met & codes
            assert met <= codes | {"DependencyViolation"}
            if not change.before:
                done_by_its_steps(session, applied, change)
        else:
            assert out_of_order(session.apply(), foretold) == []
            assert session.plan().is_empty
    if change.before:
        with applied.change(change.edits) as session:
            done_by_its_steps(session, applied, change)


def done_by_its_steps(session, applied, change):
    change.walk(session, applied, change.edits)
    session.apply()
    assert session.plan().is_empty


@pytest.mark.slow
@pytest.mark.parametrize("change", FROM_BASE, ids=str)
def test_a_change_ends_as_foretold(base, change):
    ends_as_foretold(base, change)


@pytest.mark.slow
@pytest.mark.parametrize("change", FROM_RICH, ids=str)
def test_a_change_back_ends_as_foretold(rich, change):
    ends_as_foretold(rich, change)


OPTIONS = (
    (
        "port = 8080\n",
        "port = 8080\ntracing = true\nephemeral_storage_mb = 1024\nprovisioned_concurrency = 2\n"
        "reserved_concurrency = 5\nmemory_mb = 512\ntimeout_s = 12\nlog_retention_days = 90\n"
        "internet = true\n"
        'health_check_path = "/health"\narchitecture = "x86_64"\nhandler = "handler.handler"\n'
        'layers = ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"]\nenvironment.LEVEL = "INFO"\n'
        'kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"\n'
        'egress.other = { cidr = "10.99.0.0/16", port = 5432 }\n'
        'policies = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }]\n',
    ),
    (
        "idle_timeout_s = 60\n",
        "idle_timeout_s = 90\ndeletion_protection = true\naccess_logs = true\n"
        'access_logs_days = 30\naccess_logs_when_removed = "delete"\n',
    ),
    (
        HTTP,
        f'{HTTP}{FILTERED}deletion_protection = true\naccess_logs_bucket = "logs-out"\n'
        'allowed_cidrs = ["192.0.2.0/24"]\n',
    ),
    (
        "container_port = 80\n",
        'container_port = 80\nread_only_root_filesystem = true\nhealth_check_path = "/health"\n'
        'log_retention_days = 90\nenvironment.LEVEL = "INFO"\ndesired_count = 3\ncpu = 512\n'
        "memory_mb = 1024\n"
        "autoscaling = { min_count = 2, max_count = 4, cpu_percent = 50, requests_per_target = 100 }\n"
        'secrets.KEY = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/key-AbCdEf"\n',
    ),
    (SINGLE, f"flow_logs = true\n{SINGLE}"),
    ("[services.web]", f"{REPOSITORY}{CALLER}[services.web]"),
    ("[network]\n", 'tags.owner = "me"\n[network]\n'),
)
# What another version or revision is known by, and when it was made.
OF_A_VERSION = {
    "code_sha256",
    "version",
    "qualified_arn",
    "qualified_invoke_arn",
    "last_modified",
    "function_version",
}
OF_A_RULE = {"arn", "id", "security_group_rule_id"}
OF_A_REVISION = {"task_definition", "revision", "arn", "arn_without_revision", "id"}


def settings(session):
    """The attributes of everything in the state, without what every new version changes."""
    return {
        f"{one['type']}.{one['name']}": {
            name: value
            for name, value in one["instances"][0]["attributes"].items()
            if name not in OF_A_VERSION
            and not (name in OF_A_REVISION and one["type"].startswith("aws_ecs"))
            and not (one["type"] == "aws_vpc_security_group_ingress_rule" and name in OF_A_RULE)
        }
        for one in session.state()["resources"]
        if one["mode"] == "managed"
    }


@pytest.mark.slow
def test_every_option_is_switched_on_and_off_again(base):
    on, off = base.document(OPTIONS), base.document(())
    assert ending(compare(off, on)) == "a"
    with base.change(()) as session:
        before = settings(session)
        for edits in (OPTIONS, ()):
            session.update(base.stack(edits))
            session.apply()
            assert session.plan().is_empty
        after = settings(session)
    assert before.keys() == after.keys()
    differing = {
        f"{address}.{name}": (value, after[address][name])
        for address, values in before.items()
        for name, value in values.items()
        if value != after[address][name]
    }
    assert differing == {}


@pytest.mark.slow
def test_code_changes_twice_and_every_version_keeps_its_network(base):
    with base.change(()) as session:
        for number in (2, 3):
            base.project.function(
                "inventory", f"def handler(event, context):\n    return {{}}\n\n\nVERSION = {number}\n"
            )
            session.update(base.stack(()))
            session.apply()
            assert session.plan().is_empty
        assert session.delete_versions("shop-dev-inventory") == ["1", "2"]
    base.project.function("inventory")


@pytest.mark.slow
def test_a_repository_with_images_goes_once_it_is_empty(rich):
    edits, address = [(REPOSITORY, "")], "aws_ecr_repository.repository_web"
    assert ending(rich.foretold(edits)) == "c"
    with rich.change(edits) as session:
        session.fill(address)
        with pytest.raises(TerraformError) as caught:
            session.apply()
        (refusal,) = caught.value.refusals
        assert (refusal.code, refusal.way_out) == ("RepositoryNotEmptyException", "delete its images first")
        session.empty(address)
        session.apply()
        assert session.plan().is_empty


@pytest.mark.slow
def test_a_bucket_with_logs_goes_once_it_is_empty_or_is_said_to_go_with_them(tmp_path):
    logged = f"access_logs = true\n{HTTP}"
    applied = Applied(tmp_path, edited(BASE, [(HTTP, logged)]))
    off = [(logged, HTTP)]
    bucket, policy = "aws_s3_bucket.public_access_logs", "aws_s3_bucket_policy.public_access_logs"
    assert ending(applied.foretold(off)) == "c"
    with applied.change(off) as session:
        with pytest.raises(TerraformError) as caught:
            session.apply()
        (refusal,) = caught.value.refusals
        assert (refusal.code, refusal.address) == ("BucketNotEmpty", bucket)
        session.empty(bucket)
        session.apply()
        assert session.plan().is_empty
        session.update(applied.stack(()))
        session.apply()
        session.update(applied.stack([(logged, f'access_logs_when_removed = "delete"\n{logged}')]))
        session.apply()
        session.update(applied.stack(off))
        calls = [(call.action, call.address) for call in session.apply().calls]
        assert calls.index(("update", "aws_lb.public")) < calls.index(("delete", policy))
        assert session.plan().is_empty


@pytest.mark.slow
def test_a_regional_nat_gateway_follows_its_zones_and_becomes_zonal_again(tmp_path):
    applied = Applied(tmp_path, edited(BASE, [(SINGLE, REGIONAL)]))
    fourth = ('"c"]', '"c", "d"]')
    assert ending(applied.foretold([fourth])) == "a"
    with applied.change([fourth]) as session:
        plan = session.apply().plan
        assert {a for a in plan.updated if "nat" in a} == {"aws_nat_gateway.network_nat"}
        assert session.plan().is_empty
    back = [(REGIONAL, 'nat = "per_az"\n')]
    assert ending(applied.foretold(back)) == "c"
    with applied.change(back) as session:
        with pytest.raises(TerraformError) as caught:
            session.apply()
        assert {refusal.code for refusal in caught.value.refusals} == {"Resource.AlreadyAssociated"}
        session.delete("aws_nat_gateway.network_nat")
        session.apply()
        assert session.plan().is_empty
        session.update(applied.stack(()))
        with pytest.raises(TerraformError):
            session.apply()
        for zone in "abc":
            session.delete(f"aws_nat_gateway.network_nat_{zone}")
        session.apply()
        assert session.plan().is_empty


@pytest.mark.slow
def test_two_zones_exchange_their_addresses_by_way_of_a_third(tmp_path):
    def text(a, b):
        ids = f'nat_eip_ids = {{ a = "eipalloc-0000000{a}", b = "eipalloc-0000000{b}" }}'
        nat = (SINGLE, f'nat = "per_az"\n{ids}\n')
        return (nat, ('"b", "c"]', '"b"]'))

    applied = Applied(tmp_path, edited(BASE, text(1, 2)))
    one, three = '"eipalloc-00000001"', '"eipalloc-00000003"'
    exchanged = [(one, '"X"'), ('"eipalloc-00000002"', one), ('"X"', '"eipalloc-00000002"')]
    assert ending(applied.foretold(exchanged)) == "c"
    with applied.change(exchanged) as session:
        with pytest.raises(TerraformError) as caught:
            session.apply()
        assert {refusal.code for refusal in caught.value.refusals} == {"Resource.AlreadyAssociated"}
        for step in ([(one, three)], [(one, three), ('"eipalloc-00000002"', one)], exchanged):
            session.update(applied.stack(step))
            session.apply()
        assert session.plan().is_empty


@pytest.mark.slow
def test_the_state_moves_first(base):
    s3 = '[state]\nbackend = "s3"\nbucket = "acme-state"\n[network]\n'
    found = findings(base.foretold([("[network]\n", s3)]))
    assert [(one.ends, one.steps[0]) for one in found] == [("c", "$ terraform init -migrate-state")]


def test_a_state_and_a_plan_foretell_what_the_configurations_do(tmp_path):
    made = project(tmp_path / "shop")

    def stack(text):
        return stack_of(made.write(text), made.root, made.root / "cdktf.out")

    old = stack(BASE)
    with offline_terraform(old) as session:
        session.apply()
        state = read_document(json.loads(session.run("show", "-json").output))
        assert compare(state, read_document(old)).is_empty
        new = stack(edited(BASE, [(SINGLE, f"public_prefix = 25\n{SINGLE}")]))
        preview = ("preview", "environments/dev.toml", "--stacks", session.folder.parent)
        said = command(made, *preview, **session.environment).stdout
        assert "dev: compared with what is live: 0 added" in said
        assert "refused in place (InvalidSubnet.Conflict): network_public_a" in said
        session.update(new)
        plan = session.plan().json
        found = (
            compare(state, read_document(new)),
            compare(state, read_document(plan), made_first=made_first(plan)),
        )
        assert [ending(one) for one in found] == ["c", "c"]
        assert {*map(str, found[0].differences)} == {*map(str, found[1].differences)}
