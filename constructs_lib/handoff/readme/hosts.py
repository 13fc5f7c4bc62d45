"""What hosts ask of others: certificates that cover them, and names in DNS that lead to the load balancer."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from constructs_lib.environment import Environment
from constructs_lib.environment.load_balancers import hosts_in_zone, hosts_of, named_certificates
from constructs_lib.views import markdown


def about_hosts(environment: Environment) -> Iterator[str]:
    """Yield a line of Markdown for certificates named by ARN, and one for names that nothing here makes."""
    hosts = hosts_of(environment)
    arns = named_certificates(environment, "public")
    if hosts and arns:
        command = (
            f"for arn in {shlex.join(arns)}; do aws acm describe-certificate --certificate-arn $arn "
            "--query Certificate.SubjectAlternativeNames --output text; done"
        )
        yield (
            f"certificates that together cover {_codes(hosts)}: what one that is named by its ARN covers, "
            f"nothing here knows; {markdown.code(command)} shows it"
        )
    made = {environment.load_balancers.public.domain, *hosts_in_zone(environment)}
    if others := [host for host in hosts if host not in made]:
        yield (
            f"the word of whoever keeps the DNS of {_codes(others)}: after the apply these names lead to the "
            "host of the output `public_url`, as a CNAME or an alias of it"
        )


def _codes(hosts: dict[str, str] | list[str]) -> str:
    return ", ".join(map(markdown.code, hosts))
