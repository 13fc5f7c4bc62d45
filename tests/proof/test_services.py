"""ECS services: behind a load balancer, from task to task, and with public addresses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constructs_lib.proof import Blocked, Carried, Reachability, prove, read_model
from tests.support.architecture import Document, add, default_document, drop, environment_of, ref, resource


def rule(document: Document, direction: str, name: str, owner: str, port: int, peer: str) -> None:
    add(
        document,
        f"aws_vpc_security_group_{direction}_rule.{name}",
        security_group_id=ref(f"aws_security_group.{owner}"),
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        referenced_security_group_id=ref(f"aws_security_group.{peer}"),
    )


def with_service() -> Document:
    """The default architecture with a service behind /web/* of the public one; it calls inventory."""
    document = default_document()
    add(document, "aws_security_group.web", vpc_id=ref("aws_vpc.network"))
    group = ref(add(document, "aws_lb_target_group.public_web", target_type="ip", port=8000), "arn")
    add(
        document,
        "aws_lb_listener_rule.public_web",
        listener_arn=ref("aws_lb_listener.public_80", "arn"),
        priority=10,
        action=[{"type": "forward", "target_group_arn": group}],
        condition=[{"path_pattern": {"values": ["/web/*"]}}],
    )
    container = {
        "name": "web",
        "image": "public.ecr.aws/nginx/nginx:1.27",
        "logConfiguration": {"logDriver": "awslogs"},
    }
    add(document, "aws_ecs_task_definition.web", container_definitions=json.dumps([container]))
    add(
        document,
        "aws_ecs_service.web",
        launch_type="FARGATE",
        task_definition=ref("aws_ecs_task_definition.web", "arn"),
        network_configuration={
            "subnets": [ref(f"aws_subnet.network_private_{zone}") for zone in "ab"],
            "security_groups": [ref("aws_security_group.web")],
        },
        load_balancer=[{"target_group_arn": group, "container_name": "web", "container_port": 8000}],
    )
    rule(document, "egress", "public_to_web_8000", "public", 8000, "web")
    rule(document, "ingress", "web_from_public_8000", "web", 8000, "public")
    rule(document, "egress", "web_to_internal_8080", "web", 8080, "internal")
    rule(document, "ingress", "internal_from_web_8080", "internal", 8080, "web")
    return document


def why(document: Document, source: str, target: str, port: int) -> str:
    answer = Reachability(document).path(source, target, port)
    assert isinstance(answer, Blocked), answer
    return answer.why


def test_the_internet_reaches_a_service_on_its_listener_and_its_container_port() -> None:
    answer = Reachability(with_service()).path("internet", "web", 80)
    assert isinstance(answer, Carried)
    assert [hop.sentence for hop in answer.hops[-4:]] == [
        "aws_lb_listener.public_80 (80) forwards to aws_lb_target_group.public_web for path pattern /web/*",
        "aws_lb.public lets out 8000 to web",
        "aws_vpc.network routes between its subnets",
        "web admits 8000 from aws_lb.public",
    ]


def test_a_service_calls_a_function() -> None:
    assert isinstance(Reachability(with_service()).path("web", "inventory", 8080), Carried)


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        ("aws_vpc_security_group_egress_rule.public_to_web_8000", "aws_lb.public lets nothing out on 8000"),
        ("aws_vpc_security_group_ingress_rule.web_from_public_8000", "web admits nothing on 8000"),
    ],
)
def test_a_load_balancer_needs_rules_to_a_service_on_both_sides(gone: str, reason: str) -> None:
    document = with_service()
    drop(document, gone)
    assert why(document, "internet", "aws_ecs_service.web", 80) == reason


def test_the_container_port_counts_not_the_one_of_the_target_group() -> None:
    document = with_service()
    resource(document, "aws_ecs_service.web")["load_balancer"][0]["container_port"] = 9000
    assert (
        why(document, "internet", "web", 80)
        == "aws_lb.public lets nothing out on 9000; to web it lets out 8000"
    )


def test_a_service_needs_the_target_type_ip() -> None:
    document = with_service()
    resource(document, "aws_lb_target_group.public_web")["target_type"] = "instance"
    assert (
        why(document, "internet", "web", 80)
        == "aws_lb_target_group.public_web has target type instance; web needs ip"
    )


def test_one_task_reaches_another_without_a_load_balancer() -> None:
    document = with_service()
    assert isinstance(Reachability(document).path("storefront", "web", 8000), Blocked)
    rule(document, "egress", "storefront_to_web_8000", "storefront", 8000, "web")
    rule(document, "ingress", "web_from_storefront_8000", "web", 8000, "storefront")
    assert isinstance(Reachability(document).path("storefront", "web", 8000), Carried)
    assert ("aws_lambda_function.storefront", 8000) in {
        (one.source, one.port) for one in Reachability(document).who_reaches("web")
    }


def public_task() -> Document:
    document = with_service()
    config = resource(document, "aws_ecs_service.web")["network_configuration"]
    config["subnets"] = [ref("aws_subnet.network_public_a")]
    config["assign_public_ip"] = True
    body: dict[str, Any] = {
        "security_group_id": ref("aws_security_group.web"),
        "ip_protocol": "tcp",
        "cidr_ipv4": "0.0.0.0/0",
    }
    add(document, "aws_vpc_security_group_ingress_rule.web_world", **body, from_port=8000, to_port=8000)
    add(document, "aws_vpc_security_group_egress_rule.web_world", **body, from_port=443, to_port=443)
    return document


def test_a_task_with_a_public_address_is_an_exposure_and_needs_no_nat() -> None:
    reachability = Reachability(public_task())
    assert ("aws_ecs_service.web", 8000, ("0.0.0.0/0",)) in {
        (e.target, e.port, e.sources) for e in reachability.exposures()
    }
    assert isinstance(reachability.path("web", "internet", 443), Carried)


def test_without_a_public_address_a_task_in_a_public_subnet_has_no_internet() -> None:
    document = public_task()
    del resource(document, "aws_ecs_service.web")["network_configuration"]["assign_public_ip"]
    assert "web has no public address there" in why(document, "web", "internet", 443)


def test_what_a_task_needs_to_start_is_read_from_its_definition() -> None:
    (container,) = read_model(with_service()).services["aws_ecs_service.web"].containers
    assert (container.image, container.log_driver) == ("public.ecr.aws/nginx/nginx:1.27", "awslogs")


def promises(document: Document, **changes: Any) -> dict[tuple[str, str], str]:
    """The verdicts about web, a public service of the environment."""
    (container,) = read_model(document).services["aws_ecs_service.web"].containers
    web = {"image": container.image, "container_port": 8000, "exposure": "public", "paths": ["/web/*"]}
    proof = prove(environment_of(services={"web": {**web, "calls": ["inventory"]}}, **changes), document)
    return {(p.kind, p.sentence): p.verdict for p in proof.promises if p.subject.startswith("web")}


def test_a_service_has_the_promises_of_a_workload_and_those_of_its_start() -> None:
    found = promises(with_service())
    assert {sentence: verdict for (kind, sentence), verdict in found.items() if kind != "endpoint"} == {
        "web calls inventory on 8080": "kept",
        "requests for /web/* on 80 go to web": "kept",
        "only requests for /web/* on 80 go to web": "kept",
        "the internet reaches web on 80": "kept",
        "web reaches logs to start": "broken",
        "web reaches the internet to start": "broken",
        "web is in private subnets": "kept",
        "only 0.0.0.0/0 reaches web from the internet": "kept",
    }


def test_an_image_of_ecr_needs_its_endpoints_and_no_internet() -> None:
    document = with_service()
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web@sha256:0"
    container = {
        "name": "web",
        "image": image,
        "secrets": [{"valueFrom": "arn:aws:ssm:us-east-1:1:parameter/x"}],
    }
    resource(document, "aws_ecs_task_definition.web")["container_definitions"] = json.dumps([container])
    resource(document, "aws_ecs_service.web")["network_configuration"]["security_groups"].append(
        ref("aws_security_group.endpoint_clients")
    )
    network = {"endpoints": {"interface": ["logs", "ecr.api", "ecr.dkr"]}}
    found = {
        sentence: verdict
        for (kind, sentence), verdict in promises(document, network=network).items()
        if kind in ("start", "internet")
    }
    assert found == {
        "web reaches ecr.api to start": "broken",
        "web reaches ecr.dkr to start": "broken",
        "web reaches s3 to start": "kept",
        "web reaches ssm to start": "broken",
        "web does not reach the internet": "kept",
    }


def internal_service() -> Document:
    """The default architecture with a service on a port of its own behind the internal load balancer."""
    document = with_service()
    for address in (
        "aws_lb_listener_rule.public_web",
        "aws_vpc_security_group_egress_rule.public_to_web_8000",
        "aws_vpc_security_group_ingress_rule.web_from_public_8000",
        "aws_vpc_security_group_egress_rule.web_to_internal_8080",
        "aws_vpc_security_group_ingress_rule.internal_from_web_8080",
    ):
        drop(document, address)
    forward = {"type": "forward", "target_group_arn": ref("aws_lb_target_group.public_web", "arn")}
    balancer = ref("aws_lb.internal", "arn")
    listener = {"load_balancer_arn": balancer, "port": 9000, "protocol": "HTTP", "default_action": [forward]}
    add(document, "aws_lb_listener.internal_9000", **listener)
    rule(document, "egress", "internal_to_web_8000", "internal", 8000, "web")
    rule(document, "ingress", "web_from_internal_8000", "web", 8000, "internal")
    return document


def unused_openings(document: Document, exposure: str) -> set[str]:
    web = {"image": "nginx", "container_port": 8000, "exposure": exposure}
    way_in = {"port": 9000} if exposure != "none" else {}
    proof = prove(environment_of(services={"web": {**web, **way_in}}), document)
    return {one.subject for one in proof.broken if one.kind == "opening"}


def test_a_load_balancer_reaches_a_service_that_nobody_calls_yet() -> None:
    assert unused_openings(internal_service(), "internal") == set()


def test_a_way_from_a_load_balancer_to_a_service_of_nobody_is_not_needed() -> None:
    assert unused_openings(internal_service(), "none") == {
        "aws_security_group.internal",
        "aws_security_group.web",
    }
