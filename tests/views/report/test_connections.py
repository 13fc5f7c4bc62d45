"""The list of connections: one line for those of a workload that differ only in the service."""

from __future__ import annotations

from constructs_lib.views.report.connections import Connections
from tests.support.architecture import default_document, document_of, environment_of
from tests.support.projects import SHOP, project
from tests.support.written_stacks import stack_of


def ways(document, environment):
    [(_, table)] = Connections(stack_of(document, environment)).ways().tables
    return {row[:3]: row[3] for row in table.rows}


def test_services_by_the_same_kind_of_way_are_one_line():
    found = ways(default_document(), environment_of())
    assert [key for key in found if key[0] == "inventory"] == [
        ("inventory", "s3, dynamodb", "443"),
        ("inventory", "logs", "443"),
    ]
    assert found["inventory", "s3, dynamodb", "443"].splitlines() == [
        "inventory lets out 443 to the service",
        "aws_subnet.network_private_a has the route of its endpoint",
    ]


def test_a_service_alone_keeps_its_name_in_the_way():
    environment = environment_of(network={"endpoints": {"interface": ["logs"], "gateway": ["s3"]}})
    found = ways(document_of(environment), environment)
    assert found["inventory", "s3", "443"].splitlines()[0] == "inventory lets out 443 to s3"


def test_what_a_web_acl_filters_is_said(tmp_path):
    acl = 'web_acl_arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0f5b7a1c"'
    shop = project(tmp_path)
    for text, said in (
        (SHOP, False),
        (SHOP.replace("insecure_http = true", f"insecure_http = true\n{acl}"), True),
    ):
        intro = Connections(stack_of(shop.template(text).to_dict())).exposures().intro
        assert ("A web ACL of WAF filters what reaches public." in intro) is said
