"""What an older release made, a newer one keeps: its JSON is applied, and the present one planned over it."""

from __future__ import annotations

import json

import pytest

from constructs_lib.figures.changes import moved
from constructs_lib.figures.changes.moved import Move
from constructs_lib.testing.terraform import offline_terraform
from constructs_lib.version import VERSION
from tests.support.paths import ROOT
from tests.support.projects import SHOP, project
from tests.support.stacks_written import FILES, NAMES, written
from tests.support.terraform.stacks import answers, stack_of
from tools.release import composed

pytestmark = pytest.mark.engine
RELEASES = ROOT / "tests" / "releases"
KEPT = sorted(file.relative_to(RELEASES).as_posix() for file in RELEASES.glob("*/*.tf.json"))
OLD = "aws_subnet.network_private_"
RENAMED = Move("aws_subnet.tier_private_*", "aws_subnet.network_private_*", VERSION)


def folder(path, text):
    path.mkdir()
    (path / "cdk.tf.json").write_text(text)
    return path


def test_the_present_version_is_kept_when_it_is_released():
    assert {f"{VERSION}/{name}.tf.json" for name in [*NAMES, "composed"]} <= {*KEPT}


@pytest.mark.slow
@pytest.mark.parametrize("kept", KEPT)
def test_nothing_that_a_release_made_is_replaced_or_destroyed(tmp_path, kept):
    name = kept.partition("/")[2].removesuffix(".tf.json")
    old = folder(tmp_path / "old", (RELEASES / kept).read_text())
    new = folder(
        tmp_path / "new", json.dumps(written()[name].document if name in NAMES else composed()[name])
    )
    with offline_terraform(old, data=answers(FILES[name]) if name in NAMES else None) as session:
        session.apply()
        session.update(new)
        plan = session.plan()
    assert (plan.replaced, plan.deleted) == ([], [])


def test_a_renamed_address_is_destroyed_without_the_table_and_moved_with_it(tmp_path, monkeypatch):
    shop = project(tmp_path / "shop")
    stack = stack_of(shop.write(SHOP), shop.root, tmp_path / "now")
    older = (stack / "cdk.tf.json").read_text().replace("network_private_", "tier_private_")
    for kind in ("aws_route_table_association", "aws_route_table", "aws_route"):
        older = older.replace(f"{kind}.tier_private_", f"{kind}.network_private_")
    document = json.loads(older)
    for kind, named in document["resource"].items():
        if kind != "aws_subnet":
            document["resource"][kind] = {
                k.replace("tier_private", "network_private"): v for k, v in named.items()
            }
    with offline_terraform(folder(tmp_path / "old", json.dumps(document))) as session:
        session.apply()
        session.update(stack)
        assert [one for one in session.plan().deleted if one.startswith("aws_subnet.")] == [
            "aws_subnet.tier_private_a",
            "aws_subnet.tier_private_b",
        ]
        monkeypatch.setattr(moved, "moves", lambda: (RENAMED,))
        session.update(stack_of(shop.write(SHOP), shop.root, tmp_path / "moved"))
        plan = session.plan()
        assert (plan.created, plan.replaced, plan.deleted) == ([], [], [])
