"""Texts of a Terraform document as they are on this machine: names and ARNs that an apply would give."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.figures.endpoint_services import KNOWN_SERVICES
from constructs_lib.figures.regions import dns_suffix_of, partition_of
from constructs_lib.terraform_json.values import Reference, Template, Unknown, text_of

if TYPE_CHECKING:
    from constructs_lib.terraform_json.block import Block
    from constructs_lib.terraform_json.document import Document

DEFAULT_ACCOUNT = "123456789012"  # where the document does not say whose it is; moto's too
_LOAD_BALANCER = re.compile(r"(aws_a?lb\.[\w-]+(?:\[[^\]]*\])?)")


class Values:
    """Gives texts for values. What only an apply knows gets a stand-in, and is noted in ``invented``.

    folder: where the document lies, which is ``path.module``.
    """

    def __init__(self, document: Document, folder: Path | None) -> None:
        self.document, self.folder = document, folder
        self.invented: dict[str, str] = {}
        body = next(iter(document.providers), None)
        region = body.text("region") if body else None
        self.region = region if isinstance(region, str) else "us-east-1"
        accounts = body.texts("allowed_account_ids") if body else ()
        self.account = next((one for one in accounts if isinstance(one, str)), DEFAULT_ACCOUNT)

    def text(self, value: Any) -> str:
        """Give a value as text."""
        if isinstance(value, Template):
            return "".join(part if isinstance(part, str) else self.text(part) for part in value.parts)
        if isinstance(value, Reference):
            return self._referenced(value)
        if isinstance(value, Unknown):
            return self._invent(value.text)
        if isinstance(value, bool):
            return str(value).lower()
        return value if isinstance(value, str) else text_of(value)

    def _referenced(self, reference: Reference) -> str:
        block = self.document.blocks.get(reference.address)
        if block is not None and reference.attribute in block.body:
            return self.text(block.get(reference.attribute))
        if block is not None and block.kind in ("aws_lb", "aws_alb") and reference.attribute == "dns_name":
            return host_of(reference.address)
        if block is not None and reference.attribute in ("arn", "qualified_arn", "id"):
            return self.arn(block) or self._invent(reference.text)
        if reference.address.startswith("data.aws_region."):
            return self.region
        if reference.text.endswith(".account_id"):
            return self.account
        return self._invent(reference.text)

    def _invent(self, text: str) -> str:
        if text == "path.module":
            return str(self.folder or ".")
        self.invented[text] = re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")
        return self.invented[text]

    def arn(self, block: Block) -> str:
        """Give the ARN that AWS would give a function, alias or target group; empty for anything else."""
        service, path = "", ""
        if block.kind == "aws_lambda_function":
            service, path = "lambda", f"function:{self.text(block.get('function_name'))}"
        elif block.kind == "aws_lambda_alias":
            function = self.text(block.get("function_name"))
            service, path = "lambda", f"function:{function.rpartition(':')[2]}:{self.text(block.get('name'))}"
        elif block.kind in ("aws_lb_target_group", "aws_alb_target_group"):
            number = hashlib.sha256(block.address.encode()).hexdigest()[:16]
            name = self.text(block.get("name")) if block.has("name") else block.address.split(".", 1)[1]
            service, path = "elasticloadbalancing", f"targetgroup/{name}/{number}"
        if not service:
            return ""
        return f"arn:{partition_of(self.region)}:{service}:{self.region}:{self.account}:{path}"

    def service_of_host(self, host: str) -> str | None:
        """Give the AWS service that a host name of any region means, such as ``sqs``; None for others."""
        suffix = "." + dns_suffix_of(self.region)
        if not host.endswith(suffix):
            return None
        labels = host.removesuffix(suffix).split(".")
        regional = [n for n, label in enumerate(labels) if re.fullmatch(r"[a-z]{2,4}(-[a-z]+)+-\d", label)]
        name = labels[: regional[0]] if regional else labels
        both = ".".join(reversed(name[-2:]))  # api.ecr is the endpoint service ecr.api
        return both if both in KNOWN_SERVICES else name[-1] if name else None


def host_of(load_balancer: str) -> str:
    """A name for a load balancer that no text holds by chance; the doors take its place."""
    return "door-to-" + re.sub(r"[^A-Za-z0-9]+", "-", load_balancer) + ".invalid"
