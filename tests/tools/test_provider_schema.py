import pytest

from constructs_lib.bindings.flavour import flavour
from constructs_lib.figures.changes.provider_schema import readings
from tools.provider_schema import differences, schemas, used


def test_every_type_that_is_made_or_has_rows_is_recorded():
    assert {*used()} - readings().keys() == set(), "run: python -m tools.provider_schema --record"


def test_what_was_read_at_the_installed_version_is_recorded_as_it_is():
    version = flavour().provider_version()
    recorded = {name: each.schema for name, each in readings().items() if each.version == version}
    assert [*differences(recorded, schemas([*recorded]))] == []


@pytest.mark.parametrize(
    ("new", "line"),
    [
        ({}, "aws_x - is gone"),
        ({"aws_x": {}}, "aws_x - name: string r"),
        ({"aws_x": {"name": "string o"}}, "aws_x ~ name: string r -> string o"),
        ({"aws_x": {"name": "string r", "tags": "string o"}}, "aws_x + tags: string o"),
    ],
)
def test_a_difference_of_two_schemas_is_a_line(new, line):
    assert [*differences({"aws_x": {"name": "string r"}}, new)] == [line]
