"""What looks like a secret, and what only looks so: for environment files, packages and bundles. Pure.

Shapes of known tokens are those of detect-secrets and some of our own; what a name says, what stands inside
connection strings and JSON, and what is random are ours, since values here have no quotes and no code around.
"""

from __future__ import annotations

from constructs_lib.secrets.finding import masked, secret_in, shape_in

__all__ = ["masked", "secret_in", "shape_in"]
