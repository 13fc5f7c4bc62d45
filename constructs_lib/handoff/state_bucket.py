"""The folder ``state/``: the stack of the bucket that keeps the state, for who has no bucket yet."""

from __future__ import annotations

from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.figures.regions import partition_of
from constructs_lib.handoff import iam_actions, terraform_files
from constructs_lib.handoff.hcl.module_files import hcl_files
from constructs_lib.iam import document as policy_document
from constructs_lib.terraform_json import Document

FOLDER = "state"
POLICY = f"{FOLDER}/policy.json"
_BUCKET = "bucket.tf"
_BESIDE = ("versions.tf", "backend.tf", "outputs.tf")
_REASON = (
    "# Where Terraform keeps what it knows of environments: old versions stay for a while, nobody but the\n"
    "# account reads it, and no destroy takes it.\n"
)


def state_files(environment: Environment, document: Document, *, hcl: bool) -> dict[str, str]:
    """Return the root module of the bucket, by path. document: as the bootstrap stack was synthesized."""
    contents = {
        "main": terraform_files.main_file(terraform_files.module_content(document)),
        "versions": terraform_files.versions_file(document),
        "backend": terraform_files.backend_file(document),
    }
    if hcl:
        written = hcl_files(environment, **contents, variables={})
        texts = {name: written.pop(name) for name in _BESIDE if name in written}
        texts[_BUCKET] = _REASON + "\n".join(map(_without_reasons, written.values()))
    else:
        texts = {f"{name}.tf.json": terraform_files.formatted(found) for name, found in contents.items()}
    files = {f"{FOLDER}/{name}": text for name, text in texts.items()}
    return {**files, POLICY: terraform_files.formatted(_policy(environment, document))}


def _without_reasons(text: str) -> str:
    """Take away why a group is there: those are the reasons of an environment."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# "))


def _policy(environment: Environment, document: Document) -> dict[str, Any]:
    """What making and changing the bucket takes; taking it away does more harm than good."""
    actions = [name for name in iam_actions.needed_actions(document) if ":Delete" not in name]
    of_bucket = [name for name in actions if name.startswith("s3:")]
    arns = [
        f"arn:{partition_of(environment.region)}:s3:::{body['bucket']}"
        for body in document.bodies_of("aws_s3_bucket").values()
    ]
    others = [name for name in actions if name not in of_bucket]
    return policy_document(
        {"Effect": "Allow", "Action": of_bucket, "Resource": arns},
        {"Effect": "Allow", "Action": others, "Resource": "*"},
    )
