import re

import pytest

from constructs_lib.environment import Environment, Function
from constructs_lib.handoff.identity import of_environment
from constructs_lib.handoff.inputs.variables import variables_of
from constructs_lib.handoff.readme.checks import afterwards
from constructs_lib.handoff.readme.whole import readme
from constructs_lib.views import markdown
from constructs_lib.views.written_stack import WrittenStack
from tests.support.handoffs import handed_over
from tests.support.projects import SHOP
from tests.support.written_stacks import read

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"
PROD = (
    SHOP.replace('region = "eu-west-1"', 'region = "eu-west-1"\naccount_id = "123456789012"')
    .replace("insecure_http = true", f'certificate_arn = "{CERTIFICATE}"\ndeletion_protection = true')
    .replace("[network]", '[state]\nbackend = "s3"\nbucket = "acme-state"\n[network]')
    .replace('paths = ["/*"]', 'paths = ["/products/*", "/it\'s$5"]')
    + '\n[callers.web]\nsecurity_group_id = "sg-0123456789abcdef0"\ncalls = ["inventory"]\n'
)


def written(environment, document):
    stack = WrittenStack("dev", document, environment)
    return readme(of_environment(environment), stack, variables_of(document, environment))


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    stack = handed_over(tmp_path_factory.mktemp("dev"))
    return written(stack.intent, stack.document)


@pytest.fixture(scope="module")
def prod(tmp_path_factory):
    stack = handed_over(tmp_path_factory.mktemp("prod"), PROD, "prod")
    return written(stack.intent, stack.document)


def chapter(text, title):
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_chapters_follow_the_life_of_a_deployment(dev):
    assert re.findall("^## (.+)", dev, re.MULTILINE) == [
        "What is in here",
        "What runs",
        "What each workload may do",
        "Before the first apply",
        "Permissions",
        "Apply",
        "State",
        "Inputs",
        "Outputs",
        "Check it",
        "Watch it",
        "Upgrade",
        "What a change interrupts",
        "Roll back",
        "Destroy",
    ]


def test_workloads_are_listed_with_who_reaches_them_where(prod):
    rows = chapter(prod, "What runs").strip().splitlines()[2:]
    assert rows == [
        "| inventory | internal load balancer, port 8080 | storefront, web |  |",
        "| storefront | public load balancer, port 443, `/products/*`, `/it's$5` "
        "| the internet | inventory |",
        "| web | exists already, `sg-0123456789abcdef0` |  | inventory |",
    ]


def test_what_must_exist_is_named(prod):
    lines = chapter(prod, "Before the first apply").splitlines()
    assert [line for line in lines if line.startswith("# ")] == [
        "# the account 123456789012 (prints 123456789012)",
        "# the bucket acme-state for the state, versioned (prints Enabled)",
        "# the security group sg-0123456789abcdef0, which calls (prints its VPC)",
        f"# the certificate {CERTIFICATE} (prints ISSUED)",
    ]
    assert "the account 123456789012; any other is refused" in "\n".join(lines)


def test_a_local_state_and_one_in_s3_are_explained_with_partial_configuration(dev, prod):
    assert '-backend-config="path=../../shop-dev.tfstate"' in chapter(dev, "State")
    assert "`terraform/terraform.tfstate`" in chapter(dev, "State")
    assert "`s3://acme-state/shop/prod.tfstate`" in chapter(prod, "State")
    assert '-backend-config="bucket=another-bucket"' in chapter(prod, "State")


def test_inputs_are_listed_with_their_defaults(prod):
    rows = chapter(prod, "Inputs").strip().splitlines()
    names = [row.split("`")[1] for row in rows if row.startswith("| `")]
    assert names == [
        "internal_deletion_protection",
        "internal_idle_timeout_s",
        "inventory_environment",
        "inventory_log_retention_days",
        "inventory_memory_mb",
        "inventory_timeout_s",
        "public_certificate_arn",
        "public_deletion_protection",
        "public_idle_timeout_s",
        "storefront_environment",
        "storefront_log_retention_days",
        "storefront_memory_mb",
        "storefront_timeout_s",
        "tags",
    ]
    assert f"`{CERTIFICATE}`" in chapter(prod, "Inputs")


def test_every_public_path_is_asked_for_in_words_that_a_shell_takes(prod):
    asked = [line for line in chapter(prod, "Check it").splitlines() if "public_url" in line]
    assert [line.split('public_url)"')[1] for line in asked] == [
        "/products/   # storefront",
        "'/it'\"'\"'s$5'   # storefront",
    ]
    assert all(" --insecure " in line for line in asked)


def test_hosts_are_asked_for_at_the_load_balancer_and_a_wrong_one_too(tmp_path):
    hosts = 'hosts = ["a.example.com", "*.b.example.com"]'
    stack = handed_over(tmp_path, PROD.replace('paths = ["/products/*", "/it\'s$5"]', hosts), "prod")
    text = written(stack.intent, stack.document)
    asked = [line for line in chapter(text, "Check it").splitlines() if "public_url" in line]
    assert [line.split("public_url")[1] for line in asked] == [
        ' | cut -d/ -f3):" https://a.example.com/   # storefront',
        ' | cut -d/ -f3):" https://x.b.example.com/   # storefront',
        ")\" -H 'Host: other.invalid'   # 404: no workload has this host",
    ]
    assert "| storefront | public load balancer, port 443, `a.example.com/*`, `*.b.example.com/*` |" in text
    before = chapter(text, "Before the first apply")
    assert "certificates that together cover `a.example.com`, `*.b.example.com`" in before
    assert "the DNS of `a.example.com`, `*.b.example.com`" in before


def test_internal_workloads_are_asked_for_from_their_callers(dev):
    assert 'curl -sS -m 5 "$INTERNAL_URL":8080/   # inventory, from storefront' in chapter(dev, "Check it")


def test_a_vpc_that_existed_before_brings_import_blocks(tmp_path, dev):
    stack = handed_over(tmp_path)
    content = {**stack.document.content, "data": {"aws_vpc": {"network": {}}}}
    blocks = chapter(written(stack.intent, read(content)), "Adopt what exists")
    assert 'import {\n  to = aws_subnet.network_private_a\n  id = "subnet-..."\n}' in blocks
    assert "aws_lambda_function" not in blocks
    assert "Adopt what exists" not in dev


def test_nobody_is_told_where_or_by_whom_it_was_made(tmp_path, dev):
    assert [word for word in (str(tmp_path), "/tmp", "/home", "/root") if word in dev] == []


def test_text_can_not_break_out_of_a_table_or_code():
    assert markdown.table(["a"], [["x|y\nz"]]) == "| a |\n| --- |\n| x\\|y z |"
    assert markdown.code("a`b") == "`` a`b ``"
    assert (markdown.value(""), markdown.value({}), markdown.value("x")) == ('`""`', "`{}`", "`x`")


def test_commands_that_differ_in_a_name_only_are_not_repeated_without_end():
    functions = {f"f{n}": {"function_name": f"shop-dev-f{n}"} for n in range(20)}
    environment = Environment(project="shop", environment="dev", region="eu-west-1")
    found = afterwards(environment, read({"resource": {"aws_lambda_function": functions}}))
    assert found.count("aws lambda invoke") == 6
    assert "likewise for the others of 20" in found


def test_repositories_that_are_made_here_come_before_their_images(tmp_path):
    stack = handed_over(tmp_path)
    resources = {**stack.document.content["resource"], "aws_ecr_repository": {"web": {}}}
    content = {**stack.document.content, "resource": resources}
    first = chapter(written(stack.intent, read(content)), "Apply")
    assert first.index("-target=aws_ecr_repository.web") < first.index("terraform plan")


def test_only_the_name_of_the_load_balancer_itself_fails_verification():
    environment = Environment(project="shop", environment="dev", region="eu-west-1")
    environment = environment.model_copy(
        update={"functions": {"f": Function(source="x", exposure="public", paths=["/*"])}}
    )
    for url, insecure in (
        ("https://${aws_lb.public.dns_name}", True),
        ("https://shop.example.com", False),
        ("http://${aws_lb.public.dns_name}", False),
    ):
        found = afterwards(environment, read({"output": {"public_url": {"value": url}}}))
        assert ("--insecure" in found) is insecure
