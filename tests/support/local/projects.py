"""Stacks with handlers of a test's own, written as Terraform JSON with their packages, and no cdktf."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.terraform_json import read_document
from constructs_lib.views.written_stack import WrittenStack
from tests.support.architecture import document_of, environment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constructs_lib.environment import Environment

Document = dict[str, Any]

ECHO = """
import json

def handler(event, context):
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}
"""
CALLS = """
import os, urllib.request

def handler(event, context):
    with urllib.request.urlopen(os.environ["INVENTORY_URL"] + event["path"], timeout=1) as answer:
        return {"statusCode": 200, "body": answer.read().decode()}
"""


def stack_with(
    folder: Path,
    handlers: Mapping[str, str],
    *,
    change: Callable[[Document], None] | None = None,
    environment: Environment | None = None,
    file: str = "handler.py",
    **settings: Any,
) -> WrittenStack:
    """The default environment's stack with these handlers, by function.

    change: changes the document before it is written. file: what the code is called.
    settings: of each function, such as ``timeout=1``.
    """
    made = environment or environment_of()
    document = copy.deepcopy(document_of(made))
    for name, code in handlers.items():
        body = document["resource"]["aws_lambda_function"][name]
        body.update(
            {"filename": f"{name}.zip", "handler": "handler.handler", "runtime": "python3.11", **settings}
        )
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
            archive.writestr(file, code)
    urls = {"INVENTORY_URL": "http://${aws_lb.internal.dns_name}:8080"}
    document["resource"]["aws_lambda_function"]["storefront"]["environment"] = {"variables": urls}
    if change is not None:
        change(document)
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    return WrittenStack("dev", read_document(folder), made, folder)
