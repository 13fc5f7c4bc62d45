from constructs_lib.handoff.inputs.variable import Variable
from constructs_lib.handoff.readme.since import Since, changes_since
from constructs_lib.views.changes.comparison import compare
from tests.support.written_stacks import read


def chapter(old, new, variables=()):
    return changes_since(Since("abc", "1.2.3", compare(read(old), read(new))), variables)


def balancers(**bodies):
    return {"resource": {"aws_lb": bodies}}


def test_without_an_earlier_bundle_there_is_no_chapter():
    assert changes_since(None, ()) == ""


def test_the_table_has_every_resource_with_what_happens_to_it():
    old = balancers(a={"name": "a"}, gone={"name": "gone"}, kept={"name": "kept", "idle_timeout": 60})
    new = balancers(a={"name": "b"}, new={"name": "new"}, kept={"name": "kept", "idle_timeout": 90})
    rows = [line for line in chapter(old, new).splitlines() if "`aws_lb" in line]
    assert rows == [
        "| added | `aws_lb.new` |  |",
        "| changed in place | `aws_lb.kept` | idle_timeout |",
        "| replaced, the old one goes first | `aws_lb.a` | name |",
        "| removed | `aws_lb.gone` |  |",
    ]


def test_what_is_interrupted_is_said_with_its_minutes_and_what_is_refused_with_its_steps():
    old = balancers(a={"name": "a", "enable_deletion_protection": True})
    found = chapter(old, balancers())
    assert "| `a` | nothing answers at its DNS name any more | from then on |" in found
    assert "### Refused in place (OperationNotPermitted): `a`" in found
    assert "Write `deletion_protection = false` and apply." in found


def test_inputs_that_come_go_and_have_another_default_are_told():
    variables = [
        Variable(name, "number", "", 2, "", "", wrong=None, other=None)
        for name in ("added", "changed", "kept")
    ]
    old = {"variable": {"gone": {"default": 1}, "changed": {"default": 1}, "kept": {"default": 2}}}
    rows = [line for line in chapter(old, {}, variables).splitlines() if line.startswith("| ")][2:]
    assert rows == [
        "| added | `added` | `2` |",
        "| removed | `gone` |  |",
        "| another default | `changed` | `1` → `2` |",
    ]
