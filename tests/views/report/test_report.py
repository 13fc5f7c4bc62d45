"""The report: what it says of the default environment, and that text from users stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from constructs_lib.environment import Environment
from constructs_lib.views.diagram.svg import architecture_svg
from constructs_lib.views.report.report import report_of
from constructs_lib.views.report.structure import CheckFinding
from tests.support.architecture import add, default_document, document_of, drop, environment_of, resource
from tests.support.pictures import environment_with
from tests.support.written_stacks import stack_of

ENVIRONMENT = environment_of()


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def rows_of(text: str, title: str) -> list[list[str]]:
    """The rows of the table below a heading, its head first."""
    part = text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [rows[0], *rows[2:]]


def report_markdown(document: dict[str, Any], environment: Environment | None, **more: Any) -> str:
    return report_of(stack_of(document, environment), **more).markdown()


def report_html(document: dict[str, Any], environment: Environment) -> str:
    return report_of(stack_of(document, environment)).html(svg="<svg></svg>")


def page(document: dict[str, Any]) -> str:
    stack = stack_of(document, ENVIRONMENT)
    return report_of(stack).html(svg=architecture_svg(stack))


def test_the_matrix_says_who_reaches_whom_on_which_port() -> None:
    assert rows_of(report_markdown(default_document(), ENVIRONMENT), "Who reaches whom") == [
        ["from / to", "internet", "inventory", "storefront", "s3", "dynamodb", "logs"],
        ["internet", "-", "-", "80", "-", "-", "-"],
        ["inventory", "-", "-", "-", "443", "443", "443"],
        ["storefront", "443", "8080", "-", "443", "443", "443"],
    ]


def test_a_connection_that_is_cut_leaves_the_matrix() -> None:
    document = default_document()
    drop(document, "aws_vpc_security_group_egress_rule.storefront_to_internal_8080")
    rows = rows_of(report_markdown(document, ENVIRONMENT), "Who reaches whom")
    assert "8080" not in [cell for row in rows for cell in row]


def test_callers_have_their_names_and_doubt_has_a_question_mark() -> None:
    callers = {"legacy": {"security_group_id": "sg-0fedcba9876543210", "calls": ["inventory"]}}
    environment = environment_of(callers=callers)
    text = report_markdown(document_of(environment), environment)
    rows = {row[0]: row for row in rows_of(text, "Who reaches whom")}
    assert "8080?" in rows["legacy"]
    assert "A question mark: only an apply can tell (1 of them)." in text


def test_a_wide_matrix_is_left_to_the_page() -> None:
    environment = environment_with(public=2, protected=14)
    document = document_of(environment)
    text = report_markdown(document, environment)
    assert "it is in report.html" in text
    assert "p13" in Page(report_html(document, environment)).words
    assert len(rows_of(text, "How it gets through")) > 14


def test_a_matrix_that_nobody_could_read_is_left_out() -> None:
    environment = environment_with(public=2, protected=80)
    text = report_html(document_of(environment), environment)
    assert "says little" in text
    assert 'class="wide"' not in text


def test_every_connection_has_the_hops_that_carry_it() -> None:
    ways = {
        (row[0], row[1]): row[3]
        for row in rows_of(report_markdown(default_document(), None), "How it gets through")
    }
    assert "aws_lb.internal admits 8080 from storefront" in ways["storefront", "inventory"]
    assert "aws_nat_gateway.network_nat_a" in ways["storefront", "internet"]


def test_very_many_connections_are_listed_by_their_targets() -> None:
    functions = {f"p{i}": {"source": "x", "exposure": "internal", "paths": [f"/p{i}/*"]} for i in range(40)}
    callers = {f"w{i}": {"source": "x", "calls": ["p0"]} for i in range(40)}
    environment = environment_of(
        functions=functions | callers, load_balancers={"internal": {"shared_listener": True}}
    )
    text = report_markdown(document_of(environment), environment)
    assert (
        "1,840 connections; by target and port, with the way of the first caller." in text
    )  # 40 * 40 + 80 * 3
    rows = {row[1]: row[0] for row in rows_of(text, "How it gets through")[1:]}
    assert rows["p7"] == "w0, w1, w2, w3, w4 and 35 more"
    assert len(rows) == 40 + 3


def test_what_the_internet_reaches_is_listed_with_the_ranges() -> None:
    rows = rows_of(report_markdown(default_document(), ENVIRONMENT), "What the internet reaches")
    assert rows[1:] == [
        ["public", "80", "0.0.0.0/0", "-", "yes"],
        ["storefront", "80", "0.0.0.0/0", r"path pattern /\*", "yes"],
    ]


def test_subnets_have_addresses_zones_tiers_and_routes() -> None:
    rows = rows_of(report_markdown(default_document(), ENVIRONMENT), "Subnets")
    assert rows[1:3] == [
        [
            "`aws_subnet.network_public_a`",
            "`10.0.16.0/24`",
            "us-east-1a",
            "public",
            "251",
            "internet gateway",
        ],
        ["`aws_subnet.network_private_a`", "`10.0.0.0/24`", "us-east-1a", "private", "251", "NAT a"],
    ]
    assert len(rows) == 5


def test_a_subnet_that_leads_nowhere_says_so() -> None:
    document = default_document()
    drop(document, "aws_route.network_private_b")
    rows = {row[0]: row for row in rows_of(report_markdown(document, ENVIRONMENT), "Subnets")}
    assert rows["`aws_subnet.network_private_b`"][-1] == "no way out"


def test_every_rule_of_a_security_group_is_in_words() -> None:
    document = default_document()
    rows = rows_of(report_markdown(document, ENVIRONMENT), "Security group rules")
    written = {row[2]: row[1] for row in rows[1:]}
    kinds = ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")
    assert set(written) == {f"`{kind}.{name}`" for kind in kinds for name in document["resource"][kind]}
    assert written["`aws_vpc_security_group_ingress_rule.public_from_internet_80`"] == (
        "admits TCP 80 from everywhere (0.0.0.0/0)"
    )
    assert written["`aws_vpc_security_group_egress_rule.endpoint_clients_to_s3_443`"] == (
        "lets out TCP 443 to the prefix list of s3"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"from_port": 1024, "to_port": 65535}, "admits TCP 1024 to 65535 from storefront"),
        ({"ip_protocol": "-1"}, "admits everything from storefront"),
        ({"ip_protocol": "udp"}, "admits udp from storefront"),
        ({"from_port": 0, "to_port": 65535}, "admits TCP on every port from storefront"),
    ],
)
def test_ports_and_protocols_are_in_words(change: dict[str, Any], words: str) -> None:
    document = default_document()
    resource(document, "aws_vpc_security_group_ingress_rule.internal_from_storefront_8080").update(change)
    rows = rows_of(report_markdown(document, ENVIRONMENT), "Security group rules")
    assert words in [row[1] for row in rows]


def test_groups_without_openings_are_named() -> None:
    text = report_markdown(default_document(), ENVIRONMENT)
    assert "Without any opening: inventory, the default group of network." in text


def test_every_resource_is_listed_by_its_address() -> None:
    document = default_document()
    rows = rows_of(report_markdown(document, ENVIRONMENT), "Resources")
    expected = [f"`{kind}.{name}`" for kind, named in document["resource"].items() for name in named]
    assert [row[0] for row in rows[1:]] == sorted(expected)


def test_every_promise_of_the_environment_has_its_verdict() -> None:
    document = default_document()
    drop(document, "aws_vpc_security_group_egress_rule.storefront_to_internal_8080")
    text = report_markdown(document, ENVIRONMENT)
    rows = rows_of(text, "What is proven")[1:]
    assert rows[0][:2] == ["storefront calls inventory on 8080", "broken"]
    assert ["only storefront reaches inventory", "kept", ""] in rows
    assert f"{len(rows) - 1} promises kept, 0 depend on what is elsewhere, 1 broken." in text


def test_of_anybodys_document_nothing_is_promised() -> None:
    assert "What is proven" not in report_markdown(default_document(), None)


def test_checkov_has_a_section_only_where_its_findings_are_given() -> None:
    findings = [
        CheckFinding("CKV_AWS_1", "one", "aws_lb.public", "passed"),
        CheckFinding("CKV_AWS_2", "two", "aws_lb.internal", "skipped", "no certificate yet"),
        CheckFinding("CKV_AWS_3", "three", "aws_lb.internal", "failed"),
    ]
    text = report_markdown(default_document(), ENVIRONMENT, checkov=findings)
    assert [row[:2] for row in rows_of(text, "checkov")[1:]] == [
        ["failed", "`CKV_AWS_3`"],
        ["skipped", "`CKV_AWS_2`"],
    ]
    assert "1 failed, 1 skipped, 1 passed." in text
    assert "## checkov" not in report_markdown(default_document(), ENVIRONMENT)


def test_every_rule_of_aws_has_its_figure_verdict_and_source() -> None:
    rows = {row[1]: row for row in rows_of(report_markdown(default_document(), ENVIRONMENT), "AWS rules")}
    assert rows["size of VPCs and subnets"][2:] == [
        "/16 to /28", "E", "kept, 5 resources", "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
    ]  # fmt: skip


def test_the_page_says_the_same_as_the_markdown() -> None:
    words = Page(page(default_document())).words
    assert {
        "Who reaches whom",
        "8080",
        "aws_subnet.network_private_a",
        "NAT a",
        "size of VPCs and subnets",
        "kept, 5 resources",
    } <= set(words)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    found = Page(page(default_document()))
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert {name for name, _ in found.attributes} & {"src", "srcset", "onclick", "onload"} == set()
    links = {value or "" for name, value in found.attributes if name == "href"}
    assert {link for link in links if not link.startswith("#")} == {
        row[-1] for row in rows_of(report_markdown(default_document(), ENVIRONMENT), "AWS rules")[1:]
    }
    assert "url(" not in page(default_document())


def test_text_from_users_is_escaped_in_the_page() -> None:
    document = default_document()
    resource(document, "aws_subnet.network_private_a")["availability_zone"] = "<script>alert(1)</script>"
    resource(document, "aws_lambda_function.inventory")["function_name"] = '"><img src=x onerror=alert(1)>'
    found = Page(page(document))
    assert not {"script", "img"} & set(found.tags)
    assert "<script>alert(1)</script>" in found.words


def test_text_from_users_is_no_markdown() -> None:
    document = default_document()
    resource(document, "aws_subnet.network_private_a")["availability_zone"] = "<b>|*a*`[x](y)"
    zones = [row[2] for row in rows_of(report_markdown(document, ENVIRONMENT), "Subnets")]
    assert r"&lt;b&gt;\|\*a\*\`\[x\](y)" in zones


def test_a_group_that_many_carry_says_so() -> None:
    rows = rows_of(report_markdown(default_document(), ENVIRONMENT), "Security group rules")
    assert "admits TCP 443 from endpoint_clients (carried by 2)" in [row[1] for row in rows]


def test_data_sources_are_counted_apart() -> None:
    document = default_document()
    document["data"] = {"aws_region": {"current": {}}}
    count = sum(len(named) for named in document["resource"].values())
    assert f"{count} resources and 1 data source." in report_markdown(document, ENVIRONMENT)


def test_an_empty_document_has_a_report_too() -> None:
    text = report_markdown({"data": {"aws_region": {"here": {}}}}, None)
    assert "Nothing here reaches anything." in text
    assert "The internet reaches nothing here." in text


def test_equal_documents_give_equal_reports() -> None:
    document = default_document()
    add(document, "aws_kms_key.state", description="state")
    assert report_markdown(document, ENVIRONMENT) == report_markdown(document, ENVIRONMENT)
    assert page(document) == page(document)


def test_addresses_stay_on_one_line_and_the_picture_scrolls_on_small_screens() -> None:
    text = page(default_document())
    assert '<span class="whole">aws_lb.internal</span> admits 8080 from storefront' in text
    assert re.search(r"code\{[^}]*white-space:nowrap", text)
    assert ".whole{white-space:nowrap}" in text
    assert "(max-width:1000px){.picture svg{max-width:none}}" in text


def test_the_source_of_a_rule_is_a_link_with_the_name_of_its_page() -> None:
    link = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
    assert f'<a class="whole page" href="{link}">subnet-sizing</a>' in page(default_document())
