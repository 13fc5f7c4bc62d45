"""Changes of load balancers, what they forward to, and what stands behind them."""

from __future__ import annotations

import json
from typing import Any

from constructs_lib.figures.principals import LOG_DELIVERY
from tests.support.terraform.live_changes import (
    AB,
    ANSWER,
    Case,
    Resources,
    attachment,
    balancer,
    deaf,
    forward,
    function,
    group,
    grows,
    ids,
    listener,
    network,
    one,
    path_rule,
    permission,
    ref,
    service,
    shrinks,
    subnet,
    targets,
    together,
)

WRONG = "InvalidConfigurationRequest"
POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
ELSEWHERE = "arn:aws:acm:eu-west-1:123456789012:certificate/elsewhere"
OTHER_VPC = together(network("other"), group("other", "other"))
FRONT = together(balancer("front", AB), listener("front", "front"))
"""A load balancer with a listener on port 80 that answers by itself."""


def made_wrong(name: str, subnets: list[str], code: str, *more: Resources) -> Case:
    return grows(name, together(*more), balancer(name, subnets), refused={f"aws_lb.{name}": code})


def numbered(name: str, first: int, second: int) -> Resources:
    return together(path_rule(f"{name}_1", "front", first), path_rule(f"{name}_2", "front", second))


def logged(name: str) -> Resources:
    """A load balancer that writes into a bucket."""
    logs = {"bucket": ref("s3_bucket", name), "enabled": True}
    return together(
        balancer(name, AB, access_logs=logs), one("s3_bucket", name, bucket=name.replace("_", "-"))
    )


def admitting(name: str) -> Resources:
    """A bucket policy that lets the log delivery write, which the load balancer waits for."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": LOG_DELIVERY},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    waits = {
        "aws_lb": {name: {**logged(name)["aws_lb"][name], "depends_on": [f"aws_s3_bucket_policy.{name}"]}}
    }
    return together(
        logged(name), waits, one("s3_bucket_policy", name, bucket=ref("s3_bucket", name), policy=policy)
    )


BALANCERS = [
    grows("no_log_policy", {}, logged("no_log_policy"), refused={"aws_lb.no_log_policy": WRONG}),
    grows("log_policy", {}, admitting("log_policy"), done=("aws_lb.log_policy",)),
    shrinks("logs", {}, admitting("logs"), refused={"aws_s3_bucket.logs": "BucketNotEmpty"}),
    Case("other", together(OTHER_VPC, FRONT), together(OTHER_VPC, FRONT), done=("aws_lb.front",)),
    Case("moved", balancer("moved", AB), balancer("moved", ids("other", "ab")), {"aws_lb.moved": WRONG}),
    Case(
        "strange_group",
        balancer("strange_group", AB),
        balancer("strange_group", AB, security_groups=[ref("security_group", "other")]),
        {"aws_lb.strange_group": WRONG},
    ),
    grows(
        "two_vpcs",
        {},
        balancer("two_vpcs", [*ids("common", "a"), *ids("other", "b")]),
        refused={"aws_lb.two_vpcs": WRONG},
    ),
    grows(
        "zone_twice",
        subnet("common", "a", "10.0.10.0/24", "zone_twice"),
        balancer("zone_twice", [*AB, ref("subnet", "zone_twice")]),
        refused={"aws_lb.zone_twice": WRONG},
    ),
    grows(
        "one_zone",
        {},
        balancer("one_zone", ids("common", "a")),
        refused={"aws_lb.one_zone": "ValidationError"},
    ),
    grows("two_zones", {}, balancer("two_zones", ids("common", "ac")), done=("aws_lb.two_zones",)),
    shrinks(
        "protected",
        {},
        balancer("protected", AB, enable_deletion_protection=True),
        refused={"aws_lb.protected": "OperationNotPermitted"},
    ),
    shrinks("unprotected", {}, balancer("unprotected", AB), gone=("aws_lb.unprotected",)),
    grows(
        "port_twice",
        {},
        listener("port_twice", "front"),
        refused={"aws_lb_listener.port_twice": "DuplicateListener"},
        used_by=("aws_lb_listener.front",),
    ),
    grows("port_other", {}, listener("port_other", "front", port=81), done=("aws_lb_listener.port_other",)),
    Case(
        "plain",
        listener("plain", "front", port=444, protocol="HTTPS", ssl_policy=POLICY, certificate_arn=ELSEWHERE),
        listener("plain", "front", port=444, protocol="HTTP"),
        {"aws_lb_listener.plain": "ValidationError"},
    ),
    Case(
        "secure",
        listener("secure", "front", port=445, protocol="HTTP"),
        listener("secure", "front", port=445, protocol="HTTPS", ssl_policy=POLICY, certificate_arn=ELSEWHERE),
        done=("aws_lb_listener.secure",),
    ),
    Case(
        "swap",
        numbered("swap", 1, 2),
        numbered("swap", 2, 1),
        dict.fromkeys(["aws_lb_listener_rule.swap_1", "aws_lb_listener_rule.swap_2"], "PriorityInUse"),
        ("aws_lb_listener_rule.swap_1", "aws_lb_listener_rule.swap_2"),
    ),
    Case(
        "renumber",
        numbered("renumber", 5, 6),
        numbered("renumber", 7, 8),
        done=("aws_lb_listener_rule.renumber_1",),
    ),
    grows(
        "name_twice",
        {},
        balancer("name_twice", AB, name="front"),
        refused={"aws_lb.name_twice": "DuplicateLoadBalancerName"},
        used_by=("aws_lb.front",),
    ),
]


def forwarded(name: str) -> Case:
    """A target group goes while its listener goes on forwarding to it."""
    kept = deaf("default_action")
    front = balancer(name, AB)
    before = together(front, targets(name), listener(name, name, forward(name), **kept))
    after = together(front, listener(name, name, ANSWER, **kept))
    return Case(
        name, before, after, {f"aws_lb_target_group.{name}": "ResourceInUse"}, (f"aws_lb_listener.{name}",)
    )


def issued(name: str) -> Case:
    """A certificate goes while its listener goes on serving it."""
    certificate = one("acm_certificate", name, domain_name="example.com", validation_method="DNS")
    secure = {"port": 443, "protocol": "HTTPS", **deaf("certificate_arn")}
    elsewhere = "arn:aws:acm:eu-west-1:123456789012:certificate/other"
    before = together(
        certificate, listener(name, "front", **secure, certificate_arn=ref("acm_certificate", name, "arn"))
    )
    after = listener(name, "front", **secure, certificate_arn=elsewhere)
    return Case(
        name,
        before,
        after,
        {f"aws_acm_certificate.{name}": "ResourceInUseException"},
        (f"aws_lb_listener.{name}",),
    )


def address_targets(name: str) -> Resources:
    return targets(name, target_type="ip", port=80, protocol="HTTP", vpc_id=ref("vpc", "common"))


def served(name: str) -> Resources:
    target = {
        "target_group_arn": ref("lb_target_group", name, "arn"),
        "container_name": "web",
        "container_port": 80,
    }
    return service(name, AB, load_balancer=[target])


def cluster(name: str) -> Resources:
    return one("ecs_cluster", name, name=name)


def repository(name: str, **more: Any) -> Resources:
    return one("ecr_repository", name, name=name, **more)


TARGETS = [
    forwarded("forwarded"),
    shrinks("idle", {}, targets("idle"), gone=("aws_lb_target_group.idle",)),
    issued("issued"),
    grows(
        "shared",
        together(targets("shared"), path_rule("shared", "front", 20, forward("shared"))),
        balancer("sharer", AB),
        listener("sharer", "sharer", forward("shared")),
        refused={"aws_lb_listener.sharer": "TargetGroupAssociationLimit"},
        used_by=("aws_lb_listener_rule.shared",),
    ),
    grows(
        "uninvited",
        together(function("uninvited", [], []), targets("uninvited")),
        attachment("uninvited"),
        refused={"aws_lb_target_group_attachment.uninvited": "AccessDenied"},
    ),
    grows(
        "invited",
        together(function("invited", [], []), targets("invited")),
        permission("invited"),
        attachment("invited", depends_on=["aws_lambda_permission.invited"]),
        done=("aws_lb_target_group_attachment.invited",),
    ),
]
SERVICES = [
    grows(
        "unserved",
        together(cluster("unserved"), address_targets("unserved")),
        served("unserved"),
        refused={"aws_ecs_service.unserved": "InvalidParameterException"},
    ),
    grows(
        "served",
        together(
            cluster("served"), address_targets("served"), path_rule("served", "front", 21, forward("served"))
        ),
        served("served"),
        done=("aws_ecs_service.served",),
    ),
    Case(
        "cluster",
        together(cluster("cluster"), service("cluster", AB, **deaf("cluster"))),
        service("cluster", AB, **{**deaf("cluster"), "cluster": "another"}),
        {"aws_ecs_cluster.cluster": "ClusterContainsServicesException"},
        ("aws_ecs_service.cluster",),
    ),
    shrinks("cluster_idle", {}, cluster("cluster_idle"), gone=("aws_ecs_cluster.cluster_idle",)),
    shrinks(
        "images",
        {},
        repository("images"),
        refused={"aws_ecr_repository.images": "RepositoryNotEmptyException"},
    ),
    shrinks("no_images", {}, repository("no_images"), gone=("aws_ecr_repository.no_images",)),
    shrinks("forced", {}, repository("forced", force_delete=True), gone=("aws_ecr_repository.forced",)),
    shrinks(
        "objects",
        {},
        one("s3_bucket", "objects", bucket="objects"),
        refused={"aws_s3_bucket.objects": "BucketNotEmpty"},
    ),
]
FILLED = ("aws_ecr_repository.images", "aws_ecr_repository.forced", "aws_s3_bucket.objects")
