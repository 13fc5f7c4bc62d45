"""Intent against fact: every promise of an environment, asked of the Terraform JSON that was made from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constructs_lib.environment.load_balancers import named_certificates
from constructs_lib.proof.promises._walls import Walls
from constructs_lib.proof.promises.promise import Proof
from constructs_lib.proof.promises.ways import Ways
from constructs_lib.proof.reachability import Reachability
from constructs_lib.proof.walking.openings import Needs

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.proof.model.network import Model
    from constructs_lib.terraform_json import Document, Source


def prove(environment: Environment, document: Source | Document | Model) -> Proof:
    """Prove that a document does what the environment says, and lets nothing else through.

    document: Terraform JSON as a mapping, text, file or folder, or what was read from one before.
    Raises ConfigError for a document that cannot be read.
    """
    paths = Reachability(document).paths
    needs = Needs(paths)
    ways = tuple(Ways(environment, paths, needs).all())
    named = named_by_id(environment)
    promises = (*ways, *Walls(environment, paths, needs).all())
    return Proof(tuple(replace(one, declared=one.kind == "egress" or one.where in named) for one in promises))


def named_by_id(environment: Environment) -> frozenset[str]:
    """Give the ids of things elsewhere that the file itself names, and so takes for right."""
    egress = (one for workload in environment.workloads.values() for one in workload.egress.values())
    existing = environment.network.existing
    triggers = (one for function in environment.functions.values() for one in function.triggers.values())
    ids = [
        *(one.queue for one in triggers),
        *named_certificates(environment, "public"),
        *(caller.security_group_id for caller in environment.callers.values()),
        *(id_ for one in egress for id_ in (one.security_group_id, one.prefix_list_id)),
        *(found.security_group_id for found in environment.existing_endpoints.values()),
        *(found.gateway_endpoint_id for found in environment.existing_endpoints.values()),
    ]
    if existing is not None:
        ids += [existing.vpc_id, existing.internet_gateway_id]
        ids += [*existing.public_subnet_ids.values(), *existing.nat_gateway_ids.values()]
    return frozenset(id_ for id_ in ids if id_)
