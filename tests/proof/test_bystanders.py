"""What stands beside the architecture and is not understood turns a no into "cannot tell"."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.figures.without_traffic import WITHOUT_TRAFFIC, reason_without_traffic
from constructs_lib.proof import CannotTell, Carried, Reachability
from constructs_lib.proof.reading import _bystanders as bystanders
from constructs_lib.testing import Template, assert_exposed_only, assert_unreachable
from constructs_lib.testing.terraform.schema import BindingSchemas, default_cache_directory
from tests.support.bindings_schema import naming_attributes
from tests.support.stacks_written import ROOT, Written, written

MODULE = {"source": "./open", "security_group_id": "${aws_security_group.internal.id}"}


@pytest.fixture(scope="module")
def callers() -> Written:
    return written()["ecs-caller"]


def beside(one: Written, kind: str, body: dict) -> dict:
    return one.having({f"{kind}.beside": body})


def with_module(one: Written, body: dict) -> dict:
    return {**one.document, "module": {"open": body}}


def uncertain(one: Written, document: dict) -> dict[str, str]:
    proof = one.prove(document)
    assert not proof.broken
    return {promise.sentence: promise.why for promise in proof.uncertain}


def test_what_the_generator_writes_has_no_bystander():
    for one in written().values():
        assert Reachability(one.document).model.bystanders == (), one.name


def test_a_module_that_is_given_a_security_group_is_named_in_every_promise_about_it(callers):
    doubts = uncertain(callers, with_module(callers, MODULE))
    assert "only storefront and web reach inventory" in doubts
    assert "aws_security_group.internal opens nothing that is not declared" in doubts
    assert all("module.open" in why for why in doubts.values())


def test_a_module_that_touches_nothing_of_the_architecture_changes_no_answer(callers):
    document = with_module(callers, {"source": "./queue", "name": "orders"})
    assert callers.prove(document).uncertain == callers.proof.uncertain


def test_a_reference_through_a_local_value_counts(callers):
    document = {**with_module(callers, {**MODULE, "security_group_id": "${local.group}"})}
    document["locals"] = {**document.get("locals", {}), "group": MODULE["security_group_id"]}
    assert uncertain(callers, document) == uncertain(callers, with_module(callers, MODULE))


def test_an_instance_with_a_callers_group_is_a_caller_that_nobody_declared(callers):
    body = {
        "ami": "ami-1",
        "instance_type": "t3.micro",
        "subnet_id": "${aws_subnet.network_private_a.id}",
        "vpc_security_group_ids": ["${aws_security_group.web.id}"],
    }
    broken = callers.prove(beside(callers, "aws_instance", body)).broken
    assert {promise.kind for promise in broken} >= {"closed", "opening"}
    assert any("aws_instance.beside reaches it" in promise.why for promise in broken)


@pytest.mark.parametrize("kind", ["aws_apigatewayv2_vpc_link", "aws_api_gateway_vpc_link"])
def test_a_vpc_link_with_a_callers_group_may_be_a_caller(callers, kind):
    body = {"name": "x", "security_group_ids": ["${aws_security_group.web.id}"], "subnet_ids": []}
    doubts = uncertain(callers, beside(callers, kind, body))
    assert any("leads from an API Gateway" in why for why in doubts.values())


def test_an_instance_that_is_open_to_the_world_is_exposed():
    document = {
        "resource": {
            "aws_vpc": {"v": {"cidr_block": "10.0.0.0/16"}},
            "aws_internet_gateway": {"i": {"vpc_id": "${aws_vpc.v.id}"}},
            "aws_subnet": {"s": {"vpc_id": "${aws_vpc.v.id}", "cidr_block": "10.0.0.0/24"}},
            "aws_route_table": {
                "t": {
                    "vpc_id": "${aws_vpc.v.id}",
                    "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "${aws_internet_gateway.i.id}"}],
                }
            },
            "aws_route_table_association": {
                "a": {"subnet_id": "${aws_subnet.s.id}", "route_table_id": "${aws_route_table.t.id}"}
            },
            "aws_security_group": {
                "open": {
                    "vpc_id": "${aws_vpc.v.id}",
                    "ingress": [
                        {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}
                    ],
                }
            },
            "aws_instance": {
                "bastion": {
                    "subnet_id": "${aws_subnet.s.id}",
                    "associate_public_ip_address": True,
                    "vpc_security_group_ids": ["${aws_security_group.open.id}"],
                }
            },
        }
    }
    template = Template.from_json(json.dumps(document))
    with pytest.raises(AssertionError, match=r"aws_instance\.bastion"):
        assert_exposed_only(template, [])
    assert_exposed_only(template, {"aws_instance.bastion": 22})


# Resolved to a function they are understood; else they stay bystanders.
_EVENT_SOURCES = (
    "aws_cloudwatch_event_target",
    "aws_lambda_event_source_mapping",
    "aws_s3_bucket_notification",
    "aws_scheduler_schedule",
    "aws_sns_topic_subscription",
)
WAYS_IN = {
    "aws_apigatewayv2_vpc_link": {"security_group_ids": ["${aws_security_group.internal.id}"]},
    "aws_cloudfront_vpc_origin": {"vpc_origin_endpoint_config": [{"arn": "${aws_lb.internal.arn}"}]},
    "aws_globalaccelerator_endpoint_group": {
        "endpoint_configuration": [{"endpoint_id": "${aws_lb.internal.arn}"}]
    },
    "aws_vpc_endpoint_service": {"network_load_balancer_arns": ["${aws_lb.internal.arn}"]},
}


def test_a_way_in_that_is_not_followed_is_never_a_no(callers):
    for kind, body in WAYS_IN.items():
        document = beside(callers, kind, body)
        template = Template.from_json(json.dumps(document))
        with pytest.raises(AssertionError, match=rf"{kind}\.beside"):
            assert_unreachable(template, "internet", "inventory", 80)


def test_the_modelled_types_are_those_that_the_readers_read():
    sources = (ROOT / "constructs_lib" / "proof" / "reading").glob("*.py")
    text = "\n".join(path.read_text() for path in sources)
    read = set(re.findall(r'"(aws_\w+)"', text))
    assert {one for one in read if not one.startswith("aws_iam_")} - bystanders.MODELLED - {
        "aws_",
        "aws_alb",
    } <= {
        "aws_eip",
        "aws_eip_association",
        "aws_ec2_managed_prefix_list",
        "aws_ecs_task_definition",
        "aws_instance",
        "aws_spot_instance_request",
        "aws_route53_record",
        "aws_vpc_security_group_vpc_association",
        *_EVENT_SOURCES,
    }
    aliases = {"aws_default_subnet", "aws_default_vpc"}
    assert bystanders.MODELLED - read - aliases == set()


def test_every_type_without_traffic_exists_and_says_why():
    schemas = BindingSchemas(cache=default_cache_directory())
    names = {kind.removeprefix("aws_").replace("_", "-"): kind for kind in WITHOUT_TRAFFIC}
    names.pop("terraform-data")
    found = schemas.find(names)
    assert sorted(names.keys() - found.keys()) == []
    assert all(len(reason) > 10 for reason in WITHOUT_TRAFFIC.values())


@given(data=st.data())
def test_no_answer_stays_no_beside_anything_unknown(data):
    """One thing of any type that can name a modelled resource, in every written environment."""
    one = written()[data.draw(st.sampled_from(sorted(written())))]
    kind, path = data.draw(st.sampled_from(naming_attributes()))
    touched = data.draw(st.sampled_from(_nameable(one)))
    body: dict = {}
    inner = body
    for step in path[:-1]:
        inner[step] = [{}]
        inner = inner[step][0]
    inner[path[-1]] = ["${" + touched + ".id}"]
    document = beside(one, kind, body)
    if reason_without_traffic(kind) is not None or bystanders.is_modelled(kind):
        return
    reachability = Reachability(document)
    carried = f"{kind}.beside" in reachability.model.carried
    named = {bystander.address for bystander in reachability.model.bystanders}
    assert carried or f"{kind}.beside" in named, (kind, path)
    for interface in reachability.model.interfaces.values():
        if touched not in (interface.address, *interface.groups) or interface.address == f"{kind}.beside":
            continue
        answer = reachability.path("internet", interface, 1, through="any")
        assert carried or isinstance(answer, CannotTell | Carried), (one.name, kind, touched, str(answer))
    if not carried:
        before = {promise.sentence for promise in one.proof.kept}
        assert before - {promise.sentence for promise in one.prove(document).kept}, (one.name, kind, touched)


def _nameable(one: Written) -> list[str]:
    kinds = ("aws_security_group", "aws_lb", "aws_lb_listener", "aws_lb_target_group", "aws_lambda_function")
    return [f"{kind}.{name}" for kind in kinds for name in one.of(kind)]
