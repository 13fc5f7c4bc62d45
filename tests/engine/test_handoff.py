import json
import shutil
from pathlib import Path

import pytest

from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import load_environment
from constructs_lib.handoff.bundle import build_bundle
from constructs_lib.handoff.delivery.compare import compare
from constructs_lib.handoff.delivery.manifest import read_manifest
from constructs_lib.handoff.delivery.writing import write_bundle
from constructs_lib.handoff.inputs.variables import variables_file, variables_of, with_variables
from constructs_lib.handoff.terraform_tests.tests import mocked_data
from constructs_lib.terraform_json import read_document
from constructs_lib.testing.terraform import available_engines

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "environments").glob("*.toml"), *(ROOT / "examples").glob("*.toml")])
DEV = ROOT / "environments" / "dev.toml"


def hand_over(file, folder):
    """Synthesize and bundle an environment file; give the stack's folder and the bundle's Terraform."""
    return handed_over(file, folder)[:2]


def handed_over(file, folder):
    """What ``hand_over`` gives, and what the data sources answer with."""
    environment = load_environment(file, project_root=ROOT)
    [stack] = synthesize({file.stem: environment}, project_root=ROOT, output=folder / "out").values()
    write_bundle(build_bundle(stack), folder / "bundle")
    return stack.folder, folder / "bundle" / "terraform", mocked_data(environment, stack.document)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_bundle_passes_the_real_engine_alone(file, tmp_path, offline_terraform):
    _, bundle, data = handed_over(file, tmp_path)
    shutil.rmtree(tmp_path / "out")
    terraform = offline_terraform(bundle, data=data)
    terraform.validate()
    terraform.apply()
    assert terraform.plan().is_empty
    tests = terraform.run("test", "-no-color")
    assert (tests.status, "0 failed" in tests.output) == (0, True), tests.output + tests.errors
    terraform.destroy()
    assert terraform.addresses() == []


@pytest.mark.parametrize("engine", available_engines())
def test_the_tests_of_a_bundle_pass_on_every_engine(engine, tmp_path, offline_terraform):
    _, bundle = hand_over(DEV, tmp_path)
    terraform = offline_terraform(bundle, engine=engine)
    terraform.init()
    tests = terraform.run("test", "-no-color")
    assert (tests.status, "0 failed" in tests.output) == (0, True), tests.output + tests.errors


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_bundle_plans_what_the_stack_plans(file, tmp_path, offline_terraform):
    stack, bundle, data = handed_over(file, tmp_path)
    plans = [offline_terraform(folder, data=data).plan() for folder in (stack, bundle)]
    changes = [{a: entry["change"] for a, entry in plan.resource_changes.items()} for plan in plans]
    for change in (change for plan in changes for change in plan.values()):
        change["after"].pop("filename", None)
    assert changes[0] == changes[1]
    assert plans[0].json["planned_values"]["outputs"] == plans[1].json["planned_values"]["outputs"]


def test_the_state_of_a_deployed_stack_fits_the_bundle(tmp_path, offline_terraform):
    stack, bundle = hand_over(DEV, tmp_path)
    terraform = offline_terraform(stack)
    terraform.apply()
    terraform.update(bundle)
    plan = terraform.plan()
    assert (plan.created, plan.deleted, plan.replaced) == ([], [], [])
    assert {address.partition(".")[0] for address in plan.updated} == {
        "aws_lambda_alias",
        "aws_lambda_function",
    }
    before, after = (
        plan.resource_changes["aws_lambda_function.inventory"]["change"][k] for k in ("before", "after")
    )
    assert {name for name in after if after[name] != before[name]} == {"filename"}


def bent(bundle, file, old, new):
    path = bundle / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"internal": true', '"internal": false', "The load balancer internal must not face the internet."),
        ("us-east-1b", "us-east-1a", "The private subnets must lie in 2 availability zones."),
        (
            '"referenced_security_group_id": "${aws_security_group.storefront.id}"',
            '"cidr_ipv4": "0.0.0.0/0"',
            "Only the public load balancer may admit the whole internet.",
        ),
        (
            '"nat_gateway_id": "${aws_nat_gateway.network_nat_a.id}"',
            '"gateway_id": "igw-1"',
            "Private subnets must",
        ),
        ('"map_public_ip_on_launch": false', '"map_public_ip_on_launch": true', "No subnet may give public"),
        ('"${var.inventory_memory_mb}"', "256", "takes memory_size from the input inventory_memory_mb."),
    ],
)
def test_a_bundle_that_breaks_a_promise_fails_its_tests(old, new, message, tmp_path, offline_terraform):
    _, bundle = hand_over(DEV, tmp_path)
    bent(bundle, "main.tf.json", old, new)
    terraform = offline_terraform(bundle)
    terraform.init()
    tests = terraform.run("test", "-no-color")
    assert tests.status == 1
    assert message in " ".join((tests.output + tests.errors).replace("│", "").split())


def test_an_input_changes_what_it_names_and_nothing_else(tmp_path, offline_terraform):
    _, bundle = hand_over(DEV, tmp_path)
    terraform = offline_terraform(bundle)
    terraform.apply()
    (bundle / "terraform.tfvars").write_text("storefront_log_retention_days = 90\n")
    terraform.update(bundle)
    assert terraform.plan().changes == {"aws_cloudwatch_log_group.storefront": ("update",)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("memory_mb = 256", "memory_mb = 512"),
        ("port = 8080", "port = 8081"),
        ('cidr = "10.20.0.0/16"', 'cidr = "10.30.0.0/16"'),
        ('project = "shop"', 'project = "store"'),
        ('availability_zones = ["a", "b"]', 'availability_zones = ["b", "c"]'),
        ("functions.inventory]", "functions.stock]"),
        ("insecure_http = true", 'insecure_http = true\nallowed_cidrs = ["10.0.0.0/8"]'),
    ],
)
def test_a_comparison_foretells_the_plan(old, new, tmp_path, offline_terraform):
    text = DEV.read_text().replace('exposure = "internal"', 'exposure = "internal"\nmemory_mb = 256')
    newer = text.replace(old, new)
    if "stock" in new:
        newer = newer.replace('calls = ["inventory"]', 'calls = ["stock"]')
    assert newer != text
    bundles = []
    for name, content in (("old", text), ("new", newer)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "dev.toml").write_text(content)
        bundles.append(hand_over(tmp_path / name / "dev.toml", tmp_path / name)[1])
    found = compare(*(read_manifest(bundle.parent, field="") for bundle in bundles))
    terraform = offline_terraform(bundles[0])
    terraform.apply()
    terraform.update(bundles[1])
    plan = terraform.plan()
    assert (plan.created, plan.deleted) == ([*found.added], [*found.removed])
    assert plan.replaced == [*found.replaced]
    assert {*found.changed} <= {*plan.updated}


def test_tags_with_template_signs_arrive_as_they_were_written(tmp_path, offline_terraform):
    document = {
        "provider": {
            "aws": [{"region": "eu-west-1", "default_tags": [{"tags": {"owner": '100%%{x} $${y} "z"'}}]}]
        },
        "resource": {"aws_vpc": {"network": {"cidr_block": "10.0.0.0/16"}}},
    }
    variables = variables_of(read_document(document))
    (tmp_path / "main.tf.json").write_text(json.dumps(with_variables(document, variables)))
    (tmp_path / "variables.tf.json").write_text(json.dumps(variables_file(variables)))
    after = offline_terraform(tmp_path).plan().after("aws_vpc.network")
    assert after["tags_all"] == {"owner": '100%{x} ${y} "z"'}


def test_the_tests_are_formatted_as_terraform_formats_them(tmp_path, offline_terraform):
    _, bundle = hand_over(DEV, tmp_path)
    result = offline_terraform(bundle).run("fmt", "-check", "-diff", "-recursive")
    assert (result.status, result.output) == (0, "")
