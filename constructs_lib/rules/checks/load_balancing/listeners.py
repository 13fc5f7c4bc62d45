"""Rules about listeners, their rules and certificates."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from constructs_lib.figures.internet import PORT
from constructs_lib.figures.load_balancer import DEFAULT_TLS_POLICY, RULE_PRIORITY, VALUES_PER_RULE
from constructs_lib.rules.verdicts import (
    Doubt,
    Fault,
    Finding,
    each,
    given,
    judge,
    open_value,
    within_limits,
)
from constructs_lib.terraform_json.values import Identity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.proof.model.load_balancing import Listener
    from constructs_lib.rules.facts import Facts
    from constructs_lib.terraform_json.block import Block

_WEB = ("HTTP", "HTTPS")
_CERTIFICATE = re.compile(r"arn:[\w-]+:acm:([\w-]*):")
_VALUES = ("path_pattern", "host_header", "http_request_method", "source_ip", "http_header")
_KEYS = ("values", "regex_values")

Place = tuple[Identity, object]
"""A load balancer and a port, or a listener and a priority."""


def ports(facts: Facts) -> Iterator[Finding]:
    """``listener-port``."""
    own = _web_listeners(facts)
    places: Counter[Place] = Counter((one.load_balancer, one.port) for one in own)
    for listener in own:
        yield judge(listener.address, _port(facts, listener, places))


def _web_listeners(facts: Facts) -> list[Listener]:
    return [one for one in facts.model.listeners.values() if one.protocol in _WEB or one.protocol is None]


def _port(facts: Facts, listener: Listener, places: Counter[Place]) -> Iterator[Fault]:
    yield from within_limits(facts.document.blocks[listener.address], "port", PORT)
    if places[listener.load_balancer, listener.port] > 1 and isinstance(listener.port, int):
        several = f"{listener.load_balancer} has another listener on {listener.port}; one port takes one"
        yield Doubt(several) if isinstance(listener.load_balancer, Unknown) else several


def certificates(facts: Facts) -> Iterator[Finding]:
    """``listener-certificate``."""
    for listener in _web_listeners(facts):
        yield judge(listener.address, _certified(facts.document.blocks[listener.address], listener))


def _certified(block: Block, listener: Listener) -> Iterator[Fault]:
    certified = given(block, "certificate_arn")
    if listener.protocol == "HTTPS" and certified is not True:
        missing = "has no certificate_arn; HTTPS needs a default certificate"
        yield missing if certified is False else open_value("certificate_arn", block.text("certificate_arn"))
    if listener.protocol == "HTTP" and certified:
        yield "has a certificate_arn, but its protocol is HTTP, which takes none"


def policies(facts: Facts) -> Iterator[Finding]:
    """``listener-tls-policy``: which versions of TLS an HTTPS listener speaks."""
    for listener in facts.model.listeners.values():
        if listener.protocol == "HTTPS":
            yield judge(listener.address, _policy(facts.document.blocks[listener.address]))


def _policy(block: Block) -> Iterator[Fault]:
    if given(block, "ssl_policy") is False:
        yield f"has no ssl_policy, so Terraform takes {DEFAULT_TLS_POLICY}, which still speaks TLS 1.0"


def rule_priorities(facts: Facts) -> Iterator[Finding]:
    """``listener-rule-priority``."""
    blocks = facts.document.resources("aws_lb_listener_rule")
    places: Counter[Place] = Counter((_listener_of(block), block.number("priority")) for block in blocks)
    yield from each(blocks, lambda block: _priority(block, places))


def _listener_of(block: Block) -> Identity:
    return block.ref("listener_arn") or Unknown(f"{block.address}.listener_arn")


def _priority(block: Block, places: Counter[Place]) -> Iterator[Fault]:
    yield from within_limits(block, "priority", RULE_PRIORITY)
    listener, priority = _listener_of(block), block.number("priority")
    if isinstance(priority, int) and places[listener, priority] > 1:
        several = f"{listener} has another rule with priority {priority}"
        yield Doubt(several) if isinstance(listener, Unknown) else several


def rule_values(facts: Facts) -> Iterator[Finding]:
    """``listener-rule-values``."""
    yield from each(facts.document.resources("aws_lb_listener_rule"), _few_values)


def _few_values(block: Block) -> Iterator[Fault]:
    number, is_sure = _values(block)
    if number > VALUES_PER_RULE:
        yield f"has {number} condition values; AWS takes {VALUES_PER_RULE} for each rule"
    elif not is_sure:
        yield Doubt("how many condition values it has is not in this document")


def _values(block: Block) -> tuple[int, bool]:
    """Count the values of all conditions, and tell whether that is all of them."""
    parts = [
        part for condition in block.blocks("condition") for kind in _VALUES for part in condition.blocks(kind)
    ]
    lists = [part.settled(key) for part in parts for key in _KEYS if part.has(key)]
    number = sum(len(found) if isinstance(found, list) else 1 for found in lists)
    number += sum(len(condition.blocks("query_string")) for condition in block.blocks("condition"))
    is_open = block.opens_blocks("condition") or any(isinstance(found, Unknown) for found in lists)
    return number, not is_open


def certificate_regions(facts: Facts) -> Iterator[Finding]:
    """``certificate-region``."""
    for kind in ("aws_lb_listener", "aws_lb_listener_certificate"):
        for block in facts.document.resources(kind):
            if given(block, "certificate_arn") is not False:
                yield judge(block.address, _certificate(facts, block))


def _certificate(facts: Facts, block: Block) -> Iterator[Fault]:
    here, there = facts.region(block), _region(facts, block)
    if isinstance(there, Unknown) or isinstance(here, Unknown):
        if there != here:
            yield Doubt(f"whether {there} is {here} is not in this document")
    elif there != here:
        yield f"has a certificate of {there}; a load balancer in {here} takes one of {here} only"


def _region(facts: Facts, block: Block) -> str | Unknown:
    """Give the certificate's region: in its ARN, or that of the resource which makes it."""
    made = facts.document.blocks.get(str(block.ref("certificate_arn")))
    if made is not None:
        validated = made.ref("certificate_arn") if made.kind == "aws_acm_certificate_validation" else None
        return facts.region(facts.document.blocks.get(str(validated), made))
    text = block.text("certificate_arn")
    found = _CERTIFICATE.match(text) if isinstance(text, str) else None
    return found[1] if found else Unknown(f"the region of the certificate {text}")
