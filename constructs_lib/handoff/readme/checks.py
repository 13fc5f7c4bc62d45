"""The README's chapter on what to check after an apply."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.figures.principals import LOAD_BALANCING
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown

# Commands of one kind; beyond that they say nothing new.
_SHOWN = 6
# What a load balancer sends. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
_EVENT = {
    "requestContext": {"elb": {"targetGroupArn": ""}},
    "httpMethod": "GET",
    "path": "/",
    "queryStringParameters": {},
    "headers": {},
    "body": "",
    "isBase64Encoded": False,
}


def afterwards(environment: Environment | None, document: Document) -> str:
    """Return the checks: no drift, every public address, every internal workload, logs."""
    chapters = [*_chapters(environment, document)]
    return "## Check it\n\n" + "\n\n".join(chapters)


def _chapters(environment: Environment | None, document: Document) -> Iterator[str]:
    yield "Nothing is left to do (exit status 0; 2 would mean that something differs):\n\n" + markdown.shell(
        "cd terraform && terraform plan -detailed-exitcode"
    )
    if environment and (public := [*_public(environment, document)]):
        yield "The internet reaches what it should:\n\n" + markdown.shell(*public)
    if environment and (internal := [*_internal(environment)]):
        yield (
            "Internal workloads answer their callers only: where a caller runs, set `INTERNAL_URL` to the\n"
            "output `internal_url`. Anywhere else this must time out.\n\n" + markdown.shell(*internal)
        )
    functions = [*_invoked(environment, document)]
    if functions:
        commands = (line for name in functions[:_SHOWN] for line in _invocation(name))
        yield f"A function, as load balancers invoke it{_shown(functions)}{markdown.shell(*commands)}"
    if services := [*_services(document)]:
        yield "Services run as many tasks as they should:\n\n" + markdown.shell(*services)
    groups = [*document.bodies_of("aws_cloudwatch_log_group").values()]
    if groups:
        yield f"Logs{_shown(groups)}" + markdown.shell(
            *(
                f"aws logs tail {name} --since 15m"
                for name in (body.get("name", "${}") for body in groups[:_SHOWN])
                if "${" not in name
            )
        )


def _shown(things: Sequence[Any]) -> str:
    return ":\n\n" if len(things) <= _SHOWN else f"; likewise for the others of {len(things)}:\n\n"


def _addresses(environment: Environment, exposure: str) -> Iterator[tuple[str, int, str]]:
    """Yield name, port and a path of each workload behind the load balancer; ``/*`` is asked for as ``/``."""
    for name, workload in environment.exposed(exposure).items():
        for path in workload.paths or ["/"]:
            yield name, environment.listener_port(name), path.replace("*", "").replace("?", "x")


def _public(environment: Environment, document: Document) -> Iterator[str]:
    """Yield requests; a certificate is of a domain, which the load balancer's own name is not."""
    url = str(document.outputs.get("public_url", {}).get("value"))
    insecure = " --insecure" if url.startswith("https://") and "dns_name" in url else ""
    ask = f'curl -sS{insecure} -o /dev/null -w "%{{http_code}}\\n" "$(terraform output -raw public_url)"'
    for name, port, path in _addresses(environment, "public"):
        suffix = "" if port in (HTTP, HTTPS) else f":{port}"
        yield f"{ask}{shlex.quote(suffix + path)}   # {name}"


def _internal(environment: Environment) -> Iterator[str]:
    for name, port, path in _addresses(environment, "internal"):
        callers = ", ".join(environment.callers_of(name)) or "nobody"
        address = f'"$INTERNAL_URL":{port}{shlex.quote(path)}'
        yield f"curl -sS -m 5 {address}   # {name}, from {callers}"


def _invoked(environment: Environment | None, document: Document) -> Iterator[str]:
    """Yield the functions that load balancers may invoke, with the alias by which they do."""
    if environment:
        for body in document.bodies_of("aws_lambda_function").values():
            yield f"{body['function_name']}:live"
        return
    for permission in document.resources("aws_lambda_permission"):
        function = document.blocks.get(str(permission.ref("function_name")))
        name, alias = function and function.text("function_name"), permission.text("qualifier")
        if isinstance(name, str) and permission.text("principal") == LOAD_BALANCING:
            yield f"{name}:{alias}" if isinstance(alias, str) else name


def _invocation(name: str) -> Iterator[str]:
    yield f"aws lambda invoke --function-name {name} \\"
    yield f"  --cli-binary-format raw-in-base64-out --payload '{json.dumps(_EVENT)}' /dev/stdout"


def _services(document: Document) -> Iterator[str]:
    clusters = [body.get("name", "") for body in document.bodies_of("aws_ecs_cluster").values()]
    for body in document.bodies_of("aws_ecs_service").values():
        for cluster in clusters[:1]:
            yield f"aws ecs describe-services --cluster {cluster} --services {body['name']} \\"
            yield "  --query 'services[].[serviceName,runningCount,desiredCount]' --output text"
