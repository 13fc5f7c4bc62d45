"""The stacks of all environments and examples, and of a project folder, on disk as Terraform reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from constructs_lib import load_environment
from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.testing.terraform import OfflineTerraform, Plan
from tests.support.paths import FILES, ROOT

SOURCES = sorted([*FILES, *ROOT.glob("examples/*.py")])
"""Every environment and example of this repository, with the programs."""


def written(source: Path, output: Path) -> Path:
    """The stack folder of an environment file of this repository, or of a program that takes a folder."""
    if source.suffix == ".toml":
        return stack_of(source, ROOT, output)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, source, output], check=True, capture_output=True, env=environment)
    return output / "stacks" / source.stem


def stack_of(file: Path, project_root: Path, output: Path) -> Path:
    """The stack folder of an environment file."""
    environment = load_environment(file, project_root=project_root)
    synthesize({file.stem: environment}, project_root=project_root, output=output)
    return output / "stacks" / file.stem


def unprotect(session: OfflineTerraform, plan: Plan) -> None:
    """Lets the load balancers of the plan be deleted, as AWS wants it before it deletes them."""
    balancers = [address for address in plan.created if address.startswith("aws_lb.")]
    names = [a.removeprefix("aws_lb.") for a in balancers if plan.after(a)["enable_deletion_protection"]]
    if names:
        off = {"resource": {"aws_lb": {name: {"enable_deletion_protection": False} for name in names}}}
        (session.folder / "unprotected_override.tf.json").write_text(json.dumps(off), encoding="utf-8")
        session.apply()


def answers(source: Path) -> dict[str, Any]:
    """What the data sources of an existing VPC answer: that everything is where the file says."""
    environment = load_environment(source, project_root=ROOT) if source.suffix == ".toml" else None
    existing = environment.network.existing if environment else None
    if environment is None or existing is None:
        return {}
    there = {"vpc_id": existing.vpc_id}
    subnets = [
        {"id": id_, "availability_zone": f"{environment.region}{zone}", **there}
        for zone, id_ in existing.public_subnet_ids.items()
    ]
    for number, block in enumerate(environment.network.occupied):
        subnets.append({"id": f"subnet-{number:017}", "cidr_block": block, **there})
    return {
        "aws_vpc": {"id": existing.vpc_id, "cidr_block": environment.network.cidr},
        "aws_internet_gateway": {"attachments": [{**there, "state": "available"}]},
        "aws_subnets": {"ids": [subnet["id"] for subnet in subnets]},
        "aws_subnet": subnets,
        "aws_nat_gateway": there,
        "aws_vpc_endpoint": [
            {
                "id": found.gateway_endpoint_id,
                "service_name": f"com.amazonaws.{environment.region}.{service}",
                "vpc_endpoint_type": "Gateway",
                **there,
            }
            for service, found in existing.endpoints.items()
        ],
    }
