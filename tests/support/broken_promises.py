"""What the proof of the default environment says of a document: the promises that it breaks."""

from __future__ import annotations

from typing import Any

from constructs_lib.proof import Proof, prove
from tests.support.architecture import Document, environment_of

CLOSED = ("closed", "inventory")
"""The promise that nobody reaches the protected function whom it does not name."""


def broken(document: Document, **changes: Any) -> set[tuple[str, str]]:
    """Kind and subject of each promise that the document breaks, of an environment with these changes."""
    return kinds(prove(environment_of(**changes), document), "broken")


def kinds(proof: Proof, verdict: str) -> set[tuple[str, str]]:
    """Kind and subject of each promise with that verdict."""
    return {(promise.kind, promise.subject) for promise in proof.promises if promise.verdict == verdict}
