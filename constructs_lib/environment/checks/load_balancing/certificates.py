"""Certificates and names of the load balancers, and hosts, which need both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constructs_lib.environment.checks.quotas import with_raise
from constructs_lib.environment.load_balancers import (
    extra_certificates,
    hosts_in_zone,
    is_name,
    issues_certificate,
    may_share_zone,
    named_certificates,
)
from constructs_lib.errors import Problem
from constructs_lib.figures.ids import account_of_arn, region_of_arn
from constructs_lib.figures.quotas import COMMON_NAME_LENGTH
from constructs_lib.load_balancing.routing.hosts import host_problem
from constructs_lib.problem_words import MISSING, Excerpt, field_path, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs_lib.environment.reading.draft import Draft

_PUBLIC, _INTERNAL = "load_balancers.public", "load_balancers.internal"
_NAME_KEYS = ("certificate_arn", "certificate_arns", "domain")


def check_certificates(draft: Draft) -> Iterator[Problem]:
    """Whether each load balancer that serves HTTPS has a certificate for a name that clients use."""
    yield from _check_public(draft)
    yield from _check_internal(draft)
    yield from _check_two_names(draft)
    for name in ("public", "internal"):
        yield from _check_name(draft, name)
        arn = getattr(draft.environment.load_balancers, name).certificate_arn
        if arn and not draft.unknown("load_balancers", name, "certificate_arn"):
            yield from _check_arn(draft, f"load_balancers.{name}.certificate_arn", arn)
    yield from _check_several(draft)
    if not draft.any_unknown(("load_balancers", "public"), *_NAME_KEYS):
        yield from _check_hosts(draft)


def _check_public(draft: Draft) -> Iterator[Problem]:
    environment, public = draft.environment, draft.environment.load_balancers.public
    if draft.any_unknown(("load_balancers", "public"), "insecure_http", *_NAME_KEYS):
        return
    named = named_certificates(environment, "public")
    if named and public.insecure_http:
        rule = "a public listener has a certificate or is insecure, not both"
        yield Problem(f"{_PUBLIC}.insecure_http", True, rule, "remove insecure_http to serve HTTPS")
    elif public.domain and public.insecure_http:
        rule = "a domain gets a certificate, and insecure_http = true does without"
        yield Problem(f"{_PUBLIC}.insecure_http", True, rule, "remove insecure_http to serve HTTPS")
    exposed = environment.exposed("public")
    if exposed and not (named or public.insecure_http or public.domain):
        rule = f'{quoted(next(iter(exposed)))} has exposure = "public", which needs a certificate for HTTPS'
        way_out = (
            f'write certificate_arn = "arn:aws:acm:{environment.region}:..." in [{_PUBLIC}], domain and '
            "zone_id to have one issued, or insecure_http = true for plain HTTP"
        )
        yield Problem(f"{_PUBLIC}.certificate_arn", MISSING, rule, way_out)

    yield from _check_issued(draft)


def _check_issued(draft: Draft) -> Iterator[Problem]:
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html: the first name"""
    public = draft.environment.load_balancers.public
    if not public.domain or not issues_certificate(draft.environment, "public"):
        return
    if rule := _too_long(public.domain):
        way_out = f"choose a shorter name, or write the certificate_arn of one that covers it in [{_PUBLIC}]"
        yield Problem(f"{_PUBLIC}.domain", public.domain, rule, way_out)


def _too_long(name: str) -> str | None:
    if len(name) <= COMMON_NAME_LENGTH:
        return None
    return (
        f"ACM issues certificates for names of at most {COMMON_NAME_LENGTH} characters, this one has "
        f"{len(name)}"
    )


def _check_several(draft: Draft) -> Iterator[Problem]:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html"""
    public, field = draft.environment.load_balancers.public, f"{_PUBLIC}.certificate_arns"
    arns = public.certificate_arns
    if public.certificate_arn and arns and not draft.unknown("load_balancers", "public", "certificate_arn"):
        rule = "certificate_arn is there too, and a listener has one default certificate"
        yield Problem(field, arns, rule, "put it first in certificate_arns, and remove certificate_arn")
    for position, arn in enumerate(arns):
        if arn in arns[:position]:
            yield Problem(f"{field}[{position}]", arn, "each certificate once", "remove it")
        else:
            yield from _check_arn(draft, f"{field}[{position}]", arn)


def _check_hosts(draft: Draft) -> Iterator[Problem]:
    """What a hosted zone and ACM ask of hosts, and how many certificates listeners then have."""
    environment, public = draft.environment, draft.environment.load_balancers.public
    for name, workload in environment.exposed("public").items():
        if draft.any_unknown(environment.place_of(name), "exposure", "hosts"):
            return
        for position, host in enumerate(workload.hosts):
            if public.domain and issues_certificate(environment, "public") and not host_problem(host):
                field = field_path(*environment.place_of(name), "hosts", position)
                yield from _check_issued_host(field, host, public.domain)
    most = environment.quotas.alb_certificates
    count = extra_certificates(environment)
    if count > most:
        value, address = Excerpt(f"{count} certificates"), ("aws_lb.public",)
        rule = f"AWS allows a load balancer {most} certificates beside the default ones"
        out = "cover several hosts with one wildcard, in hosts or in the certificates of certificate_arns"
        asked = "alb-certificates"
        yield Problem(_PUBLIC, value, rule, with_raise(out, asked, count), asked, address)


def _check_issued_host(field: str, host: str, domain: str) -> Iterator[Problem]:
    named = f"or name certificates that cover it in certificate_arns of [{_PUBLIC}]"
    if not is_name(host):
        rule = "a certificate and a record are for one name, or for all below one"
        yield Problem(field, host, rule, f'write it out, or "*.example.com" for all of them, {named}')
    elif not may_share_zone(host, domain):
        rule = f"no hosted zone that has {domain} can have it, and its certificate is proven there"
        yield Problem(field, host, rule, f"write a name that ends like {domain}, {named}")
    elif rule_broken := _too_long(host):
        yield Problem(field, host, rule_broken, f"choose a shorter name, {named}")


def _check_two_names(draft: Draft) -> Iterator[Problem]:
    """One name in one hosted zone leads to one load balancer."""
    environment = draft.environment
    internal, public = environment.load_balancers.internal, environment.load_balancers.public
    if not internal.domain or not (environment.exposed("internal") and environment.exposed("public")):
        return
    names = (public.domain, *hosts_in_zone(environment))
    if internal.domain in names and internal.zone_id == public.zone_id:
        rule = "is the name of the public load balancer too, in the same hosted zone"
        way_out = "write another name, or the id of a private hosted zone in zone_id"
        yield Problem(f"{_INTERNAL}.domain", internal.domain, rule, way_out)


def _check_internal(draft: Draft) -> Iterator[Problem]:
    internal = draft.environment.load_balancers.internal
    if draft.any_unknown(("load_balancers", "internal"), "certificate_arn", "domain"):
        return
    if internal.certificate_arn and not internal.domain:
        rule = "a load balancer's own DNS name is in no certificate, so callers could not verify it"
        way_out = f"write domain and zone_id in [{_INTERNAL}]: callers then use that name"
        yield Problem(f"{_INTERNAL}.certificate_arn", internal.certificate_arn, rule, way_out)


def _check_name(draft: Draft, name: str) -> Iterator[Problem]:
    settings = getattr(draft.environment.load_balancers, name)
    table = ("load_balancers", name)
    if draft.any_unknown(table, "domain", "zone_id"):
        return
    kind = "public" if name == "public" else "private"
    if settings.domain and not settings.zone_id:
        rule = "the name becomes a record of a hosted zone of Route 53"
        way_out = f"write the id of the {kind} hosted zone that has {settings.domain}"
        yield Problem(f"load_balancers.{name}.zone_id", MISSING, rule, way_out)
    elif settings.zone_id and not settings.domain:
        rule = "is the hosted zone of a name, and there is no domain"
        yield Problem(f"load_balancers.{name}.zone_id", settings.zone_id, rule, "write domain, or remove it")


def _check_arn(draft: Draft, field: str, arn: str) -> Iterator[Problem]:
    region, account = draft.environment.region, draft.environment.account_id
    if region_of_arn(arn) != region and not draft.unknown("region"):
        rule = f"is a certificate of {region_of_arn(arn)}, but the load balancer is in {region}"
        way_out = f"issue or import the certificate in {region}, or correct region"
        yield Problem(field, arn, rule, way_out)
    if account and account_of_arn(arn) != account and not draft.unknown("account_id"):
        rule = f"is a certificate of account {account_of_arn(arn)}, but account_id is {account}"
        yield Problem(field, arn, rule, "name a certificate of that account, or correct account_id")
