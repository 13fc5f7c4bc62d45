"""What a caller needs to know of what it calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.environment import callee_url_variable

if TYPE_CHECKING:
    from constructs_lib.load_balancing.application_load_balancer import ApplicationLoadBalancer


@dataclass(frozen=True)
class Callee:
    """A workload behind a load balancer, as its callers see it."""

    name: str
    load_balancer: ApplicationLoadBalancer
    port: int

    @property
    def url(self) -> str:
        """``http://<host>:<port>``, or https: the host is the load balancer's domain, else its DNS name."""
        return f"{self.load_balancer.scheme}://{self.load_balancer.host}:{self.port}"

    @property
    def variable(self) -> str:
        """The environment variable in which callers find the url: ``<NAME>_URL``."""
        return callee_url_variable(self.name)
