"""Rules about an order that Terraform cannot infer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.rules.checks.functions import in_vpc
from constructs_lib.rules.verdicts import Doubt, Fault, Finding, is_first_made, judge
from constructs_lib.terraform_json.values import Identity, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Service
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_POLICIES = ("aws_iam_role_policy", "aws_iam_role_policy_attachment")
_NETWORK_RIGHTS = ("ec2:CreateNetworkInterface", "AWSLambdaVPCAccessExecutionRole", "ec2:*")


def after_gateway(facts: Facts) -> Iterator[Finding]:
    """``internet-gateway-order``, of public load balancers and NAT gateways; an Elastic IP needs none."""
    model = facts.model
    public = {
        b.interface.address: b.interface.vpc for b in model.load_balancers.values() if b.internal is False
    }
    nats = {
        n.address: model.subnets[n.subnet].vpc if n.subnet and n.subnet in model.subnets else n.vpc
        for n in model.nat_gateways.values()
        if n.public is not False
    }
    things: dict[str, Identity | None] = {**public, **nats}
    for address, vpc in things.items():
        gateways = {
            str(gateway): None if vpc is None else same(own, vpc)
            for gateway, own in model.internet_gateways.items()
            if own is not None and (vpc is None or same(own, vpc) is not False)
        }
        if gateways:
            yield judge(address, _after_gateway(facts, address, gateways))


def _after_gateway(facts: Facts, address: str, gateways: dict[str, bool | None]) -> Iterator[Fault]:
    """gateways: those that may be of its VPC, each with whether that is sure."""
    if not facts.order.is_after(address, *gateways):
        early = f"is not made after {next(iter(gateways))}, which it needs: add it to depends_on"
        yield early if True in gateways.values() else Doubt(early)


def after_policies(facts: Facts) -> Iterator[Finding]:
    """``lambda-policy-order``, of policies with which Lambda makes the network interfaces of a function."""
    policies = _policies(facts)
    for interface in in_vpc(facts):
        role = facts.document.blocks[interface.address].ref("role")
        if role is not None and (own := policies.get(role)):
            needed = [policy for policy in own if _grants_network(policy)] or own
            yield judge(interface.address, _after_one(facts, interface.address, needed))


def _policies(facts: Facts) -> dict[Identity, list[Block]]:
    """Give the policies of each role that stand beside it."""
    found: dict[Identity, list[Block]] = {}
    for kind in _POLICIES:
        for block in facts.document.resources(kind):
            role = block.ref("role")
            if role is not None:
                found.setdefault(role, []).append(block)
    return found


def _grants_network(policy: Block) -> bool:
    written = str(policy.body.get("policy") or policy.body.get("policy_arn"))
    return any(right in written for right in _NETWORK_RIGHTS)


def _after_one(facts: Facts, address: str, policies: list[Block]) -> Iterator[Fault]:
    if not facts.order.is_after(address, *(policy.address for policy in policies)):
        yield f"is not made after {policies[0].address}, whose rights it needs: add it to depends_on"


def after_listeners(facts: Facts) -> Iterator[Finding]:
    """``ecs-listener-order``: ECS services after what forwards to them."""
    for service in facts.model.services.values():
        if service.target_groups:
            yield judge(service.interface.address, _after_listener(facts, service))


def _after_listener(facts: Facts, service: Service) -> Iterator[Fault]:
    for group, _ in service.target_groups:
        forwards = [rule.address for *_, rule in facts.paths.forwards.get(group, ())]
        if not forwards:
            yield Doubt(f"which listener forwards to {group} is not in this document")
        elif not facts.order.is_after(service.interface.address, *forwards):
            yield f"is not made after {forwards[0]}, and AWS refuses a target group that no listener uses"


def after_execution_policies(facts: Facts) -> Iterator[Finding]:
    """``ecs-policy-order``: ECS services after the policies with which their images are pulled."""
    policies = _policies(facts)
    for service in facts.model.services.values():
        task = facts.document.blocks.get(str(service.task_definition))
        role = task.ref("execution_role_arn") if task else None
        if role is not None and (own := policies.get(role)):
            address = service.interface.address
            yield judge(address, _after_one(facts, address, own))


def swaps(facts: Facts) -> Iterator[Finding]:
    """``lambda-target-replacement``: a permission and an attachment that are replaced without a gap."""
    for kind in ("aws_lambda_permission", "aws_lb_target_group_attachment"):
        for block in facts.document.resources(kind):
            if _is_of_target_group(facts, block):
                yield judge(block.address, _swapped(block))


def _is_of_target_group(facts: Facts, block: Block) -> bool:
    group = block.ref("target_group_arn") or block.ref("source_arn")
    found = facts.model.target_groups.get(group) if group is not None else None
    return found is not None and found.kind == "lambda"


def _swapped(block: Block) -> Iterator[Fault]:
    if is_first_made(block) is False:
        yield "has no create_before_destroy, so requests fail while it is replaced"
