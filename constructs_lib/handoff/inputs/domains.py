"""The name of a load balancer, where the file has one: its record, its certificate, the URLs with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.environment.tables import text_forms as forms
from constructs_lib.figures.quotas import COMMON_NAME_LENGTH
from constructs_lib.handoff.inputs.variable import Place, Variable, matches
from constructs_lib.terraform_json import Document

_NAME_LENGTH = 253  # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html


def domain_variables(document: Document, environment: Environment) -> Iterator[Variable]:
    """Yield an input for each load balancer with a name of its own.

    None where the name stands somewhere that it is not known to belong to: it would be another one there.
    """
    for side in ("internal", "public"):
        settings = getattr(environment.load_balancers, side)
        if settings.domain is None or side not in document.bodies_of("aws_lb"):
            continue
        issued = document.bodies_of("aws_acm_certificate").get(f"certificate_{side}")
        variable = _variable(side, settings.domain, settings.zone_id, issued=issued is not None)
        variable.places += _places(document, side, settings.domain, variable.name)
        if variable.places and not _elsewhere(document, environment, settings.domain, variable):
            yield variable


def _variable(side: str, domain: str, zone_id: str | None, *, issued: bool) -> Variable:
    name = f"{side}_domain"
    most = COMMON_NAME_LENGTH if issued else _NAME_LENGTH
    covered = "a certificate is issued for it" if issued else "the certificate has to cover it"
    return Variable(
        name,
        "string",
        f"Name of the {side} load balancer, in the hosted zone {zone_id}; {covered}. The old name is gone.",
        domain,
        f"length(var.{name}) <= {most} && {matches(name, forms.DOMAIN.pattern[1:-1])}",
        f"One name like shop.example.com, of at most {most} characters: no protocol, wildcard or final dot.",
        wrong="https://shop.example.com",
        other="another.example.com",
    )


def _places(document: Document, side: str, domain: str, name: str) -> Iterator[Place]:
    whole = f"${{var.{name}}}"
    for address, argument in (
        (f"aws_acm_certificate.certificate_{side}", "domain_name"),
        (f"aws_route53_record.{side}", "name"),
    ):
        one = document.declared.get(address)
        if one and one.body.get(argument) == domain:
            yield Place(address, argument, lambda _: whole, f"{address}.{argument} == var.{name}")
            if one.body.get("tags", {}).get("Name") == domain:
                yield Place(address, "tags", lambda tags: {**tags, "Name": whole})
    in_url = re.compile(rf"(?<=://){re.escape(domain)}(?![\w.-])")

    def edited(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: edited(item) for key, item in value.items()}
        if isinstance(value, list):
            return [edited(item) for item in value]
        return in_url.sub(whole, value) if isinstance(value, str) else value

    for address, argument, value in _urls(document):
        if in_url.search(json.dumps(value)):
            yield Place(address, argument, edited)


def _urls(document: Document) -> Iterator[tuple[str, str, Any]]:
    """Give what may hold the URL of a load balancer: variables of workloads, and outputs."""
    for label, body in document.bodies_of("aws_lambda_function").items():
        yield f"aws_lambda_function.{label}", "environment", body.get("environment")
    for label, body in document.bodies_of("aws_ecs_task_definition").items():
        yield (
            f"aws_ecs_task_definition.{label}",
            "container_definitions",
            body.get("container_definitions"),
        )
    for label, output in document.outputs.items():
        yield f"output.{label}", "value", output.get("value")


def _elsewhere(document: Document, environment: Environment, domain: str, variable: Variable) -> bool:
    known = {(place.address, place.argument) for place in variable.places}
    whole = re.compile(rf"(?<![\w.-]){re.escape(domain)}(?![\w.-])")
    for one in document.declared.values():
        rest = {key: value for key, value in one.body.items() if (one.address, key) not in known}
        if whole.search(json.dumps(rest)):
            return True
    own = [value for each in environment.workloads.values() for value in each.environment.values()]
    return any(whole.search(value) for value in own)
