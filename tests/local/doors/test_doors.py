"""The law: a door is open exactly where the proof says that the connection is carried, or cannot tell."""

import contextlib
import itertools

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.proof import Blocked, Reachability, read_document
from constructs_lib.views.written_stack import WrittenStack
from tests.support.bends.network import NETWORK, RULES
from tests.support.local.doors import knocked
from tests.support.stacks_written import NAMES, written


def check(content, environment):
    document = read_document(content)
    reachability = Reachability(document)
    found = knocked(WrittenStack("dev", document, environment))
    assert found == {
        (source, target, port): not isinstance(reachability.path(source, target, port), Blocked)
        for source, target, port in found
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_door_of_every_environment_is_open_where_the_proof_carries(name):
    check(written()[name].document, written()[name].environment)


def sabotages(name, bends):
    """Each bend of the first resource that it applies to; what Terraform would not read is none."""
    for bend in bends:
        for address, body in itertools.islice(bend.all(written()[name]), 1):
            document = written()[name].having({address: body})
            with contextlib.suppress(ConfigError):
                read_document(document)
                yield document


def test_every_door_of_a_bent_stack_is_open_where_the_proof_carries():
    for document in sabotages("dev", RULES):
        check(document, written()["dev"].environment)


def test_without_any_rule_no_door_is_open():
    for address in written()["dev"].addresses:
        if "_vpc_security_group_" in address:
            check(written()["dev"].having({address: None}), written()["dev"].environment)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_door_of_every_sabotage_is_open_where_the_proof_carries(name):
    for document in sabotages(name, (*NETWORK, *RULES)):
        check(document, written()[name].environment)
