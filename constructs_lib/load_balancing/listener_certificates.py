"""Certificates of HTTPS listeners beside the default one: the one that covers the host serves it.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.bindings import Construct, TerraformResource, address_of, aws


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
