"""Container images: what a reference says, and what pulling the image needs of the network. Pure.

The grammar is that of https://pkg.go.dev/github.com/distribution/reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from constructs_lib.errors import Problem
from constructs_lib.figures.containers import ecr

DOCKER_HUB = "docker.io"
_DOMAIN_PART = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_PATH_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?:(?P<registry>{_DOMAIN_PART}(?:\.{_DOMAIN_PART})*(?::[0-9]+)?)/)?"
    rf"(?P<repository>{_PATH_PART}(?:/{_PATH_PART})*)"
    r"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}))?"
)
_ECR = re.compile(ecr.REGISTRY)
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
_RULE = (
    "the reference of a container image: [registry/]repository[:tag][@digest], the repository in lower case"
)
_EXAMPLE = ecr.registry_host("123456789012", "us-east-1")
_WAY_OUT = f'write it like "{_EXAMPLE}/shop@sha256:<64 hexadecimal digits>"'


@dataclass(frozen=True)
class Image:
    """A reference in its parts.

    registry: the host, ``docker.io`` where none is written. account and region: of a private ECR registry,
    None of any other. tag: None where none is written, which means ``latest`` unless there is a digest.
    """

    registry: str
    repository: str
    tag: str | None = None
    digest: str | None = None
    account: str | None = None
    region: str | None = None

    @property
    def private_ecr(self) -> bool:
        """Whether the image lies in an account's own ECR registry, which VPC endpoints reach."""
        return self.account is not None


@dataclass(frozen=True)
class Needs:
    """What a task needs of its network to start. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html

    endpoints: services that it reaches on port 443, through an endpoint or NAT, each with the reason.
    internet: whether nothing but NAT will do, for ``reason`` (empty where it is not needed).
    """

    endpoints: Mapping[str, str]
    internet: bool
    reason: str


def parse_image(reference: str) -> Image | None:
    """The parts of a reference, or None where it is none."""
    if len(reference) > 512 or not (match := _REFERENCE.fullmatch(reference)):
        return None
    registry, repository = match["registry"], match["repository"]
    if registry and not _is_host(registry):
        registry, repository = None, f"{registry}/{repository}"
        if not re.fullmatch(rf"{_PATH_PART}(?:/{_PATH_PART})*", repository):
            return None
    ecr = _ECR.fullmatch(registry or "")
    return Image(
        registry=registry or DOCKER_HUB,
        repository=repository,
        tag=match["tag"],
        digest=match["digest"],
        account=ecr["account"] if ecr else None,
        region=ecr["region"] if ecr else None,
    )


def _is_host(first: str) -> bool:
    """Docker's rule: what stands before the first slash is a registry if it has a dot or a port."""
    return "." in first or ":" in first or first == "localhost"


def check_image(
    reference: str, *, field: str, region: str, runs_on: Literal["lambda", "fargate"]
) -> list[Problem]:
    """What is wrong with an image that shall run in ``region``.

    Lambda takes images from private ECR registries of its own region alone; Fargate takes any.
    https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
    """
    image = parse_image(reference)
    if image is None:
        return [Problem(field, reference, _RULE, _malformed_way_out(reference))]
    problems = []
    if image.digest and not _SHA256.fullmatch(image.digest):
        rule, way_out = 'a digest is "sha256:" and 64 hexadecimal digits in lower case', "copy it from ECR"
        problems.append(Problem(field, reference, rule, way_out))
    if runs_on == "lambda" and not image.private_ecr:
        rule = f"Lambda takes images from a private ECR registry only, not from {image.registry}"
        way_out = f"push it to {ecr.registry_host('<account id>', region)}/{image.repository}"
        problems.append(Problem(field, reference, rule, way_out))
    elif runs_on == "lambda" and image.region != region:
        rule = (
            f"the image lies in {image.region}, and Lambda takes images from its own region, {region}, only"
        )
        host = ecr.registry_host(str(image.account), region)
        way_out = f"push or replicate it to {host}/{image.repository}"
        problems.append(Problem(field, reference, rule, way_out))
    return problems


def _malformed_way_out(reference: str) -> str:
    if "://" in reference:
        return f'write it without "{reference.partition("://")[0]}://"'
    name = re.sub(r"(:[^/:@]+)?(@.*)?$", "", reference)
    in_lower_case = name.lower() + reference.removeprefix(name)
    return f'write "{in_lower_case}"' if parse_image(in_lower_case) else _WAY_OUT


def image_warnings(reference: str, *, field: str) -> list[Problem]:
    """That a tag may name another image tomorrow, where the reference has no digest."""
    image = parse_image(reference)
    if image is None or image.digest:
        return []
    rule = f"the tag {image.tag or 'latest'} may name another image tomorrow, and Terraform does not notice"
    way_out = f'write the digest: "{_without_tag(reference, image)}@sha256:..."'
    return [Problem(field, reference, rule, way_out)]


def _without_tag(reference: str, image: Image) -> str:
    return reference.removesuffix(f":{image.tag}") if image.tag else reference


def egress_needs(image: str, *, region: str, secrets: Sequence[str] = (), logs: bool = True) -> Needs:
    """What a Fargate task in ``region`` reaches through its own interface before it runs (AWS's page below).

    image: a reference that ``check_image`` has passed. secrets: ARNs of Secrets Manager secrets and SSM
    parameters. logs: whether its output goes to CloudWatch Logs.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    """
    parsed = parse_image(image)
    if parsed is None:
        raise ValueError(f"no image: {image}")
    endpoints: dict[str, str] = {}
    reason = ""
    if parsed.private_ecr and parsed.region == region:
        pull = f"pulls {parsed.repository} from ECR"
        endpoints |= {"ecr.api": pull, "ecr.dkr": pull, "s3": f"{pull}, which keeps layers in S3"}
    elif parsed.private_ecr:
        reason = f"pulls {parsed.repository} from ECR in {parsed.region}, and endpoints reach {region} alone"
    else:
        reason = f"pulls {parsed.repository} from {parsed.registry}, which no VPC endpoint reaches"
    if logs:
        endpoints["logs"] = "sends its output to CloudWatch Logs"
    for arn in secrets:
        service = "ssm" if arn.split(":")[2:3] == ["ssm"] else "secretsmanager"
        endpoints.setdefault(service, f"reads {arn.split(':', 5)[-1]} before it starts")
    return Needs(endpoints=endpoints, internet=bool(reason), reason=reason)
