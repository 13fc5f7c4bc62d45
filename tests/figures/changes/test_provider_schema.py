import pytest

from constructs_lib.figures.changes.provider_schema import Reading, written_paths

READING = Reading(
    "6.25.0",
    {"name": "string r", "size": "number o", "logs": "list 0 1", "logs.bucket": "string o"},
    {"size": "number oc"},
)


@pytest.mark.parametrize(
    ("installed", "doubtful"),
    [
        ({}, []),
        ({"name": "string o"}, []),  # required before, which no row tells
        ({"size": "number oc"}, []),  # looked at by hand
        ({"size": "string oc"}, ["size"]),
        ({"logs.bucket": "string oc"}, ["logs.bucket"]),
        ({"logs": "set 0 0"}, ["logs"]),
        ({"logs.prefix": "string o"}, ["logs.prefix"]),
        ({"other": "string o"}, []),  # not written
    ],
)
def test_rows_are_doubtful_where_what_is_written_is_otherwise_than_it_was_read(installed, doubtful):
    written = ["name", "size", "logs", "logs.bucket", "logs.prefix", "tags", "tags.Owner"]
    assert READING.doubtful(written, {**READING.schema, **installed}) == doubtful


def test_what_is_written_are_the_paths_of_arguments_and_blocks():
    body = {"name": "a", "logs": [{"bucket": "b"}, {"prefix": "p"}], "tags": {"Owner": "x"}}
    assert {*written_paths(body)} == {"name", "logs", "logs.bucket", "logs.prefix", "tags", "tags.Owner"}
