"""A state: ids alone join it."""

from __future__ import annotations

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.proof import Blocked, Carried, Reachability
from constructs_lib.terraform_json import Unknown, read_document
from constructs_lib.terraform_json.addresses import without_keys
from tests.support.shown import instance, state_of

VPC, SUBNET, GROUP = "vpc-00000000000000001", "subnet-00000000000000001", "sg-00000000000000001"
OTHER, ACL = "sg-00000000000000003", "acl-00000000000000001"
NETWORK = [
    instance("module.net[0].aws_vpc.v", {"id": VPC, "default_security_group_id": "sg-00000000000000009"}),
    instance("aws_subnet.s", {"id": SUBNET, "vpc_id": VPC, "cidr_block": "10.0.0.0/24"}),
]


def group(address: str, identity: str, **rules: object) -> dict[str, object]:
    return instance(address, {"id": identity, "vpc_id": VPC, "ingress": [], "egress": [], **rules})


def rule(**values: object) -> dict[str, object]:
    given = {"cidr_blocks": [], "security_groups": [], "self": False, "description": "", "protocol": "tcp"}
    return {**given, "ipv6_cidr_blocks": [], "prefix_list_ids": [], **values}


def test_known_ids_are_the_instances_that_have_them() -> None:
    document = read_document(state_of(*NETWORK, group("aws_security_group.g", GROUP)))
    assert document.kind == "state"
    assert document.blocks["aws_subnet.s"].ref("vpc_id") == "module.net[0].aws_vpc.v"
    assert document.blocks["aws_subnet.s"].get("id") == SUBNET


def test_an_address_that_a_gateway_takes_is_the_elastic_ip() -> None:
    identity = "eipalloc-00000000000000001"
    nat = instance("aws_nat_gateway.a", {"id": "nat-00000000000000001", "allocation_id": identity})
    document = read_document(
        state_of(nat, instance("aws_eip.e", {"id": identity, "allocation_id": identity}))
    )
    assert document.blocks["aws_nat_gateway.a"].ref("allocation_id") == "aws_eip.e"


def test_an_empty_text_counts_as_not_given_and_a_dollar_is_no_expression() -> None:
    values = {"gateway_id": "", "tags": {"Note": "${aws_vpc.v.id}"}, "route": [{"nat_gateway_id": ""}]}
    block = read_document(state_of(*NETWORK, instance("aws_x.y", values))).blocks["aws_x.y"]
    assert not block.has("gateway_id")
    assert block.get("tags") == {"Note": "${aws_vpc.v.id}"}
    assert not block.blocks("route")[0].has("nat_gateway_id")


def test_a_rule_that_stands_inside_its_group_and_beside_it_is_one_rule() -> None:
    own = rule(from_port=80, to_port=80, cidr_blocks=["10.0.0.0/8", "192.0.2.0/24"], self=True)
    standalone = {"security_group_id": GROUP, "ip_protocol": "tcp", "from_port": 80, "to_port": 80}
    document = read_document(
        state_of(
            *NETWORK,
            group("aws_security_group.g", GROUP, ingress=[own]),
            instance("aws_vpc_security_group_ingress_rule.a", {**standalone, "cidr_ipv4": "10.0.0.0/8"}),
            instance(
                "aws_vpc_security_group_ingress_rule.b", {**standalone, "referenced_security_group_id": GROUP}
            ),
        )
    )
    [left] = document.blocks["aws_security_group.g"].blocks("ingress")
    assert (left.texts("cidr_blocks"), left.flag("self", True)) == (("192.0.2.0/24",), False)


def test_a_route_and_an_entry_that_stand_beside_their_table_and_acl_are_one() -> None:
    route = {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-00000000000000001"}
    entry = {"rule_no": 100, "action": "allow", "protocol": "-1"}
    document = read_document(
        state_of(
            *NETWORK,
            instance("aws_route_table.t", {"id": "rtb-00000000000000001", "route": [route]}),
            instance(
                "aws_route.r",
                {"route_table_id": "rtb-00000000000000001", "destination_cidr_block": "0.0.0.0/0"},
            ),
            instance("aws_network_acl.n", {"id": ACL, "ingress": [entry], "egress": [entry]}),
            instance(
                "aws_network_acl_rule.e",
                {"network_acl_id": ACL, "rule_number": 100, "egress": False},
            ),
        )
    )
    assert not document.blocks["aws_route_table.t"].blocks("route")
    acl = document.blocks["aws_network_acl.n"]
    assert (len(acl.blocks("ingress")), len(acl.blocks("egress"))) == (0, 1)


def test_what_waits_for_what_is_known_and_a_lifecycle_is_not() -> None:
    for waiting in ("aws_x.y", "module.net[0].aws_x.y"):
        made = instance(waiting, {}, depends_on=["module.net.aws_vpc.v"])
        document = read_document(state_of(*NETWORK, made))
        assert document.references.waits_for(without_keys(waiting)) == {"module.net.aws_vpc.v"}


def test_what_is_deployed_answers_who_reaches_whom() -> None:
    def function(name: str, carried: str) -> dict[str, object]:
        config = {"subnet_ids": [SUBNET], "security_group_ids": [carried]}
        return instance(f"aws_lambda_function.{name}", {"function_name": name, "vpc_config": [config]})

    opened = rule(from_port=5432, to_port=5432, security_groups=[GROUP])
    answers = Reachability(
        state_of(
            *NETWORK,
            function("one", GROUP),
            instance("aws_db_instance.d", {"vpc_security_group_ids": ["sg-00000000000000002"]}),
            group("aws_security_group.g", GROUP, egress=[rule(protocol="-1", cidr_blocks=["0.0.0.0/0"])]),
            group("aws_security_group.d", "sg-00000000000000002", ingress=[opened]),
        )
    )
    assert isinstance(answers.path("one", "aws_db_instance.d", 5432), Carried)
    assert isinstance(answers.path("one", "aws_db_instance.d", 5433), Blocked)


def test_terraforms_own_state_file_and_an_empty_state_are_refused() -> None:
    raw = {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "resources": []}
    with pytest.raises(ConfigError, match=r"terraform show -json > state.json"):
        read_document(raw)
    with pytest.raises(ConfigError, match="nothing to judge"):
        read_document({"format_version": "1.0"})


def test_an_id_of_nothing_in_the_state_stays_what_it_is() -> None:
    document = read_document(state_of(*NETWORK, instance("aws_x.y", {"security_groups": [OTHER]})))
    assert document.blocks["aws_x.y"].refs("security_groups") == (OTHER,)
    assert not isinstance(document.blocks["aws_x.y"].refs("security_groups")[0], Unknown)
