"""Lambda functions: their code, their variables and what they may reach."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from constructs_lib.environment.checks.code.source import check_source
from constructs_lib.environment.checks.egress import check_egress
from constructs_lib.environment.checks.named_secrets import check_named_secrets
from constructs_lib.environment.checks.options import check_function_options
from constructs_lib.environment.tables.environment import Environment
from constructs_lib.environment.tables.workloads import Function, Workload
from constructs_lib.errors import Problem
from constructs_lib.figures.cloudwatch_logs import LOG_RETENTION_DAYS
from constructs_lib.figures.lambda_tables import (
    ENVIRONMENT_BYTES,
    RESERVED_VARIABLES,
    VARIABLE_NAME,
)
from constructs_lib.figures.load_balancer import longest_dns_name
from constructs_lib.names import (
    CALLEE_URLS,
    CalleeUrls,
    callee_url_variable,
    callee_urls_text,
    secret_arn_variable,
)
from constructs_lib.problem_words import Excerpt, field_path, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

_FUNCTION_VARIABLE = (
    re.compile(VARIABLE_NAME + r"\Z"),
    "2 or more letters, digits and _, and begins with a letter",
)
# Docker takes any; with these every shell and framework can read it.
_SERVICE_VARIABLE = (
    re.compile(r"[a-zA-Z_][a-zA-Z0-9_.-]*\Z"),
    "letters, digits, _, . and -, and begins with a letter or _",
)


def check_functions(draft: Draft) -> Iterator[Problem]:
    """Every function by itself; what functions are to each other is checked elsewhere."""
    yield from check_source(draft)
    for name, function in draft.environment.functions.items():
        yield from check_variables(draft, name, function)
        yield from _check_size_of_variables(draft, name, function)
        yield from check_egress(draft, name, function)
        yield from check_log_retention(draft, name, function)
        yield from check_function_options(draft, name, function)
        yield from check_named_secrets(draft, "functions", name, function)


def variable_bytes(variables: dict[str, str]) -> int:
    """The size of environment variables as Lambda measures it: as JSON, in UTF-8."""
    return len(json.dumps(variables, ensure_ascii=False, separators=(",", ":")).encode())


def _base_url(environment: Environment) -> str:
    """Where callees are, without a port, where it is known; else as long as it can become."""
    internal = environment.load_balancers.internal
    scheme = "https" if internal.certificate_arn else "http"
    return f"{scheme}://{internal.domain or longest_dns_name(environment.region)}"


def generated_variables(
    environment: Environment, function: Function, form: CalleeUrls | None = None
) -> dict[str, str]:
    """What the generator adds to a function's variables, each value as long as it can become.

    form: how it would learn the addresses of callees; default: as it does.
    """
    ports = {
        callee: environment.listener_port(callee)
        for callee in function.calls
        if callee in environment.workloads and environment.workloads[callee].exposure != "none"
    }
    base = _base_url(environment)
    if (form or function.callee_urls) == "json":
        return {CALLEE_URLS: callee_urls_text(base, ports)} if ports else {}
    return {callee_url_variable(callee): f"{base}:{port}" for callee, port in ports.items()}


def check_log_retention(draft: Draft, name: str, workload: Workload) -> Iterator[Problem]:
    """Whether CloudWatch Logs knows the retention of a workload's logs."""
    days = workload.log_retention_days
    if days not in LOG_RETENTION_DAYS:
        nearest = min(LOG_RETENTION_DAYS, key=lambda known: abs(known - days))
        rule = f"CloudWatch Logs keeps logs for {listed(map(str, LOG_RETENTION_DAYS), most=30)} days"
        yield Problem(
            field_path(*draft.environment.place_of(name), "log_retention_days"),
            days,
            rule,
            f"the nearest is {nearest}",
        )


def check_variables(draft: Draft, name: str, workload: Workload) -> Iterator[Problem]:
    """The names of a workload's variables; values are not shown: they may be secrets."""
    table = draft.environment.place_of(name)
    urls = {callee_url_variable(callee): quoted(callee) for callee in workload.calls}
    if workload.callee_urls == "json" and urls:
        urls = {CALLEE_URLS: listed(urls.values(), most=3)}
    form, words = _FUNCTION_VARIABLE if isinstance(workload, Function) else _SERVICE_VARIABLE
    variables = [("environment", variable) for variable in workload.environment]
    variables += [("secrets", variable) for variable in getattr(workload, "secrets", ())]
    for key, variable in variables:
        field = field_path(*table, key, variable)
        if variable in RESERVED_VARIABLES and isinstance(workload, Function):
            rule = "Lambda sets this variable itself"
            yield Problem(field, variable, rule, "choose another name, or remove it")
        elif not form.match(variable):
            yield Problem(field, variable, f"a variable's name is {words}", "choose a name like LOG_LEVEL")
        elif variable in urls:
            rule = f"is set for you, because it calls {urls[variable]}"
            yield Problem(field, variable, rule, "remove it, or choose another name")


def _check_size_of_variables(draft: Draft, name: str, function: Function) -> Iterator[Problem]:
    generated = generated_variables(draft.environment, function)
    arns = {secret_arn_variable(secret): arn for secret, arn in function.secrets.items()}
    own = {**function.environment, **arns}
    size = variable_bytes({**own, **generated})
    if size > ENVIRONMENT_BYTES:
        urls_said = f", {listed(generated, most=3)} included" if generated else ""
        allowed = f"{ENVIRONMENT_BYTES} bytes ({ENVIRONMENT_BYTES // 1024} KB)"
        rule = f"Lambda allows {allowed} of variables in all{urls_said}"
        way_out = "move long values to a file in the source, SSM Parameter Store or Secrets Manager"
        in_one = generated_variables(draft.environment, function, "json")
        if function.callee_urls != "json" and variable_bytes({**own, **in_one}) <= ENVIRONMENT_BYTES:
            place = field_path("functions", name)
            way_out = f'write callee_urls = "json" in [{place}]: one variable {CALLEE_URLS}; or {way_out}'
        field, value = field_path("functions", name, "environment"), Excerpt(f"{size} bytes")
        address = f"aws_lambda_function.{name}"
        yield Problem(field, value, rule, way_out, "lambda-environment-size", (address,))
