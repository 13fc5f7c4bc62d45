"""The README's chapter on what has to be there before the first apply."""

from __future__ import annotations

from constructs_lib.environment import Environment
from constructs_lib.environment.advice.warnings import neighbours_refused
from constructs_lib.handoff import terraform_files
from constructs_lib.handoff.identity import Identity
from constructs_lib.handoff.readme.existing import Existing, existing
from constructs_lib.handoff.readme.hosts import about_hosts
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown


def prerequisites(identity: Identity, document: Document) -> str:
    """Programs, credentials, and everything that is named here and made elsewhere."""
    versions = terraform_files.versions_file(document)["terraform"]
    providers = [
        f"- the provider `{entry['source']}` {entry['version']}, which `terraform init` downloads"
        for entry in versions.get("required_providers", {}).values()
    ]
    required = [versions["required_version"]] if "required_version" in versions else []
    lines = [
        "## Before the first apply",
        "",
        f"- {' '.join(['Terraform', *required])}; nothing else has to be installed for it",
        *providers,
        f"- credentials with the permissions below for {_account(identity)}",
        *(f"- {line}" for line in (about_hosts(identity.environment) if identity.environment else ())),
        *(_neighbours(identity.environment) if identity.environment else []),
        "- for the commands in this file the AWS CLI, version 2, with credentials that may read",
    ]
    return "\n".join([*lines, "", _existing(identity, document)])


def _existing(identity: Identity, document: Document) -> str:
    """What has to exist, as commands that show it."""
    account = identity.account_id
    found = [
        Existing(
            f"the account{f' {account}' if account else ', the one that is meant'}",
            "aws sts get-caller-identity --query Account --output text",
            account or "",
        )
    ]
    if role := identity.role_arn:
        query = "--role-session-name before-apply --query AssumedRoleUser.Arn --output text"
        command = f"aws sts assume-role --role-arn {role} {query}"
        found.append(Existing(f"the role {role}, which may be taken on", command, "its name"))
    lines = [f"export AWS_REGION={identity.region}"]
    for one in [*found, *existing(document)]:
        shows = f" (prints {one.shows})" if one.shows else ""
        lines += ["", f"# {one.words}{shows}", one.command]
    return f"""\
This is named here and made elsewhere, so it has to exist. Each command only reads; where one fails, or prints
nothing, the thing above it is missing:

{markdown.shell(*lines)}"""


def _neighbours(environment: Environment) -> list[str]:
    services = ", ".join(map(markdown.code, neighbours_refused(environment)))
    if not services or environment.network.existing is None:
        return []
    vpc = markdown.code(environment.network.existing.vpc_id)
    return [
        f"- the word of whoever owns {vpc}: from the apply on, every workload there resolves {services} to "
        "an endpoint that refuses it, unless it is one of this environment or a declared caller"
    ]


def _account(identity: Identity) -> str:
    account = (
        f"the account {identity.account_id}; any other is refused" if identity.account_id else "the account"
    )
    role = identity.role_arn
    return f"{account}; they take on the role `{role}`, which has the permissions" if role else account
