"""The promise about names: the domain that clients are told leads to its load balancer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.proof.promises.promise import Promise, carrying
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, carried
from constructs_lib.terraform_json.values import Identity, Reference, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment import Environment
    from constructs_lib.proof.walking.path import Paths
    from constructs_lib.terraform_json.block import Block

_ADDRESSES = ("A", "AAAA", "CNAME")


def leading_names(environment: Environment, paths: Paths) -> Iterator[Promise]:
    """Every load balancer with a ``domain`` and a hosted zone has a DNS record under that name."""
    settings = environment.load_balancers
    for exposure, own in (("internal", settings.internal), ("public", settings.public)):
        if own.domain and own.zone_id and environment.exposed(exposure):
            doors = {
                address
                for address, balancer in paths.model.load_balancers.items()
                if balancer.internal is (exposure == "internal")
            }
            sentence = f"{own.domain} leads to the {exposure} load balancer"
            yield carrying("name", own.domain, sentence, _leads(paths, own.domain, doors))


def _leads(paths: Paths, domain: str, doors: set[Identity]) -> Answer:
    blocked: Answer = Blocked(domain, f"the document has no DNS record for {domain}")
    for block in paths.model.document.resources("aws_route53_record"):
        if str(block.text("name")).rstrip(".") != domain or block.text("type") not in _ADDRESSES:
            continue
        target = _target(block)
        if isinstance(target, Reference) and target.address in doors:
            return carried(f"{block.address} leads {domain} to {target.address}", block.address)
        where = f"{block.address} leads {domain} to {text_of(target)}"
        known = isinstance(target, Reference) or target is None
        blocked = Blocked(block.address, where) if known else CannotTell(block.address, where)
    return blocked


def _target(block: Block) -> object:
    """The name that a record stands for: an alias, or the first of its records."""
    for alias in block.blocks("alias"):
        return alias.get("name")
    records = block.get("records")
    return records[0] if isinstance(records, list) and records else None
