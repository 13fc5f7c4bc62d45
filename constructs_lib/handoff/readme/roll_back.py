"""The README's chapter on going back: one function, one service, or everything."""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.handoff.identity import Identity
from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown


def roll_back(identity: Identity, document: Document, variables: Sequence[Variable]) -> str:
    """Back to an earlier version of one function or service, or of everything."""
    parts = [
        "## Roll back",
        _function(document),
        _service(document, {variable.name for variable in variables}),
        f"""\
**Everything.** Apply the older bundle as in "Upgrade", with the same state: its code, memory and rules come
back, and addresses are the same in every bundle of `{identity.name}`. Read the plan for what is replaced, and
"What a change interrupts" for what that means.""",
    ]
    return "\n\n".join(part for part in parts if part)


def _function(document: Document) -> str:
    functions = document.bodies_of("aws_lambda_function")
    aliases = document.bodies_of("aws_lambda_alias")
    alias = next((str(body.get("name")) for body in aliases.values()), "${}")
    if not functions or "${" in alias:
        return ""
    name = next(iter(functions.values()))["function_name"]
    commands = markdown.shell(
        f"aws lambda list-versions-by-function --function-name {name} \\",
        "  --query 'Versions[].[Version,LastModified,CodeSha256]' --output text",
        f"aws lambda get-alias --function-name {name} --name {alias} --query FunctionVersion --output text",
        f"aws lambda update-alias --function-name {name} --name {alias} --function-version 3",
    )
    return f"""\
**One function.** Load balancers invoke the alias `{alias}` of a published version, so it goes back within
seconds, without Terraform; code, memory, timeout and variables are those of the version:

{commands}

The next `terraform apply` moves the alias to the newest version again: bring the older code before that."""


def _service(document: Document, inputs: set[str]) -> str:
    services = document.bodies_of("aws_ecs_service")
    tasks = document.bodies_of("aws_ecs_task_definition")
    label = next((name for name in tasks if name in services), None)
    clusters = [body.get("name", "${}") for body in document.bodies_of("aws_ecs_cluster").values()]
    if label is None or not clusters:
        return ""
    family, service = tasks[label].get("family", label), services[label].get("name", label)
    image = f"{label.replace('-', '_')}_image"
    commands = [
        f"aws ecs list-task-definitions --family-prefix {family} --status INACTIVE --sort DESC --max-items 5",
        f"aws ecs describe-task-definition --task-definition {family}:41 \\",
        "  --query 'taskDefinition.containerDefinitions[].[image,environment]'",
    ]
    how = "put its image in the place of the newer one in the next bundle, or push it under the same tag."
    if image in inputs:
        how = f"""\
set it as the input `{image}`. Terraform registers it as a new revision, and ECS replaces the tasks:"""
        commands += [
            f"terraform plan -var '{image}=IMAGE' -out=plan.tfplan && terraform apply plan.tfplan",
            f"aws ecs wait services-stable --cluster {clusters[0]} --services {service}",
        ]
    return f"""\
**One service.** Terraform deregisters the old revision of a task definition when it makes the new one, and no
service can go back to a deregistered one; but AWS still shows its image. Look it up, and
{how}

{markdown.shell(*commands)}

Write it into `terraform/terraform.tfvars`, or the next apply brings the newer image again. A deployment whose
tasks never become healthy goes back by itself (`deployment_circuit_breaker`)."""
