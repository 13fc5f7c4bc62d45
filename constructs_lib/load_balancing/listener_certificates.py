"""Certificates of HTTPS listeners beside the default one: the one that covers the host serves it.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constructs_lib.bindings import Construct, TerraformResource, address_of, aws, has_token
from constructs_lib.errors import ConfigError, Problem


class ListenerCertificates:
    """Attaches certificates to listeners, whichever of the two comes first. construct: the load balancer."""

    def __init__(self, construct: Construct) -> None:
        self._construct, self._address = construct, address_of(construct)
        self._arns: dict[str, str] = {}
        self._listeners: dict[int, str] = {}

    def add(self, name: str, arn: str) -> list[tuple[int, TerraformResource]]:
        """Attach a certificate to every listener; its attachments take the address ``<port>_<name>``."""
        self._arns[name] = arn
        return [*self._attach({name: arn}, self._listeners)]

    def listen(self, port: int, listener_arn: str) -> list[tuple[int, TerraformResource]]:
        """Attach every certificate to a listener."""
        self._listeners[port] = listener_arn
        return [*self._attach(self._arns, {port: listener_arn})]

    def _attach(
        self, arns: dict[str, str], listeners: dict[int, str]
    ) -> Iterator[tuple[int, TerraformResource]]:
        for port, listener_arn in listeners.items():
            for name, arn in arns.items():
                attached = aws.LbListenerCertificate(
                    self._construct,
                    f"certificate_{port}_{name}",
                    listener_arn=listener_arn,
                    certificate_arn=arn,
                )
                yield port, self._address.give(attached, str(port), name)


def default_certificate_problems(
    certificate_arn: str | None, certificate_arns: Sequence[str]
) -> Iterator[Problem]:
    """Both ways to say which certificate is the default one."""
    if certificate_arn and certificate_arns:
        rule = "certificate_arn is there too, and a listener has one default certificate"
        yield Problem("certificate_arns", [*certificate_arns], rule, "put it first, and leave the other out")


def certificate_id(arn: str) -> str:
    """The last part of an ARN: what stands for a certificate in addresses.

    Raises:
        ConfigError: it is a reference.
    """
    if has_token(arn):
        rule = "attachments are named after their certificates' ids, so ARNs are written out"
        raise ConfigError([Problem("certificate_arns", arn, rule, "add_certificate(<name>, <arn>) names it")])
    return arn.rpartition("/")[2]
