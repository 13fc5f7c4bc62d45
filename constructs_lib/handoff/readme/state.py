"""The README's chapter on the state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from constructs_lib.handoff.identity import Identity
from constructs_lib.handoff.state_bucket import FOLDER, POLICY
from constructs_lib.terraform_json import Document
from constructs_lib.views import markdown


def state(identity: Identity, document: Document, bucket: Document | None) -> str:
    """Where the state is, how to name another place and how to move it. bucket: the stack that makes it."""
    backend = document.backend
    if "s3" in backend:
        place = _s3(backend["s3"])
    elif "cloud" in backend:
        place = _cloud()
    elif others := sorted({*backend} - {"local"}):
        place = f"The state lies where `backend.tf.json` says, in the backend `{others[0]}`."
    else:
        place = _local(identity)
    return f"""\
## State

{place}{_made(bucket) if bucket else ""}

To keep it somewhere else for good, write `terraform/backend_override.tf.json`; Terraform merges it over
`backend.tf.json`, and a newer bundle does not bring it. Then `terraform init -migrate-state` moves what is
there.

A state that `cdktf deploy` made fits: the addresses are the same. Keep the backend (or copy the local state
file here) and plan: functions are updated in place, since `filename` names the package's new path, and their
aliases follow; nothing is added, replaced or destroyed."""


def _s3(backend: Mapping[str, Any]) -> str:
    commands = markdown.shell(
        'terraform init -backend-config="bucket=another-bucket" -backend-config="key=another/key.tfstate"',
        "terraform init -backend-config=backend.hcl   # the same as a file of your own, one setting a line",
    )
    return f"""\
The state lies in S3, `s3://{backend["bucket"]}/{backend["key"]}`, locked while in use. Every setting of
`backend.tf.json` can be given anew at init (partial configuration):

{commands}"""


def _cloud() -> str:
    return """\
The state lies in HCP Terraform; `terraform login` first. `TF_CLOUD_ORGANIZATION`, `TF_CLOUD_HOSTNAME` and
`TF_WORKSPACE` fill in what `backend.tf.json` leaves open."""


def _local(identity: Identity) -> str:
    commands = markdown.shell(f'terraform init -backend-config="path=../../{identity.name}.tfstate"')
    bucket = {
        "bucket": "my-bucket",
        "key": "my/key.tfstate",
        "region": identity.region,
        "use_lockfile": True,
    }
    override = json.dumps({"terraform": {"backend": {"s3": bucket}}}, indent=2)
    return f"""\
The state is a file, `terraform/terraform.tfstate`: enough for one person, and all that Terraform knows of
what it made, so keep it safe. Another path is given at init (partial configuration):

{commands}

For a team, S3 in `terraform/backend_override.tf.json`:

{markdown.fenced(override, "json")}"""


def _made(bucket: Document) -> str:
    """How the bucket is made, and what to do when what Terraform knows of it is lost."""
    [name] = [body["bucket"] for body in bucket.bodies_of("aws_s3_bucket").values()]
    commands = markdown.shell(
        f"cd {FOLDER}",
        "terraform init",
        "terraform plan -out=plan.tfplan",
        "terraform apply plan.tfplan",
        "cd ..",
    )
    again = markdown.shell(
        f"cd {FOLDER} && terraform init",
        *(f"terraform import {address} {name}" for address in bucket.declared if address.startswith("aws_")),
    )
    return f"""

Where there is no bucket yet, `{FOLDER}/` makes it before everything else: versioned, encrypted, for nobody
but the account, by TLS alone. One bucket serves many environments, so do this for the first of them only:

{commands}

`{POLICY}` allows what that takes. No destroy takes the bucket (`prevent_destroy`). What Terraform
knows of it is in `{FOLDER}/terraform.tfstate`; keep it. Where it is lost, this reads everything again:

{again}"""
