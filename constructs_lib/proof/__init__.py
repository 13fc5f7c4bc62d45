"""Reachability over Terraform JSON, before anything is deployed.

``Reachability(document)`` answers who reaches whom; ``prove(environment, document)`` asks everything that an
environment promises. Reads CDKTF's ``cdk.tf.json`` and hand-written ``*.tf.json`` alike; imports no cdktf.
"""

from __future__ import annotations

from constructs_lib.proof.model.network import Model
from constructs_lib.proof.promises.every import prove
from constructs_lib.proof.promises.promise import Promise, Proof
from constructs_lib.proof.reachability import Reachability
from constructs_lib.proof.reading.whole_model import model_of, read_model
from constructs_lib.proof.walking.answers import Answer, Blocked, CannotTell, Carried, Hop
from constructs_lib.proof.walking.arrivals import Arrival
from constructs_lib.proof.walking.exposures import Exposure
from constructs_lib.proof.walking.openings import Opening
from constructs_lib.proof.walking.parties import aws_service, internet
from constructs_lib.terraform_json import Document, read_document

__all__ = [
    "Answer",
    "Arrival",
    "Blocked",
    "CannotTell",
    "Carried",
    "Document",
    "Exposure",
    "Hop",
    "Model",
    "Opening",
    "Promise",
    "Proof",
    "Reachability",
    "aws_service",
    "internet",
    "model_of",
    "prove",
    "read_document",
    "read_model",
]
