"""By what a bundle and what it makes are known: an environment file says it, or the stack itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.environment.load_balancers import hosts_in_zone
from constructs_lib.errors import ConfigError, Problem
from constructs_lib.terraform_json import Document
from constructs_lib.views.written_stack import WrittenStack

PROVIDER = "provider.aws"


@dataclass(frozen=True)
class Identity:
    """Whose a bundle is.

    name: what it is called. region: of what it makes. account_id: the only account it may be applied in.
    own_tags: those of every resource. permissions_boundary_arn: of every role. role_arn: the role that
    Terraform takes on. domains: the names for which it makes records. environment: what it was made from;
    None for a stack that is all Python.
    """

    name: str
    region: str
    account_id: str | None = None
    own_tags: Mapping[str, str] = field(default_factory=dict)
    permissions_boundary_arn: str | None = None
    role_arn: str | None = None
    domains: tuple[str, ...] = ()
    environment: Environment | None = None

    @property
    def name_prefix(self) -> str | None:
        """With what the names of functions, roles and log groups begin; None where nothing promises it."""
        return self.environment.name_prefix if self.environment else None


def identity_of(stack: WrittenStack) -> Identity:
    """Give the identity of a stack.

    Raises:
        ConfigError: there is no environment, and the provider's region is not written out.
    """
    if stack.environment is not None:
        return of_environment(stack.environment)
    return of_document(stack.name, stack.document)


def of_environment(environment: Environment) -> Identity:
    """Give the identity that an environment file says."""
    balancers = environment.load_balancers
    domains = (balancers.public.domain, balancers.internal.domain, *hosts_in_zone(environment))
    return Identity(
        name=environment.name_prefix,
        region=environment.region,
        account_id=environment.account_id,
        own_tags=environment.own_tags,
        permissions_boundary_arn=environment.iam.permissions_boundary_arn,
        role_arn=environment.assume_role_arn,
        domains=tuple(domain for domain in domains if domain),
        environment=environment,
    )


def of_document(name: str, document: Document) -> Identity:
    """Give the identity that a document says itself, by its default provider.

    Raises:
        ConfigError: the provider's region is not written out: prices, policies and tests depend on it.
    """
    provider = next((one for one in document.provider_bodies("aws") if not one.get("alias")), {})
    region = provider.get("region")
    if not _is_literal(region):
        rule = "is not written out in the stack, and policies, prices and tests depend on it"
        way_out = 'write it: aws.AwsProvider(self, "aws", region="eu-west-1")'
        raise ConfigError([Problem(f"{PROVIDER}.region", region, rule, way_out)])
    accounts = provider.get("allowed_account_ids") or []
    roles = [block.get("role_arn") for block in _blocks(provider.get("assume_role"))]
    boundaries = {body.get("permissions_boundary") for body in document.bodies_of("aws_iam_role").values()}
    [boundary] = boundaries if len(boundaries) == 1 else [None]
    return Identity(
        name=name,
        region=str(region),
        account_id=accounts[0] if len(accounts) == 1 and _is_literal(accounts[0]) else None,
        own_tags=_tags(provider),
        permissions_boundary_arn=boundary if _is_literal(boundary) else None,
        role_arn=next((role for role in roles if _is_literal(role)), None),
        domains=tuple(dict.fromkeys(_domains(document))),
    )


def _domains(document: Document) -> Iterator[str]:
    named = (("aws_route53_record", "name"), ("aws_acm_certificate", "domain_name"))
    for kind, argument in named:
        values = (body.get(argument) for body in document.bodies_of(kind).values())
        yield from (str(value) for value in values if _is_literal(value))


def _tags(provider: Mapping[str, Any]) -> dict[str, str]:
    found = [block.get("tags") for block in _blocks(provider.get("default_tags"))]
    tags = found[0] if len(found) == 1 and isinstance(found[0], Mapping) else {}
    return {key: value for key, value in tags.items() if _is_literal(value)}


def _blocks(found: Any) -> list[Mapping[str, Any]]:
    blocks = found if isinstance(found, list) else [found]
    return [block for block in blocks if isinstance(block, Mapping)]


def _is_literal(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and "${" not in value and "%{" not in value
