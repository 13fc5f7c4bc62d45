"""The pages that a newcomer reads: short where they begin, and every link leads somewhere."""

import re

import boto3
from moto import mock_aws

from constructs_lib.environment import environment_warnings, load_environment
from tests.support.paths import ROOT
from tests.support.projects import project

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_readme_is_read_in_five_minutes():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_every_page_is_linked_from_the_readme():
    linked = set(re.findall(r"\]\(docs/([\w-]+\.md)\)", (ROOT / "README.md").read_text()))
    assert linked == {page.name for page in PAGES[1:]}


def test_every_link_and_every_file_named_leads_somewhere():
    missing = []
    for page in PAGES:
        text = page.read_text()
        targets = re.findall(r"\]\(([^)#:]+)(?:#[\w-]*)?\)", text)
        missing += [(page.name, target) for target in targets if not (page.parent / target).exists()]
        named = re.findall(r"`((?:environments|examples|constructs_lib|tests|docs)/[\w./-]+)`", text)
        missing += [(page.name, name) for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_every_command_is_in_the_table_of_commands():
    from constructs_lib.cli import app

    table = (ROOT / "docs" / "commands.md").read_text()
    assert {command.name for command in app.registered_commands} == set(
        re.findall(r"^\| `(\w+)", table, re.M)
    )


def test_what_the_page_of_triggers_shows_is_in_order_and_its_consumer_returns_what_failed(tmp_path):
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", (ROOT / "docs" / "triggers.md").read_text(), re.M | re.S)
    tables = [text for kind, text in blocks if kind == "toml"]
    head, _, report, events, _ = tables
    consumer, reporter = [text for kind, text in blocks if kind == "python" and "def handler" in text]
    made = project(tmp_path)
    made.function("worker", consumer)
    made.function("report", reporter)
    text = (head + report + events).replace("lambda_src/", "src/")
    environment = load_environment(made.write(text), project_root=made.root)
    assert [*environment.functions["worker"].triggers] == ["orders", "stopped", "uploads", "news"]
    assert environment_warnings(environment) == []

    names: dict = {}
    exec(consumer, names)
    records = [{"messageId": "1", "body": '{"sku": "apple"}'}, {"messageId": "2", "body": "{}"}]
    assert names["handler"]({"Records": records}, None) == {"batchItemFailures": [{"itemIdentifier": "2"}]}


@mock_aws
def test_the_code_that_the_page_of_security_shows_reads_the_secret_by_its_arn(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    made = boto3.client("secretsmanager").create_secret(Name="shop/db", SecretString="apple")
    monkeypatch.setenv("DB_PASSWORD_ARN", made["ARN"])
    text = (ROOT / "docs" / "security.md").read_text()
    [code] = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    names: dict = {}
    exec(code, names)
    assert names["password"] == "apple"

    boto3.client("ssm").put_parameter(Name="/shop/key", Value="pear", Type="SecureString")
    arn = boto3.client("ssm").get_parameter(Name="/shop/key")["Parameter"]["ARN"]
    monkeypatch.setenv("API_KEY_ARN", arn)
    [line] = re.findall(r"Of a parameter: `(.+)`\.", text)
    assert eval(line, names) == "pear"
