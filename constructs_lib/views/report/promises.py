"""What the proof answered: every promise of the environment with its verdict, for readers and programs."""

from __future__ import annotations

from typing import Any

from constructs_lib.proof import Promise, Proof
from constructs_lib.views.report.structure import Section, Table

_WORST_FIRST = ("broken", "cannot tell", "kept")


def promise_section(proof: Proof) -> Section:
    """Give every promise with its verdict, those that do not simply hold first and with the reason."""
    ordered = sorted(proof.promises, key=lambda one: _WORST_FIRST.index(one.verdict))
    rows = tuple((one.sentence, one.verdict, one.why) for one in ordered)
    intro = (
        f"What the environment file promises, asked of this configuration: {len(proof.kept)} promises kept, "
        f"{len(proof.uncertain)} depend on what is elsewhere, {len(proof.broken)} broken."
    )
    table = Table(("promise", "verdict", "why"), rows)
    return Section("promises", "What is proven", intro, (("", table),) if rows else ())


def proof_json(proof: Proof) -> dict[str, Any]:
    """Give the same as JSON values, in the order of the environment file."""
    return {
        "counts": {"kept": len(proof.kept), "cannot tell": len(proof.uncertain), "broken": len(proof.broken)},
        "promises": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "promise": one.sentence,
                "verdict": one.verdict,
                "why": one.why,
                "addresses": _addresses(one),
            }
            for one in proof.promises
        ],
    }


def _addresses(promise: Promise) -> list[str]:
    """What a promise's way leads over, each once."""
    return list(dict.fromkeys(address for hop in promise.hops for address in hop.addresses))
