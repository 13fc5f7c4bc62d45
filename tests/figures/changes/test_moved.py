import pytest

from constructs_lib.figures.changes import moved
from constructs_lib.figures.changes.moved import Move, moved_blocks, renamed
from tests.support.paths import ROOT


@pytest.fixture
def table(monkeypatch):
    rows = (
        Move("aws_subnet.private_*", "aws_subnet.network_private_*", "0.2.0"),
        Move("aws_lb.inside", "aws_lb.internal", "0.2.0"),
    )
    monkeypatch.setattr(moved, "moves", lambda: rows)


@pytest.mark.usefixtures("table")
def test_a_stack_says_what_its_own_addresses_were():
    has = [
        "aws_lb.internal",
        "aws_subnet.network_private_a",
        "aws_subnet.network_public_a",
        "aws_vpc.network",
    ]
    assert moved_blocks(has) == [
        {"from": "aws_lb.inside", "to": "aws_lb.internal"},
        {"from": "aws_subnet.private_a", "to": "aws_subnet.network_private_a"},
    ]
    assert moved_blocks(["aws_vpc.network"]) == []


def test_a_document_reads_as_after_the_moves_and_longer_names_stay():
    shown = {"address": "aws_lb.inside", "type": "aws_lb", "name": "inside", "values": {"name": "inside"}}
    content = {
        "resource": {"aws_lb": {"inside": {"name": "inside"}, "inside2": {}}},
        "output": {"a": "${aws_lb.inside.arn}", "b": "aws_lb.inside2", "c": "data.aws_lb.inside"},
        "values": [shown],
    }
    assert renamed(content, [{"from": "aws_lb.inside", "to": "aws_lb.internal"}]) == {
        "resource": {"aws_lb": {"internal": {"name": "inside"}, "inside2": {}}},
        "output": {"a": "${aws_lb.internal.arn}", "b": "aws_lb.inside2", "c": "data.aws_lb.inside"},
        "values": [{**shown, "address": "aws_lb.internal", "name": "internal"}],
    }


def test_each_row_of_the_table_names_a_release_and_stands_where_users_read_it():
    upgrade = (ROOT / "UPGRADE.md").read_text()
    assert ("So far no release has moved one." in upgrade) == (not moved.moves())
    for move in moved.moves():
        assert f"`{move.old}` | `{move.new}` | {move.since} |" in upgrade
        assert move.since
        assert move.old.count("*") == move.new.count("*") <= 1
