"""Rules about web ACLs of WAF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.rules.verdicts import Doubt, Fault, Finding, judge
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json import Document

_ASSOCIATIONS = ("aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association")


def behind_web_acls(document: Document) -> dict[Identity, str]:
    """Give what web ACLs stand before, with the association of each."""
    blocks = [block for kind in _ASSOCIATIONS for block in document.resources(kind)]
    return {found: block.address for block in blocks if (found := block.ref("resource_arn")) is not None}


def web_acls(facts: Facts) -> Iterator[Finding]:
    """``alb-web-acl``; an internal load balancer answers named callers alone."""
    for balancer in facts.model.load_balancers.values():
        if balancer.kind == "application" and balancer.internal is False:
            address = balancer.interface.address
            yield judge(address, facts.unless_elsewhere([address], _faults(facts, address)))


def _faults(facts: Facts, address: str) -> Iterator[Fault]:
    behind = behind_web_acls(facts.document)
    if address in behind:
        return
    for thing, association in behind.items():
        if isinstance(thing, Unknown):
            yield Doubt(f"whose web ACL {association} is, is not in this document")
            return
    if beside := facts.document.beside:
        yield Doubt(f"{', '.join(beside)} may name its web ACL: lint the folder")
    else:
        yield "is open to addresses outside without a web ACL of WAF"
