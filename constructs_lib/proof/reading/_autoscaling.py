"""Reads Auto Scaling groups: their instances carry what a launch template says, and stand in target groups.

https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from constructs_lib.proof.model.load_balancing import Target
from constructs_lib.proof.reading._carriers import public_on_launch
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.workloads import Interface
    from constructs_lib.proof.reading._compute import Placement
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document


@dataclass(frozen=True, slots=True)
class Autoscaling:
    """What this module reads.

    interfaces: by the group's address. templates: what the groups are launched from, which carries nothing by
    itself. targets: by target group.
    """

    interfaces: dict[str, Interface] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)
    targets: dict[Identity, list[Target]] = field(default_factory=dict)


def read_autoscaling(document: Document, place: Placement) -> Autoscaling:
    """Read the Auto Scaling groups of a document."""
    found = Autoscaling()
    for block in document.resources("aws_autoscaling_group"):
        templates = list(dict.fromkeys(_templates(block)))
        found.templates.update(str(one) for one in templates if one in document.blocks)
        found.interfaces[block.address] = _interface(document, block, templates, place)
        for group in block.refs("target_group_arns"):
            found.targets.setdefault(group, []).append(Target(block.address, block.address))
    for block in document.resources("aws_autoscaling_attachment"):
        thing, into = block.ref("autoscaling_group_name"), _target_group(block)
        if thing is not None and into is not None:
            found.targets.setdefault(into, []).append(Target(block.address, thing))
    return found


def _target_group(block: Block) -> Identity | None:
    return block.ref("lb_target_group_arn") or block.ref("alb_target_group_arn")


def _templates(block: Block) -> Iterator[Identity]:
    if (configuration := block.ref("launch_configuration")) is not None:
        yield configuration
    parts = [*block.blocks("launch_template")]
    for policy in block.blocks("mixed_instances_policy"):
        for template in policy.blocks("launch_template"):
            parts += template.blocks("launch_template_specification")
            parts += template.blocks("override")
    for part in parts:
        for name in ("id", "name", "launch_template_id", "launch_template_name"):
            named = part.ref(name)
            if named is not None:
                yield named
        for nested in part.blocks("launch_template_specification"):
            yield from (found for found in (nested.ref("launch_template_id"),) if found is not None)


def _interface(document: Document, block: Block, templates: list[Identity], place: Placement) -> Interface:
    groups: list[Identity] = []
    public: bool | Unknown = False
    is_written = False
    known = [document.blocks[str(one)] for one in templates if str(one) in document.blocks]
    for template in known:
        parts = [template, *template.blocks("network_interfaces")]
        for part in parts:
            groups += [*part.refs("vpc_security_group_ids"), *part.refs("security_groups")]
            if part.has("associate_public_ip_address"):
                public, is_written = public or part.flag("associate_public_ip_address", False), True
    if len(known) < len(templates) or not templates:
        groups.append(Unknown(f"the launch template of {block.address}"))
    interface = place.interface(block, "carrier", block.refs("vpc_zone_identifier"), groups)
    if public is False and not is_written:
        public = public_on_launch(document, interface, place.subnets)
    return replace(interface, public_address=public)
