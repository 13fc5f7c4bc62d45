"""What a configuration names and does not make: it has to exist before the first apply.

Each with the command of the AWS CLI that shows that it does, and changes nothing.
https://docs.aws.amazon.com/cli/latest/reference/
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.compute.images import parse_image
from constructs_lib.figures import ids
from constructs_lib.handoff.delivery.manifest import strings
from constructs_lib.handoff.inputs import settable_arguments as settings
from constructs_lib.handoff.readme.kinds import KINDS
from constructs_lib.terraform_json import Declaration, Document


@dataclass(frozen=True)
class Existing:
    """One thing. words: what it is. command: what shows it; shows: what the command prints then."""

    words: str
    command: str
    shows: str = ""


_GROUPS = {
    ("aws_vpc_security_group_ingress_rule", "referenced_security_group_id"): "which calls",
    ("aws_vpc_security_group_egress_rule", "referenced_security_group_id"): "which is reached",
    ("aws_vpc_security_group_ingress_rule", "security_group_id"): "into which a rule is written",
    ("aws_vpc_security_group_egress_rule", "security_group_id"): "into which a rule is written",
}


def existing(document: Document) -> list[Existing]:
    """Return everything once, in the order in which it is needed."""
    region = str(next(iter(document.provider_bodies("aws")), {}).get("region", ""))
    found = [*_buckets(document, region), *_named(document, region), *_zones(document), *_images(document)]
    return list(dict.fromkeys(found))


def _buckets(document: Document, region: str) -> Iterator[Existing]:
    if state := document.backend.get("s3"):
        there = state.get("region", region)
        where = f" --region {there}" if there != region else ""
        command = f"aws s3api get-bucket-versioning --bucket {state['bucket']}{where} --query Status"
        yield Existing(
            f"the bucket {state['bucket']} for the state, versioned", f"{command} --output text", "Enabled"
        )
    for body in document.bodies_of("aws_lb").values():
        logs = body.get("access_logs")
        named = (block["bucket"] for block in (logs if isinstance(logs, list) else [logs] if logs else []))
        for bucket in _literals(named):
            yield Existing(
                f"the bucket {bucket}, which admits the load balancers' access logs",
                f"aws s3api get-bucket-policy --bucket {bucket} --query Policy --output text",
                "a policy that lets Elastic Load Balancing put objects",
            )


def _named(document: Document, region: str) -> Iterator[Existing]:
    """Yield what is named by an id or an ARN, wherever it stands."""
    texts = [text for one in document.declared.values() for text in strings(_own(one))]
    texts += strings(document.settings)
    for kind in KINDS:
        form = re.compile(rf"(?<![\w$-])(?:{kind.form})(?![\w-])")
        found = {match[0]: match for text in texts for match in form.finditer(text)}
        for name in sorted(found):
            parts = {key: shlex.quote(value) for key, value in found[name].groupdict().items() if value}
            command = f"aws {kind.command.format(shlex.quote(name), **parts)}{_elsewhere(name, region)}"
            words = f"{kind.words} {name}{_role(document, name)}"
            yield Existing(words, f"{command} --output text", kind.shows)


def _own(one: Declaration) -> dict[str, Any]:
    """A body without the policy of an endpoint, which names buckets of AWS."""
    return {name: v for name, v in one.body.items() if (one.type, name) != ("aws_vpc_endpoint", "policy")}


def _role(document: Document, name: str) -> str:
    roles = {
        words
        for (type_name, argument), words in _GROUPS.items()
        for body in document.bodies_of(type_name).values()
        if body.get(argument) == name
    }
    return "".join(f", {words}" for words in sorted(roles))


def _elsewhere(name: str, region: str) -> str:
    """The option for what lies in another region than everything else."""
    there = ids.region_of_arn(name) if name.startswith("arn:") else ""
    return f" --region {there}" if there and there != region else ""


def _zones(document: Document) -> Iterator[Existing]:
    records = document.bodies_of("aws_route53_record").values()
    for zone in _literals(body.get("zone_id") for body in records):
        command = f"aws route53 get-hosted-zone --id {zone} --query 'HostedZone.[Name,Config.PrivateZone]'"
        yield Existing(
            f"the hosted zone {zone}", f"{command} --output text", "its name, whether it is private"
        )


def _images(document: Document) -> Iterator[Existing]:
    functions = document.bodies_of("aws_lambda_function").values()
    tasks = document.bodies_of("aws_ecs_task_definition").values()
    images = [body.get("image_uri") for body in functions]
    images += [
        found[1] for body in tasks for found in settings.IMAGE.findall(str(body.get("container_definitions")))
    ]
    made = {body.get("name") for body in document.bodies_of("aws_ecr_repository").values()}
    for image in _literals(images):
        parts = parse_image(image)
        if parts is None or not parts.account:
            command = f"docker manifest inspect {shlex.quote(image)}"
            yield Existing(f"the image {image}, of a registry that no command of aws reads", command)
            continue
        which = f"imageDigest={parts.digest}" if parts.digest else f"imageTag={parts.tag or 'latest'}"
        when = ', pushed once its repository is made ("Apply")' if parts.repository in made else ""
        yield Existing(
            f"the image {image}{when}",
            f"aws ecr describe-images --registry-id {parts.account} --region {parts.region} "
            f"--repository-name {parts.repository} --image-ids {which} "
            "--query 'imageDetails[].imageDigest' --output text",
            "its digest",
        )


def _literals(values: Iterable[Any]) -> list[str]:
    return sorted({value for value in values if isinstance(value, str) and value and "${" not in value})
