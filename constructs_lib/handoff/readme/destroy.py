"""The README's chapter on the end: what is protected, what holds data, and what goes last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.handoff.state_bucket import FOLDER
from constructs_lib.problem_words import listed
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown

_SHOWN = 12
# What of a type goes with it. Alphabetical.
_DATA = {
    "aws_cloudwatch_log_group": "its logs",
    "aws_db_instance": "its databases",
    "aws_dynamodb_table": "its items",
    "aws_ecr_repository": "its images",
    "aws_efs_file_system": "its files",
    "aws_rds_cluster": "its databases",
    "aws_s3_bucket": "its objects",
    "aws_secretsmanager_secret": "its value",
    "aws_sqs_queue": "its messages",
}


def destroy(document: Document, variables: Sequence[Variable], *, bucket: bool) -> str:
    """What to do until everything is gone, in order. bucket: whether `state/` is there."""
    inputs = {variable.name for variable in variables}
    steps = [
        *_protected(document, inputs),
        *_data(document),
        *_all(document, inputs),
        *_state(document, bucket=bucket),
    ]
    numbered = (f"### {number}. {step}" for number, step in enumerate(steps, 1))
    return "## Destroy\n\n" + "\n\n".join(numbered)


def _options(document: Document, inputs: set[str]) -> list[str]:
    """The options that lift the protection of load balancers, as far as inputs do."""
    names = (
        f"{label.replace('-', '_')}_deletion_protection"
        for label, body in sorted(document.bodies_of("aws_lb").items())
        if body.get("enable_deletion_protection")
    )
    return [f"-var {name}=false" for name in names if name in inputs]


def _protected(document: Document, inputs: set[str]) -> Iterator[str]:
    balancers = document.bodies_of("aws_lb").items()
    protected = [label for label, body in sorted(balancers) if body.get("enable_deletion_protection")]
    if not protected:
        return
    names = " and ".join(protected)
    options = _options(document, inputs)
    commands = markdown.shell(
        "cd terraform", f"terraform apply {' '.join(options)}   # read the plan", "cd .."
    )
    if len(options) < len(protected):
        commands = "Write `enable_deletion_protection = false` for them into an override file, and apply."
    yield f"""\
Lift what is protected

AWS refuses to delete a load balancer with deletion protection: {names}.

{commands}"""


def _data(document: Document) -> Iterator[str]:
    rows = []
    for kind, lost in _DATA.items():
        bodies = document.bodies_of(kind).items()
        names = [str(body.get("name") or body.get("bucket") or label) for label, body in sorted(bodies)]
        if names:
            shown = listed(map(markdown.code, names), most=_SHOWN)
            rows.append([markdown.code(kind), shown, lost])
    if not rows:
        return
    yield f"""\
Save what holds data

A destroy takes these with all that is in them. Copy elsewhere what has to stay:

{markdown.table(["type", "which", "what is lost"], rows)}"""


def _all(document: Document, inputs: set[str]) -> Iterator[str]:
    options = _options(document, inputs)
    command = " ".join(["terraform destroy", *options])
    functions = """

Lambda gives its network interfaces back 20 to 40 minutes after a function is gone, and until then subnets
and security groups can't be deleted. The functions here move to the VPC's default group first
(`replace_security_groups_on_destroy`), which spares their groups the wait, not the subnets. Where Terraform
gives up waiting, run it again."""
    yield f"""\
Destroy

{markdown.shell("cd terraform", command)}{functions if document.bodies_of("aws_lambda_function") else ""}\
{"".join(f"{chr(10)}{chr(10)}{line}" for line in _full(document))}"""


def _full(document: Document) -> Iterator[str]:
    """What AWS does not delete before it is empty."""
    names = [
        str(body["name"])
        for body in document.bodies_of("aws_ecr_repository").values()
        if not body.get("force_delete") and "${" not in str(body.get("name", "${}"))
    ]
    if names:
        commands = [
            line
            for name in names
            for line in (
                f"aws ecr list-images --repository-name {name} \\",
                "  --query 'imageIds[*]' --output json > images.json",
                f"aws ecr batch-delete-image --repository-name {name} --image-ids file://images.json",
            )
        ]
        yield (
            "AWS keeps a repository with images, so this stops there. Nothing uses them any more; delete\n"
            f"them, and run it again:\n\n{markdown.shell(*commands)}"
        )
    if any(not body.get("force_destroy") for body in document.bodies_of("aws_s3_bucket").values()):
        yield "AWS keeps a bucket with objects, old versions included: empty it, and run it again."


def _state(document: Document, *, bucket: bool) -> Iterator[str]:
    state = document.backend.get("s3")
    if not state:
        return
    name = state["bucket"]
    again = f"""

Where that prints nothing else, and the bucket was made by `{FOLDER}/`: take `prevent_destroy` out of its
files, empty the bucket with all old versions (the console's "Empty" does both), and

{markdown.shell(f"cd {FOLDER}", "terraform destroy")}"""
    look = f"aws s3 ls s3://{name} --recursive   # the states of other environments"
    yield f"""\
The state last

The state of this is empty now and may stay; old versions of it tell what there was. The bucket may hold the
states of others:

{markdown.shell(look)}{again if bucket else ""}"""
