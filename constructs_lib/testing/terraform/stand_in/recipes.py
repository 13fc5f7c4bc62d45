"""Computed attributes that matter here: the texts of ``computed.json`` and those that take a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from constructs_lib.figures.computed import computed_table
from constructs_lib.figures.load_balancer import dns_name
from constructs_lib.testing.terraform.stand_in.invented_values import Inventor, Recipe
from constructs_lib.testing.terraform.stand_in.policy_document import policy_json
from constructs_lib.testing.terraform.stand_in.values import UNKNOWN

Recipes = Mapping[str, Mapping[str, Recipe]]


def _lambda_version(inventor: Inventor) -> str:
    """``$LATEST``, or with ``publish`` the next number.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
    """
    if not inventor.values.get("publish"):
        return "$LATEST"
    before = str(inventor.prior.get("version"))
    return str(int(before) + 1 if before.isdigit() else 1)


def _task_revision(inventor: Inventor) -> int:
    """A number that differs between two definitions of one family."""
    return 1 + int(inventor.hex(6, "revision"), 16) % 999


def _load_balancer_dns_name(inventor: Inventor) -> str:
    internal = inventor.values.get("internal") is True
    return dns_name("{name}", "{digits10}", inventor.region, internal=internal)


def _below(parent: str, kind: str) -> Callable[[Inventor], str]:
    """A listener's ARN repeats its load balancer's path, a rule's that of its listener."""

    def arn(inventor: Inventor) -> str:
        head, _, path = str(inventor.values[parent]).rpartition(":")
        return f"{head}:{kind}/{path.partition('/')[2]}/{{hex16}}"

    return arn


def _service_arn(inventor: Inventor) -> str:
    cluster = str(inventor.values.get("cluster") or "default").rpartition("/")[2]
    return f"arn:{{partition}}:ecs:{{region}}:{{account}}:service/{cluster}/{{name}}"


def _alias_arn(inventor: Inventor) -> str:
    name = inventor.values["function_name"].rpartition(":function:")[2]
    return f"arn:{{partition}}:lambda:{{region}}:{{account}}:function:{name}:{{name}}"


def _zone_id(inventor: Inventor) -> str:
    """``eu-west-1b`` is ``euw1-az2`` here; in AWS the numbers differ between accounts."""
    zone = inventor.values.get("availability_zone")
    number = "abcdefgh".find(zone[-1]) + 1 if isinstance(zone, str) else 1
    area, direction, count = inventor.region.rsplit("-", 2)
    return f"{area.replace('-', '')}{direction[0]}{count}-az{number}"


def _certificate_names(values: Mapping[str, Any]) -> list[str]:
    others = values.get("subject_alternative_names")
    return sorted({values["domain_name"], *(others if isinstance(others, list) else [])})


def _validation_options(inventor: Inventor) -> list[dict[str, str]]:
    """The records that ACM asks for. https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html"""
    return [
        {
            "domain_name": name,
            "resource_record_name": f"_{inventor.hex(32, name)}.{name.removeprefix('*.')}.",
            "resource_record_type": "CNAME",
            "resource_record_value": f"_{inventor.hex(32, f'{name}/value')}.acm-validations.aws.",
        }
        for name in _certificate_names(inventor.values)
    ]


def _for_endpoints(*, gateway: Any, interface: Any) -> Callable[[Inventor], Any]:
    def choose(inventor: Inventor) -> Any:
        return gateway if inventor.values.get("vpc_endpoint_type") in (None, "Gateway") else interface

    return choose


def _endpoint_interfaces(inventor: Inventor) -> list[str]:
    subnets = inventor.values.get("subnet_ids")
    return [f"eni-0{inventor.hex(16, subnet)}" for subnet in subnets] if isinstance(subnets, list) else []


_DNS_ENTRY = {"dns_name": "{id}-{hex8}.vpce.{region}.vpce.{dns_suffix}", "hosted_zone_id": "Z{digits12}"}
_FUNCTIONS: Recipes = {
    "aws_acm_certificate": {"domain_validation_options": _validation_options},
    "aws_ecs_service": {"arn": _service_arn},
    "aws_ecs_task_definition": {"revision": _task_revision},
    "aws_lambda_alias": {"arn": _alias_arn},
    "aws_lambda_function": {"version": _lambda_version},
    "aws_lb": {"dns_name": _load_balancer_dns_name},
    "aws_lb_listener": {"arn": _below("load_balancer_arn", "listener")},
    "aws_lb_listener_rule": {"arn": _below("listener_arn", "listener-rule")},
    "aws_subnet": {"availability_zone_id": _zone_id},
    "aws_vpc_endpoint": {
        "cidr_blocks": _for_endpoints(gateway=["52.216.0.0/15"], interface=[]),
        "dns_entry": _for_endpoints(gateway=[], interface=[_DNS_ENTRY]),
        "network_interface_ids": _endpoint_interfaces,
        "prefix_list_id": _for_endpoints(gateway="pl-{hex8}", interface=""),
    },
}
_DATA_FUNCTIONS: Recipes = {
    "aws_iam_policy_document": {
        "json": lambda inventor: policy_json(inventor.values, indent=2),
        "minified_json": lambda inventor: policy_json(inventor.values, indent=None),
    },
    "aws_subnet": {"availability_zone_id": _zone_id},
}


@cache
def resources() -> Recipes:
    """Recipes of resources by type, then attribute."""
    return _merged("resources", _FUNCTIONS)


@cache
def data_sources() -> Recipes:
    """Recipes of data sources by type, then attribute."""
    return _merged("data_sources", _DATA_FUNCTIONS)


def _merged(section: str, functions: Recipes) -> Recipes:
    texts = computed_table()[section]
    return {name: {**texts.get(name, {}), **functions.get(name, {})} for name in {*texts, *functions}}


def planned(type_name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Computed values that the real provider knows already when it plans a new resource.

    For a certificate it plans one validation record for each domain.
    https://github.com/hashicorp/terraform-provider-aws/blob/v6.25.0/internal/service/acm/certificate.go
    """
    if type_name != "aws_acm_certificate" or values.get("validation_method") != "DNS":
        return {}
    if values.get("domain_name") in (None, UNKNOWN) or values.get("subject_alternative_names") is None:
        return {}
    unknown = dict.fromkeys(
        ["resource_record_name", "resource_record_type", "resource_record_value"], UNKNOWN
    )
    return {"domain_validation_options": [{"domain_name": n, **unknown} for n in _certificate_names(values)]}


_CODE = {
    *("architectures", "filename", "image_uri", "s3_bucket", "s3_key", "s3_object_version"),
    *("source_code_hash", "source_kms_key_arn"),
}
_CONFIGURATION = {
    *("dead_letter_config", "description", "durable_config", "environment", "ephemeral_storage"),
    *(
        "file_system_config",
        "handler",
        "image_config",
        "kms_key_arn",
        "layers",
        "logging_config",
        "memory_size",
    ),
    *("role", "runtime", "snap_start", "timeout", "tracing_config", "vpc_config"),
}


def volatile(type_name: str, changed: set[str], values: Mapping[str, Any]) -> set[str]:
    """The computed attributes that are unknown again when those arguments of an existing resource change.

    https://github.com/hashicorp/terraform-provider-aws/blob/v6.25.0/internal/service/lambda/function.go
    """
    if type_name == "aws_vpc_endpoint" and "subnet_ids" in changed:
        return {"network_interface_ids"}
    if type_name != "aws_lambda_function":
        return set()
    names = {"last_modified"} if changed & (_CODE | _CONFIGURATION) else set()
    if changed & _CODE:
        names |= {"code_sha256", "source_code_size"}
    if values.get("publish") is True and changed & (_CODE | _CONFIGURATION | {"publish"}):
        names |= {"version", "qualified_arn", "qualified_invoke_arn"}
    return names
