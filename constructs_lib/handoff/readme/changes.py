"""The README's chapters on changing what runs: apply, upgrade, adopt."""

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


def apply(identity: Identity, document: Document, *, bucket: bool) -> str:
    """First apply; images that go into repositories made here need these. bucket: ``state/`` is there."""
    commands = markdown.shell(
        "sha256sum -c SHA256SUMS",
        f"export AWS_REGION={identity.region}   # for the aws commands below; Terraform has it already",
        "cd terraform",
        "terraform init",
        "terraform plan -out=plan.tfplan",
        "terraform apply plan.tfplan",
    )
    first = ""
    if bucket:
        first = 'Where the bucket of the state is not there yet, make it first, as said below in "State".\n\n'
    return f"""\
## Apply

{first}{_repositories(document)}{commands}

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
        "# in the folder that holds both",
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
