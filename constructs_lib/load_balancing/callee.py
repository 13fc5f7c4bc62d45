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
        """``http://<DNS name of the load balancer>:<port>``."""
        return f"http://{self.load_balancer.dns_name}:{self.port}"

    @property
    def variable(self) -> str:
        """The environment variable in which callers find the url: ``<NAME>_URL``."""
        return callee_url_variable(self.name)
