"""The ARNs of what a document makes under names that are written out, by the service that knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from constructs_lib.figures.regions import partition_of
from constructs_lib.handoff.identity import Identity
from constructs_lib.names import WILDCARD
from constructs_lib.terraform_json import Document
from constructs_lib.terraform_json.block import Block

_ACCOUNT = "${data.aws_caller_identity.current.account_id}"
_IMAGE = re.compile(r"([0-9]+)\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+/([^:@]+)")


@dataclass(frozen=True)
class Arns:
    """ARNs of one bundle. by_prefix: by the beginning of names, where exact ones are too many."""

    identity: Identity
    document: Document
    by_prefix: bool = False

    @cached_property
    def account(self) -> str:
        """Give the account id, or ``*`` where none is named."""
        return self.identity.account_id or "*"

    def of(self, service: str, resource: str, *, regional: bool = True) -> str:
        """Give the ARN of a resource in the bundle's account and region."""
        region = self.identity.region
        return f"arn:{partition_of(region)}:{service}:{region if regional else ''}:{self.account}:{resource}"

    def _names(self, kind: str, argument: str) -> list[str]:
        found = [name_or_pattern(block, argument) for block in self._blocks(kind)]
        if self._prefix and found:
            heads = {name[: name.index(self._prefix)] for name in found if self._prefix in name}
            return sorted(f"{head}{self._prefix}-*" for head in heads)
        return sorted(set(found))

    @property
    def _prefix(self) -> str | None:
        """With what names begin, where that is meant instead of exact ones."""
        return self.identity.name_prefix if self.by_prefix else None

    def _blocks(self, kind: str) -> list[Block]:
        return self.document.resources(kind)

    def roles(self, *kinds: tuple[str, str]) -> list[str]:
        """Give the roles; kinds: of the resources whose argument names them."""
        blocks = self._blocks("aws_iam_role")
        if kinds:
            named = {str(role) for kind, argument in kinds for role in self._refs(kind, argument)}
            blocks = [block for block in blocks if block.address in named]
        paths = {str(block.text("path") or "/") for block in blocks}
        if self._prefix:
            return sorted(self.of("iam", f"role{p}{self._prefix}-*", regional=False) for p in paths)
        names = [f"role{block.text('path') or '/'}{name_or_pattern(block, 'name')}" for block in blocks]
        return sorted({self.of("iam", name, regional=False) for name in names})

    def policies(self) -> list[str]:
        """Give the managed policies that are made."""
        blocks = self._blocks("aws_iam_policy")
        names = {f"policy{block.text('path') or '/'}{name_or_pattern(block, 'name')}" for block in blocks}
        return sorted(self.of("iam", name, regional=False) for name in names)

    def _refs(self, kind: str, argument: str) -> Iterator[object]:
        """Give what an argument refers to; one of a nested block has that before a dot."""
        outer, _, inner = argument.rpartition(".")
        for block in self._blocks(kind):
            yield from (one.ref(inner) for one in (block.blocks(outer) if outer else (block,)))

    def functions(self) -> list[str]:
        """Give the functions, with their versions and aliases."""
        names = self._names("aws_lambda_function", "function_name")
        return [self.of("lambda", f"function:{n}{tail}") for n in names for tail in ("", ":*")]

    def layers(self) -> list[str]:
        """Give the versions of layers that functions have."""
        layers = (one for block in self._blocks("aws_lambda_function") for one in block.texts("layers"))
        return sorted({str(one) for one in layers})

    def log_groups(self) -> list[str]:
        """Give the log groups."""
        names = self._names("aws_cloudwatch_log_group", "name")
        return [self.of("logs", f"log-group:{n}{tail}") for n in names for tail in ("", ":*")]

    def ecs(self) -> list[str]:
        """Give clusters, services with their deployments, and task definitions."""
        return [*self._ecs()]

    def _ecs(self) -> Iterator[str]:
        clusters = self._names("aws_ecs_cluster", "name") or ["*"]
        yield from (self.of("ecs", f"cluster/{name}") for name in clusters)
        for name in self._names("aws_ecs_service", "name"):
            for cluster in clusters:
                yield self.of("ecs", f"service/{cluster}/{name}")
                yield self.of("ecs", f"service-deployment/{cluster}/{name}/*")
        for family in self._names("aws_ecs_task_definition", "family"):
            yield self.of("ecs", f"task-definition/{family}:*")

    def alarms(self) -> list[str]:
        """Give the dashboards, the alarms by the beginning of their names, and those of target tracking.

        There are five and more for each workload: their names would fill the policies.
        """
        boards = (block.text("dashboard_name") for block in self._blocks("aws_cloudwatch_dashboard"))
        names = sorted(name for name in boards if isinstance(name, str))
        return [
            *(self.of("cloudwatch", f"alarm:{name}") for name in self._alarm_names()),
            *(self.of("cloudwatch", f"dashboard/{name}", regional=False) for name in names),
            *self._target_tracking(),
        ]

    def _alarm_names(self) -> list[str]:
        kinds = ("aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm")
        names = [*self._names(kinds[0], "alarm_name"), *self._names(kinds[1], "alarm_name")]
        beginning = self.identity.name_prefix
        return [f"{beginning}-*"] if names and beginning else sorted(names)

    def topics(self) -> list[str]:
        """Give the topics that are made, those that functions subscribe to, and their subscriptions."""
        own = [self.of("sns", name) for name in self._names("aws_sns_topic", "name")]
        others = {one.text("topic_arn") for one in self._blocks("aws_sns_topic_subscription")}
        topics = [*own, *sorted(topic for topic in others if isinstance(topic, str))]
        return [f"{topic}{tail}" for topic in topics for tail in ("", ":*")]

    def schedules(self) -> list[str]:
        """Give the schedules by the beginning of their names: they have no tags by which to remove them."""
        beginning = self.identity.name_prefix
        names = [f"{beginning}-*"] if beginning else self._names("aws_scheduler_schedule", "name")
        return [self.of("scheduler", f"schedule/*/{name}") for name in names]

    def event_rules(self) -> list[str]:
        """Give the rules of event buses."""
        found = []
        for block in self._blocks("aws_cloudwatch_event_rule"):
            bus = str(block.text("event_bus_name") or "default").rpartition("/")[2]
            name = name_or_pattern(block, "name")
            found.append(self.of("events", f"rule/{name if bus == 'default' else f'{bus}/{name}'}"))
        return found

    def queues(self) -> list[str]:
        """Give the queues."""
        return [self.of("sqs", name) for name in self._names("aws_sqs_queue", "name")]

    def buckets(self) -> list[str]:
        """Give the buckets, with what is in those that may be emptied; and those whose notifications are
        written.
        """
        partition = partition_of(self.identity.region)
        names = {str(one.text("bucket")) for one in self._blocks("aws_s3_bucket_notification")}
        for block in self._blocks("aws_s3_bucket"):
            name = self._bucket(block)
            names |= {name, f"{name}/*"} if block.flag("force_destroy", False) is True else {name}
        return [f"arn:{partition}:s3:::{name}" for name in sorted(names)]

    def _bucket(self, block: Block) -> str:
        """Give a bucket's name; one for logs ends with the account's id, known to an apply alone."""
        written = block.body.get("bucket")
        if isinstance(written, str) and written.endswith(_ACCOUNT):
            return f"{written.removesuffix(_ACCOUNT)}{self.account}"
        return name_or_pattern(block, "bucket")

    def _target_tracking(self) -> list[str]:
        clusters, services = (
            self._names("aws_ecs_cluster", "name") or ["*"],
            self._names("aws_ecs_service", "name"),
        )
        return [
            self.of("cloudwatch", f"alarm:TargetTracking-service/{cluster}/{name}-*")
            for cluster in clusters
            for name in services
        ]

    def repositories(self) -> list[str]:
        """Give the image repositories that are made, and those of functions' images."""
        own = [self.of("ecr", f"repository/{n}") for n in self._names("aws_ecr_repository", "name")]
        images = (block.text("image_uri") for block in self._blocks("aws_lambda_function"))
        found = [_IMAGE.match(image) for image in images if isinstance(image, str)]
        partition = partition_of(self.identity.region)
        named = (f"arn:{partition}:ecr:{m[2]}:{m[1]}:repository/{m[3]}" for m in found if m)
        return sorted({*own, *named})

    def keys(self) -> list[str]:
        """Give the KMS keys that the document names."""
        arguments = (
            ("aws_lambda_function", "kms_key_arn"),
            ("aws_cloudwatch_log_group", "kms_key_id"),
            ("aws_sns_topic", "kms_master_key_id"),
        )
        found = (one.text(argument) for kind, argument in arguments for one in self._blocks(kind))
        return sorted({key for key in found if isinstance(key, str)})

    def web_acls(self) -> list[str]:
        """Give the web ACLs that are put before load balancers."""
        named = (block.text("web_acl_arn") for block in self._blocks("aws_wafv2_web_acl_association"))
        return sorted({arn for arn in named if isinstance(arn, str)})

    def load_balancers(self) -> list[str]:
        """Give the application load balancers by their names."""
        names = self._names("aws_lb", "name")
        return [self.of("elasticloadbalancing", f"loadbalancer/app/{name}/*") for name in names]

    def aliases(self) -> list[str]:
        """Give the aliases of keys."""
        return [self.of("kms", name) for name in self._names("aws_kms_alias", "name")]

    def zones(self) -> list[str]:
        """Give the hosted zones in which records are made."""
        zones = (block.text("zone_id") for block in self._blocks("aws_route53_record"))
        partition = partition_of(self.identity.region)
        return sorted({f"arn:{partition}:route53:::hostedzone/{z}" for z in zones if isinstance(z, str)})

    def domains(self) -> list[str]:
        """Give the names of the records that are made; those that prove a certificate begin with ``_``.

        ``*`` of a record is written as Route 53 compares it, or it would stand for any name.
        https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
        """
        names = {one.replace(WILDCARD, r"\052.") for one in self.identity.domains}
        return sorted(names | {f"_*.{one.removeprefix(WILDCARD)}" for one in self.identity.domains})


def name_or_pattern(block: Block, argument: str) -> str:
    """Give a resource's name, or what it begins with and ``*`` where AWS's or the provider's rest follows.

    Without either it is ``terraform-`` and a number.
    https://pkg.go.dev/github.com/hashicorp/terraform-plugin-sdk/v2/helper/id#pkg-constants
    """
    name, prefix = block.text(argument), block.text(f"{argument}_prefix")
    if isinstance(name, str):
        return name
    if isinstance(prefix, str):
        return f"{prefix}*"
    return "*" if block.has(argument) or block.has(f"{argument}_prefix") else "terraform-*"
