"""What a configuration names and does not make: it has to exist before the first apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.figures.ids import ACCOUNT, PARTITION
from constructs_lib.handoff.delivery.manifest import strings
from constructs_lib.handoff.inputs import settable_arguments as settings
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown

_ARNS = {
    "the KMS key": re.compile(rf"arn:{PARTITION}:kms:[\w-]+:{ACCOUNT}:key/[\w-]+"),
    "the Lambda layer": re.compile(rf"arn:{PARTITION}:lambda:[\w-]+:{ACCOUNT}:layer:[\w-]+:\d+"),
    "the parameter": re.compile(rf"arn:{PARTITION}:ssm:[\w-]+:{ACCOUNT}:parameter/[\w./-]+"),
    "the secret": re.compile(rf"arn:{PARTITION}:secretsmanager:[\w-]+:{ACCOUNT}:secret:[\w/+=.@-]+"),
}
# Arguments whose literal values are ids of things elsewhere, by resource type.
_IDS = {
    ("aws_lb_listener", "certificate_arn"): "the certificate {}, issued",
    ("aws_nat_gateway", "allocation_id"): "the Elastic IP {}",
    ("aws_route53_record", "zone_id"): "the hosted zone {}",
    ("aws_vpc_security_group_egress_rule", "prefix_list_id"): "the prefix list {}",
    (
        "aws_vpc_security_group_egress_rule",
        "referenced_security_group_id",
    ): "the security group {}, which is reached",
    (
        "aws_vpc_security_group_ingress_rule",
        "referenced_security_group_id",
    ): "the security group {}, which calls",
    ("aws_wafv2_web_acl_association", "web_acl_arn"): "the web ACL {}",
}


def existing(document: Document) -> list[str]:
    """Return one line of Markdown for each thing, without repetition."""
    return list(dict.fromkeys([*_buckets(document), *_ids(document), *_arns(document), *_images(document)]))


def _buckets(document: Document) -> Iterator[str]:
    state = document.backend.get("s3")
    if state:
        yield f"the bucket {markdown.code(state['bucket'])} for the state, versioned and encrypted"
    for body in document.bodies_of("aws_lb").values():
        logs = body.get("access_logs")
        named = (block["bucket"] for block in (logs if isinstance(logs, list) else [logs] if logs else []))
        for bucket in filter(None, named):
            yield f"the bucket {markdown.code(bucket)}, which admits the load balancers' access logs"


def _ids(document: Document) -> Iterator[str]:
    for (type_name, argument), line in _IDS.items():
        values = (body.get(argument) for body in document.bodies_of(type_name).values())
        yield from (line.format(markdown.code(value)) for value in _literals(values))


def _arns(document: Document) -> Iterator[str]:
    """Yield what is named by ARN in arguments, policies and container definitions."""
    texts = strings([document.content.get("resource"), document.settings])
    for kind, pattern in _ARNS.items():
        found = {arn for text in texts for arn in pattern.findall(text)}
        yield from (f"{kind} {markdown.code(arn)}" for arn in sorted(found))


def _images(document: Document) -> Iterator[str]:
    functions = document.bodies_of("aws_lambda_function").values()
    tasks = document.bodies_of("aws_ecs_task_definition").values()
    images = [body.get("image_uri") for body in functions]
    images += [
        found[1] for body in tasks for found in settings.IMAGE.findall(str(body.get("container_definitions")))
    ]
    yield from (f"the image {markdown.code(image)}" for image in _literals(images))


def _literals(values: Iterable[Any]) -> list[str]:
    return sorted({value for value in values if isinstance(value, str) and "${" not in value})
