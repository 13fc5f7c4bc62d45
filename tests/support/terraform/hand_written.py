"""Stacks written by hand, so that the stand-in is tested without the generator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": "lambda.amazonaws.com"},
            }
        ],
    }
)
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}],
    }
)
VPC = {"aws_vpc": {"network": {"cidr_block": "10.0.0.0/16"}}}


def write_stack(folder: Path, resource: dict[str, Any], *, name: str = "dev", **sections: Any) -> Path:
    """A stack folder as cdktf lays it out, with the resources and whatever other sections are given."""
    document = {
        "terraform": {
            "required_providers": {"aws": {"source": "aws", "version": "6.25.0"}},
            "backend": {"local": {"path": f"../../../terraform.{name}.tfstate"}},
        },
        "provider": {"aws": [{"region": "eu-west-1", "default_tags": [{"tags": {"Project": "shop"}}]}]},
        **({"resource": resource} if resource else {}),
        **sections,
    }
    stack = folder / "stacks" / name
    stack.mkdir(parents=True, exist_ok=True)
    (stack / "cdk.tf.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    return stack


def security_group(**arguments: Any) -> dict[str, Any]:
    """The VPC and one security group in it, to change arguments of."""
    group = {"vpc_id": "${aws_vpc.network.id}", "name_prefix": "web-", "description": "web", **arguments}
    return {**VPC, "aws_security_group": {"web": group}}


def function(**arguments: Any) -> dict[str, Any]:
    """A published function and its alias, to change arguments of."""
    written = {
        "function_name": "inventory",
        "role": "arn:aws:iam::123456789012:role/inventory",
        "filename": "assets/code.zip",
        "source_code_hash": "one",
        "handler": "handler.handle",
        "runtime": "python3.13",
        "memory_size": 128,
        "publish": True,
        **arguments,
    }
    alias = {
        "name": "live",
        "function_name": "${aws_lambda_function.inventory.function_name}",
        "function_version": "${aws_lambda_function.inventory.version}",
    }
    return {"aws_lambda_function": {"inventory": written}, "aws_lambda_alias": {"inventory": alias}}
