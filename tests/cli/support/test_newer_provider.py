from dataclasses import replace

import pytest

from constructs_lib.cli.support import newer_provider
from constructs_lib.cli.support.newer_provider import said_of_newer_provider
from constructs_lib.figures.changes.provider_schema import readings
from constructs_lib.terraform_json import read_document
from constructs_lib.testing.terraform import schema
from tests.support.stacks_written import NAMES, written


@pytest.fixture
def read_earlier(monkeypatch):
    """Lets a type have been read at an older version, with this of its schema otherwise."""

    def change(name, **otherwise):
        reading = replace(
            readings()[name], version="5.0.0", schema={**readings()[name].schema, **otherwise}, holds={}
        )
        monkeypatch.setattr(newer_provider, "readings", lambda: {**readings(), name: reading})

    return change


def said():
    return [*said_of_newer_provider([read_document(written()["dev"].document)])]


def test_what_this_repository_writes_is_known_at_the_installed_version():
    assert [*said_of_newer_provider(read_document(written()[name].document) for name in NAMES)] == []


def test_a_type_that_is_otherwise_since_it_was_read_is_named_with_what_is_written_of_it(read_earlier):
    read_earlier("aws_vpc", cidr_block="number o", ipv6_netmask_length="string o")
    [line] = said()
    assert line.startswith("note: aws_vpc: cidr_block: new or otherwise in 6.")
    assert "since AWS provider 5.0.0, which this release knows" in line


def test_a_type_that_was_read_earlier_and_is_as_it_was_is_no_matter(read_earlier):
    read_earlier("aws_vpc")
    assert said() == []


def test_schemas_that_can_not_be_read_are_said_and_no_failure(read_earlier, monkeypatch):
    read_earlier("aws_vpc", cidr_block="number o")
    monkeypatch.setattr(schema.BindingSchemas, "find", lambda *_: {}["aws_vpc"])
    [line] = said()
    assert line.startswith("note: cannot tell")
