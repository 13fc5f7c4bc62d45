"""Terraform JSON of anybody runs, as far as there is anything to run: no document brings it down."""

import pytest

from constructs_lib.local import announcing
from constructs_lib.local.console.state import state_of
from constructs_lib.testing.chain import LocalChain
from tests.support.paths import ROOT

FILES = sorted((ROOT / "tests" / "foreign").glob("*.tf.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_document_starts_and_answers_at_each_open_public_door(file):
    with LocalChain(file) as chain:
        assert list(announcing.lines(announcing.ready(chain.running, console=None))) is not None
        assert state_of(chain.running)["svg"].startswith("<svg")
        for door in chain.running.public:
            answer = chain.get(door.listener.address, "/x?y=z", source=door.caller.party)
            assert (answer.status != 0) is door.is_open
            assert answer.status not in (500, 599)
