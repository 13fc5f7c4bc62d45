"""The bundle of an environment by the real engine: its own tests, its inputs, what a newer one changes."""

import json
import shutil

import pytest

from constructs_lib.environment import Environment, load_environment
from constructs_lib.handoff.inputs.variables import variables_file, variables_of, with_variables
from constructs_lib.terraform_json import read_document
from constructs_lib.testing.terraform import offline_terraform as offline_terraform_of
from constructs_lib.views.changes.comparison import compare
from tests.support.handoffs import hand_over
from tests.support.paths import ROOT
from tests.support.terraform.stacks import stack_of as stack_of_file

DEV = ROOT / "environments" / "dev.toml"


@pytest.fixture
def bundle(bundle_of, tmp_path):
    """The Terraform of the default environment's bundle, to be changed."""
    return shutil.copytree(bundle_of(DEV) / "terraform", tmp_path / "terraform")


def test_the_tests_of_a_bundle_pass_on_every_engine(bundle, terraform_on_each):
    terraform = terraform_on_each(bundle)
    terraform.init()
    tests = terraform.run("test", "-no-color")
    assert (tests.status, "0 failed" in tests.output) == (0, True), tests.output + tests.errors


def test_the_tests_of_a_stack_that_is_all_python_pass_and_it_is_applied(
    tmp_path, stack_of, offline_terraform
):
    bundle = hand_over(None, stack_of(ROOT / "examples" / "composed.py"), tmp_path / "bundle")
    terraform = offline_terraform(bundle / "terraform")
    terraform.init()
    tests = terraform.run("test", "-no-color")
    assert (tests.status, "0 failed" in tests.output) == (0, True), tests.output + tests.errors
    terraform.apply()
    assert terraform.plan().is_empty


def test_the_state_of_a_deployed_stack_fits_the_bundle_with_all_its_inputs(tmp_path, offline_terraform):
    bundle = bundled(WITH_EVERY_INPUT, tmp_path / "rich")
    terraform = offline_terraform(tmp_path / "rich" / "out" / "stacks" / "dev")
    terraform.apply()
    terraform.update(bundle / "terraform")
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


def said_by_tests(terraform):
    terraform.init()
    tests = terraform.run("test", "-no-color")
    assert tests.status == 1
    return " ".join((tests.output + tests.errors).replace("│", "").split())


def test_an_input_that_reaches_nothing_and_one_that_is_wrong_fail_the_tests(bundle, offline_terraform):
    pinned = {"resource": {"aws_lambda_function": {"inventory": {"memory_size": 256}}}}
    (bundle / "memory_override.tf.json").write_text(json.dumps(pinned))
    terraform = offline_terraform(bundle)
    assert "aws_lambda_function.inventory takes memory_size from the input" in said_by_tests(terraform)
    (bundle / "terraform.tfvars").write_text(
        "storefront_memory_mb = 64\n"
        'storefront_environment = { INVENTORY_URL = "http://elsewhere" }\n'
        "public_idle_timeout_s = 2\n"
    )
    terraform.update(bundle)
    said = said_by_tests(terraform)
    assert [
        words
        for words in (
            "AWS Lambda takes whole numbers from 128 to 10240 MB.",
            "INVENTORY_URL is set already",
            "not below the timeout of a function behind it",
        )
        if words not in said
    ] == []


WITH_EVERY_INPUT = (
    DEV.read_text().replace(
        "insecure_http = true", 'domain = "shop.example.com"\nzone_id = "Z0123456789ABCDEFGHIJ"'
    )
    + """
[alarms]
topic_arn = "arn:aws:sns:us-east-1:123456789012:on-call"
[functions.storefront.environment]
GREETING = 'a ${x} %{y} & <b> "z" \\'
[services.web]
image = "public.ecr.aws/docker/library/nginx:1"
container_port = 8000
exposure = "internal"
port = 8000
calls = ["inventory"]
[services.web.environment]
GREETING = 'a ${x} %{y} "z" \\'
"""
)
TEXT = DEV.read_text().replace('exposure = "internal"', 'exposure = "internal"\nmemory_mb = 256')


def bundled(text, folder):
    """The bundle of an environment file's text."""
    folder.mkdir()
    file = folder / "dev.toml"
    file.write_text(text)
    environment = load_environment(file, project_root=ROOT)
    return hand_over(environment, stack_of_file(file, ROOT, folder / "out"), folder / "bundle")


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """A bundle and Terraform that has applied it; its tests only plan."""
    bundle = bundled(TEXT, tmp_path_factory.mktemp("deployed") / "old")
    with offline_terraform_of(bundle / "terraform") as session:
        session.apply()
        yield bundle, session


def test_an_input_changes_what_it_names_and_nothing_else(deployed, tmp_path):
    bundle, session = deployed
    changed = shutil.copytree(bundle / "terraform", tmp_path / "terraform")
    (changed / "terraform.tfvars").write_text("storefront_log_retention_days = 90\n")
    session.update(changed)
    assert session.plan().changes == {"aws_cloudwatch_log_group.storefront": ("update",)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("memory_mb = 256", "memory_mb = 512"),
        ("port = 8080", "port = 8081"),
        ('cidr = "10.20.0.0/16"', 'cidr = "10.30.0.0/16"'),
        ('project = "shop"', 'project = "store"'),
        ('availability_zones = ["a", "b"]', 'availability_zones = ["a", "c"]'),
        ("functions.inventory]", "functions.stock]"),
        ("insecure_http = true", 'insecure_http = true\nallowed_cidrs = ["10.0.0.0/8"]'),
    ],
)
def test_a_comparison_foretells_the_plan(old, new, deployed, tmp_path):
    newer = TEXT.replace(old, new)
    if "stock" in new:
        newer = newer.replace('calls = ["inventory"]', 'calls = ["stock"]')
    assert newer != TEXT
    (bundle, session), changed = deployed, bundled(newer, tmp_path / "new")
    found = compare(*(read_document(folder / "terraform") for folder in (bundle, changed)))
    session.update(changed / "terraform")
    plan = session.plan()
    assert (plan.created, plan.deleted) == ([*found.addresses("create")], [*found.addresses("delete")])
    assert plan.replaced == [*found.addresses("replace")]
    assert {*found.addresses("update")} <= {*plan.updated}


def test_tags_with_template_signs_arrive_as_they_were_written(tmp_path, offline_terraform):
    document = {
        "provider": {
            "aws": [{"region": "eu-west-1", "default_tags": [{"tags": {"owner": '100%%{x} $${y} "z"'}}]}]
        },
        "resource": {"aws_vpc": {"network": {"cidr_block": "10.0.0.0/16"}}},
    }
    environment = Environment(project="shop", environment="dev", region="eu-west-1")
    variables = variables_of(read_document(document), environment)
    (tmp_path / "main.tf.json").write_text(json.dumps(with_variables(document, variables)))
    (tmp_path / "variables.tf.json").write_text(json.dumps(variables_file(variables)))
    after = offline_terraform(tmp_path).plan().after("aws_vpc.network")
    assert after["tags_all"] == {"owner": '100%{x} ${y} "z"'}


def test_the_tests_are_formatted_as_terraform_formats_them(bundle, offline_terraform):
    result = offline_terraform(bundle).run("fmt", "-check", "-diff", "-recursive")
    assert (result.status, result.output) == (0, "")
