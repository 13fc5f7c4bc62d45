"""The README's chapters on changing what runs: apply, state, upgrade, roll back, destroy, adopt."""

from __future__ import annotations

from constructs_lib.handoff.identity import Identity
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown

_ADOPTABLE = ("aws_subnet", "aws_route_table", "aws_eip", "aws_nat_gateway", "aws_vpc_endpoint")
_ID_BEGINS = {
    "aws_eip": "eipalloc-",
    "aws_nat_gateway": "nat-",
    "aws_route_table": "rtb-",
    "aws_subnet": "subnet-",
    "aws_vpc_endpoint": "vpce-",
}


def apply(identity: Identity, document: Document) -> str:
    """First apply; images that go into repositories made here need these first."""
    commands = markdown.shell(
        "sha256sum -c SHA256SUMS",
        f"export AWS_REGION={identity.region}   # for the aws commands below; Terraform has it already",
        "cd terraform",
        "terraform init",
        "terraform plan -out=plan.tfplan",
        "terraform apply plan.tfplan",
    )
    return f"""\
## Apply

{_repositories(document)}{commands}

Before it, with no account at all, `terraform init -backend=false && terraform test` checks your inputs. Keep
`.terraform.lock.hcl`, which `terraform init` writes, with the bundle."""


def _repositories(document: Document) -> str:
    targets = [f"-target=aws_ecr_repository.{name}" for name in document.bodies_of("aws_ecr_repository")]
    if not targets:
        return ""
    commands = markdown.shell(
        "sha256sum -c SHA256SUMS",
        "cd terraform && terraform init",
        f"terraform apply {' '.join(targets)}",
        "cd ..",
    )
    return (
        f"Images are pushed into repositories that this makes. Make these first, and push:\n\n{commands}\n\n"
    )


def upgrade(identity: Identity, document: Document) -> str:
    """From this bundle to a newer one."""
    moved = "".join(f"\n- `{one['from']}` is now `{one['to']}`" for one in document.content.get("moved", ()))
    if moved:
        moved = f"\n\nAddresses that an older bundle had by other names, which Terraform moves:\n{moved}"
    commands = markdown.shell(
        f"diff -r {identity.name}-old/terraform {identity.name}-new/terraform",
        f"cd {identity.name}-new/terraform",
        "# bring yours: *.tfvars, backend_override.tf.json, .terraform.lock.hcl, a local terraform.tfstate",
        "terraform init -upgrade",
        "terraform plan -out=plan.tfplan   # read what is replaced: -/+",
        "terraform apply plan.tfplan",
    )
    return f"""\
## Upgrade

Unpack the newer bundle beside this one. Where it was made with `handoff --since` and this bundle (ask for
it), its README has the chapter "What changes": what that is, what it interrupts and for how long. Whoever has
the generator sees the same with `python main.py diff OLD NEW`; either side may be what `terraform show -json`
prints of the state.

{commands}{moved}"""


def roll_back(identity: Identity, document: Document) -> str:
    """Back to an earlier version of one function, or of everything."""
    functions = document.bodies_of("aws_lambda_function")
    aliases = document.bodies_of("aws_lambda_alias")
    quick = ""
    alias = next((str(body.get("name")) for body in aliases.values()), "${}")
    if functions and "${" not in alias:
        name = next(iter(functions.values()))["function_name"]
        commands = markdown.shell(
            f"aws lambda list-versions-by-function --function-name {name} \\",
            "  --query 'Versions[].[Version,LastModified,CodeSha256]' --output text",
            f"aws lambda update-alias --function-name {name} --name {alias} --function-version 3",
        )
        quick = f"""
Load balancers invoke the alias `{alias}` of a published version, so one function goes back within seconds,
without Terraform:

{commands}

The next `terraform apply` moves the alias to the newest version again. To make it last:
"""
    return f"""\
## Roll back
{quick}
Apply the older bundle as in "Upgrade", with the same state: its code, memory and rules come back, and
addresses are the same in every bundle of `{identity.name}`."""


def destroy(document: Document) -> str:
    """What to know before everything goes."""
    steps = []
    for label, body in sorted(document.bodies_of("aws_lb").items()):
        if body.get("enable_deletion_protection"):
            commands = markdown.shell(
                f"arn=$(aws elbv2 describe-load-balancers --names {body.get('name', label)} \\",
                "  --query 'LoadBalancers[0].LoadBalancerArn' --output text)",
                'aws elbv2 modify-load-balancer-attributes --load-balancer-arn "$arn" \\',
                "  --attributes Key=deletion_protection.enabled,Value=false",
            )
            steps.append(
                f"The load balancer {label} is protected against deletion; lift that first:\n\n{commands}\n\n"
            )
    return f"""\
## Destroy

{"".join(steps)}{markdown.shell("cd terraform", "terraform destroy")}

Lambda gives its network interfaces back 20 to 40 minutes after a function is gone, and until then subnets
and security groups can't be deleted. The functions here move to the VPC's default group first
(`replace_security_groups_on_destroy`), which spares their groups the wait, not the subnets. Where Terraform
gives up waiting, run it again. Log groups go too, with all that is in them."""


def adopt(document: Document) -> str:
    """Import blocks, where the VPC existed before."""
    if not document.bodies_of("data.aws_vpc"):
        return ""
    blocks = [
        f'import {{\n  to = {type_name}.{label}\n  id = "{_ID_BEGINS[type_name]}..."\n}}'
        for type_name in _ADOPTABLE
        for label in sorted(document.bodies_of(type_name))
    ]
    return f"""\
## Adopt what exists

The VPC and its internet gateway are read, never made, changed or destroyed. Where something below exists
already (made by hand, or by another state that gives it up), put its block with the real id into
`terraform/imports.tf` before the first apply: Terraform then takes it over instead of making a second one.
Check in the plan that nothing imported is replaced; remove the file afterwards.

{markdown.fenced(chr(10).join(blocks), "hcl")}"""
