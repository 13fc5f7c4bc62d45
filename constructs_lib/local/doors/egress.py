"""What functions connect to outside, held to the proof."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from constructs_lib.proof.walking.addresses import is_public
from constructs_lib.proof.walking.parties import aws_service, internet

if TYPE_CHECKING:
    from constructs_lib.local.reading.values import Values
    from constructs_lib.proof.reachability import Reachability
    from constructs_lib.proof.walking.answers import Answer


class Egress:
    """Asks the proof whether a workload reaches something outside."""

    def __init__(self, reachability: Reachability, values: Values) -> None:
        self._reachability, self._values = reachability, values
        self._verdicts: dict[tuple[str, str, int], tuple[str, Answer]] = {}

    def is_public(self, address: str) -> bool:
        """Tell whether an address is one of the internet, as the document's network sees it."""
        return is_public(ip_network(address), self._reachability.model.own_ranges)

    def verdict(self, workload: str, host: str, address: str, port: int) -> tuple[str, Answer]:
        """Give what is reached, in words, and what the proof says of it.

        host: the name that the address was looked up by; empty where it was none. An AWS service is asked for
        as such, so that its endpoint counts, whatever its name means on this machine.
        """
        service = self._values.service_of_host(host)
        key = (workload, service or address, port)
        if key not in self._verdicts:
            party = aws_service(service) if service else internet(f"{ip_address(address)}")
            answer = self._reachability.path(workload, party, port)
            self._verdicts[key] = (service or address, answer)
        name, answer = self._verdicts[key]
        return (host or name), answer
