"""Intent against fact: every promise of an environment, asked of the Terraform JSON that was made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    return Proof((*ways, *Walls(environment, paths, needs).all()))
