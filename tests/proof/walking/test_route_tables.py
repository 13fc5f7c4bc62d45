"""Where packets go through a NAT gateway that is in no subnet."""

import pytest

from constructs_lib.proof import Blocked, Carried, Reachability, read_document
from tests.support.projects import SHOP, project

REGIONAL = SHOP.replace('"single"\nnat_zone = "a"', '"regional"')


@pytest.fixture
def document(tmp_path):
    return project(tmp_path).template(REGIONAL).to_dict()


def way_out(document):
    return Reachability(read_document(document)).path("storefront", "internet", 443)


def test_a_regional_nat_gateway_leads_to_the_internet_from_every_zone(document):
    answer = way_out(document)
    assert isinstance(answer, Carried)
    assert "aws_nat_gateway.network_nat serves every zone of aws_vpc.network" in str(answer)


def test_it_needs_an_internet_gateway_of_its_vpc(document):
    document["resource"]["aws_internet_gateway"]["network"]["vpc_id"] = "vpc-0123456789abcdef0"
    assert isinstance(answer := way_out(document), Blocked)
    assert "has no internet gateway" in str(answer)


def test_it_is_in_the_vpc_of_its_subnets(document):
    document["resource"]["aws_nat_gateway"]["network_nat"]["vpc_id"] = "vpc-0123456789abcdef0"
    assert isinstance(way_out(document), Blocked)


def test_a_private_one_leads_nowhere(document):
    document["resource"]["aws_nat_gateway"]["network_nat"]["connectivity_type"] = "private"
    assert isinstance(way_out(document), Blocked)
