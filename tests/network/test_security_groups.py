import pytest

from constructs_lib import INTERNET, AddressRange, ConfigError, PrefixList, SecurityGroup, allow
from constructs_lib.bindings import Construct
from constructs_lib.network.security_groups import create_security_group
from constructs_lib.testing import Match, Template
from tests.support.building import new_stack

INGRESS, EGRESS = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"


@pytest.fixture
def stack():
    return new_stack()


def group(stack, name):
    construct = Construct(stack, name)
    return create_security_group(construct, name=f"shop-dev-{name}", description=name, vpc_id="vpc-1")


def test_a_new_group_is_closed_in_both_directions(stack):
    group(stack, "web")
    template = Template.from_stack(stack)
    assert not {"ingress", "egress"} & set(template.one("aws_security_group"))
    template.assert_count(INGRESS, 0)
    template.assert_count(EGRESS, 0)


def test_a_replaced_group_exists_before_the_old_one_goes(stack):
    group(stack, "web")
    Template.from_stack(stack).one(
        "aws_security_group",
        name_prefix="shop-dev-web-",
        name=Match.absent(),
        lifecycle={"create_before_destroy": True},
    )


def test_allow_opens_the_port_on_both_sides_and_nothing_else(stack):
    allow(group(stack, "web"), group(stack, "db"), 5432)
    template = Template.from_stack(stack)
    ports = {"ip_protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_ipv4": Match.absent()}
    egress = template.one(
        EGRESS,
        security_group_id=Match.ref("aws_security_group.web", "id"),
        referenced_security_group_id=Match.ref("aws_security_group.db", "id"),
        **ports,
    )
    ingress = template.one(
        INGRESS,
        security_group_id=Match.ref("aws_security_group.db", "id"),
        referenced_security_group_id=Match.ref("aws_security_group.web", "id"),
        **ports,
    )
    assert (egress.address, ingress.address) == (f"{EGRESS}.web_to_db_5432", f"{INGRESS}.db_from_web_5432")


def test_a_caller_that_exists_already_gets_only_our_side(stack):
    allow(SecurityGroup("legacy", "sg-0123456789abcdef0"), group(stack, "db"), 5432)
    template = Template.from_stack(stack)
    template.assert_count(EGRESS, 0)
    template.one(INGRESS, referenced_security_group_id="sg-0123456789abcdef0")


def test_a_callee_that_exists_already_gets_only_our_side(stack):
    allow(group(stack, "web"), SecurityGroup("legacy", "sg-0123456789abcdef0"), 5432)
    template = Template.from_stack(stack)
    template.assert_count(INGRESS, 0)
    template.one(EGRESS, referenced_security_group_id="sg-0123456789abcdef0")


@pytest.mark.parametrize(
    ("target", "key", "value"),
    [
        (INTERNET, "cidr_ipv4", "0.0.0.0/0"),
        (AddressRange("office", "192.0.2.0/24"), "cidr_ipv4", "192.0.2.0/24"),
        (PrefixList("s3", "pl-1234"), "prefix_list_id", "pl-1234"),
    ],
)
def test_address_ranges_and_prefix_lists_are_targets_too(stack, target, key, value):
    allow(group(stack, "web"), target, 443)
    Template.from_stack(stack).one(EGRESS, **{key: value}, referenced_security_group_id=Match.absent())


def test_the_same_permission_twice_is_an_error_that_names_the_address(stack):
    web, database = group(stack, "web"), group(stack, "db")
    allow(web, database, 5432)
    with pytest.raises((ConfigError, RuntimeError), match="web_to_db_5432"):
        allow(web, database, 5432)


@pytest.mark.parametrize("cidr", ["everybody", "10.0.0.1/8", "10.0.0.0", "::/0"])
def test_a_range_that_is_no_ipv4_block_is_refused_where_it_is_written(cidr):
    with pytest.raises(ConfigError, match=r"AddressRange\('office'\)\.cidr"):
        AddressRange("office", cidr)


@pytest.mark.parametrize("port", [0, 65536, True])
def test_what_is_no_port_is_refused(stack, port):
    with pytest.raises(ConfigError, match="a TCP port is 1 to 65535"):
        allow(group(stack, "web"), INTERNET, port)
