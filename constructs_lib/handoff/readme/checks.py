"""The README's chapter on what to check after an apply."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.environment.load_balancers import on_shared_listener
from constructs_lib.figures.internet import HTTP, HTTPS
from constructs_lib.figures.principals import LOAD_BALANCING
from constructs_lib.load_balancing.routing.requests import requests_of
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


def _addresses(environment: Environment, exposure: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield name, port, host, if any, and path of what leads to each workload behind the load balancer.

    What wildcards stand for is asked for as ``x`` in hosts, and as nothing in paths: ``/*`` as ``/``.
    """
    for name, workload in environment.exposed(exposure).items():
        for one in requests_of(workload.hosts, workload.paths):
            host = re.sub(r"[*?]", "x", one.host or "")
            yield name, environment.listener_port(name), host, one.path.replace("*", "").replace("?", "x")


def _public(environment: Environment, document: Document) -> Iterator[str]:
    """Yield requests; a certificate is of a domain, which the load balancer's own name is not.

    Hosts are asked for at the load balancer itself: their names may not lead to it yet.
    """
    url = str(document.outputs.get("public_url", {}).get("value"))
    scheme, status = url.partition(":")[0], '-o /dev/null -w "%{http_code}\\n"'
    insecure = " --insecure" if scheme == "https" and "dns_name" in url else ""
    ask = f'curl -sS{insecure} {status} "$(terraform output -raw public_url)"'
    door = '"::$(terraform output -raw public_url | cut -d/ -f3):"'
    hosts = False
    for name, port, host, path in _addresses(environment, "public"):
        suffix = "" if port in (HTTP, HTTPS) else f":{port}"
        if host:
            hosts = True
            address = shlex.quote(f"{scheme}://{host}{path}")
            yield f"curl -sS {status} --connect-to {door} {address}   # {name}"
        else:
            yield f"{ask}{shlex.quote(suffix + path)}   # {name}"
    if hosts and all(one.hosts for one in on_shared_listener(environment, "public").values()):
        yield f"{ask} -H 'Host: other.invalid'   # 404: no workload has this host"


def _internal(environment: Environment) -> Iterator[str]:
    for name, port, _, path in _addresses(environment, "internal"):
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
