"""The table of effects: every row is reachable by a case that exists, and says what it is about."""

import re
from copy import deepcopy

import pytest

from constructs_lib.figures.changes.effects import BACKEND, effects, way_out_of
from constructs_lib.figures.changes.in_use import filled, others, uses
from constructs_lib.views.changes.cases import CASES
from constructs_lib.views.changes.comparison import compare
from constructs_lib.views.changes.effects import ending, findings, lines
from tests.support.written_stacks import read

FIRST = {"create_before_destroy": True}
DOCUMENT = {
    "resource": {
        "aws_vpc": {"n": {"cidr_block": "10.0.0.0/16"}},
        "aws_subnet": {
            "n_private_a": {"cidr_block": "10.0.0.0/24", "vpc_id": "${aws_vpc.n.id}", "lifecycle": FIRST},
            "n_public_a": {"cidr_block": "10.0.8.0/24", "vpc_id": "${aws_vpc.n.id}", "lifecycle": FIRST},
        },
        "aws_nat_gateway": {
            "a": {
                "subnet_id": "${aws_subnet.n_public_a.id}",
                "allocation_id": "eipalloc-1",
                "lifecycle": FIRST,
            }
        },
        "aws_lambda_function": {
            "f": {
                "function_name": "shop-f",
                "publish": True,
                "vpc_config": {"subnet_ids": ["${aws_subnet.n_private_a.id}"]},
            }
        },
        "aws_lb": {"l": {"name": "l", "enable_deletion_protection": True}},
        "aws_lb_listener": {"l_80": {"load_balancer_arn": "${aws_lb.l.arn}", "port": 80, "protocol": "HTTP"}},
        "aws_lb_listener_rule": {
            name: {"listener_arn": "${aws_lb_listener.l_80.arn}", "priority": number}
            for name, number in (("x", 1), ("y", 2))
        },
        "aws_ecr_repository": {"r": {"name": "r"}},
    }
}


def changed(*edits):
    """What is found of changes: address, argument and value; without a value the resource goes."""
    document = deepcopy(DOCUMENT)
    for address, argument, value in edits:
        kind, label = address.split(".")
        if argument is None:
            del document["resource"][kind][label]
        else:
            document["resource"][kind][label][argument] = value
    return compare(read(DOCUMENT), read(document))


def names(*edits):
    return [one.effect.name for one in findings(changed(*edits))]


def test_every_case_is_that_of_a_row_and_every_row_can_be_said():
    assert {row.case for row in effects()} - {""} == {*CASES}
    for row in effects():
        assert (row.ends == "c") == bool(row.steps) == bool(row.way_out)
        assert row.source.startswith("https://")
        assert row.minutes == 0 or row.ends == "b"
        assert not re.search(r"terraform destroy -target", " ".join(row.steps))


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (("aws_subnet.n_private_a", "cidr_block", "10.0.0.0/25"), "subnets that overlap live ones"),
        (
            ("aws_subnet.n_private_a", "cidr_block", "10.0.1.0/24"),
            "subnets and groups that published versions hold",
        ),
        (
            ("aws_subnet.n_public_a", "cidr_block", "10.0.9.0/24"),
            "NAT gateways in other subnets with the same address",
        ),
        (("aws_vpc.n", "cidr_block", "10.1.0.0/16"), "another block of the VPC"),
        (("aws_lb.l", "name", "m"), "load balancers that are protected"),
        (("aws_ecr_repository.r", None, None), "repositories with images"),
    ],
)
def test_what_aws_refuses_is_said_with_its_steps(edit, name):
    found = changed(edit)
    assert ending(found) == "c"
    (one,) = [finding for finding in findings(found) if finding.effect.name == name]
    assert [*lines([one])] == [one.title, *(f"    {step}" for step in one.steps)]
    assert "{" not in one.title


def test_a_subnet_that_its_functions_leave_with_them_is_no_refusal():
    gone = (("aws_lambda_function.f", None, None), ("aws_subnet.n_private_a", None, None))
    assert ending(changed(*gone)) == "a"


def test_numbers_that_are_exchanged_are_refused_and_a_free_one_is_not():
    x, y = "aws_lb_listener_rule.x", "aws_lb_listener_rule.y"
    assert names((x, "priority", 2), (y, "priority", 1)) == ["names and numbers that are exchanged"]
    assert names((x, "priority", 3)) == []
    assert names((x, "priority", 2), (y, "priority", 3)) == ["names and numbers that are exchanged"]


def test_an_interruption_has_its_minutes_or_lasts():
    listener = findings(changed(("aws_lb_listener.l_80", "protocol", "HTTPS")))
    assert listener[0].title.startswith("interrupted for about 5 min: l_80: it speaks HTTPS")
    stopped = findings(changed(("aws_lambda_function.f", "reserved_concurrent_executions", 0)))
    assert stopped[0].title.startswith("from then on: f: ")


def test_the_state_is_moved_before_anything_is_planned():
    new = {**DOCUMENT, "terraform": {"backend": {"s3": {"bucket": "b"}}}}
    (found,) = findings(compare(read(DOCUMENT), read(new)))
    assert (found.effect.type_name, found.steps[0]) == (BACKEND, "$ terraform init -migrate-state")


def test_what_the_stand_in_refuses_has_the_way_out_of_the_table():
    laws = (uses()["aws_subnet"], filled()["aws_ecr_repository"], others()["subnet-overlaps"])
    assert all(map(way_out_of, laws))


def certified(*certificates, host="a.com"):
    """A listener with certificates beside its own, by the name that each was issued for, and a rule."""
    arns = {
        name: f"${{aws_acm_certificate_validation.{name}.certificate_arn}}" if name else "arn:aws:acm:::x"
        for name in certificates
    }
    return read(
        {
            "resource": {
                "aws_acm_certificate": {name: {"domain_name": f"{name}.com"} for name in arns if name},
                "aws_acm_certificate_validation": {
                    name: {"certificate_arn": f"${{aws_acm_certificate.{name}.arn}}"} for name in arns if name
                },
                "aws_lb_listener": {"l_443": {"port": 443, "protocol": "HTTPS"}},
                "aws_lb_listener_certificate": {
                    f"l_443_{name}": {
                        "listener_arn": "${aws_lb_listener.l_443.arn}",
                        "certificate_arn": arn,
                    }
                    for name, arn in arns.items()
                },
                "aws_lb_listener_rule": {
                    "x": {
                        "listener_arn": "${aws_lb_listener.l_443.arn}",
                        "priority": 1,
                        "condition": [{"host_header": [{"values": [host]}]}],
                    }
                },
            }
        }
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (certified("a", "b"), certified("a"), []),
        (certified("a", "b"), certified("b"), ["certificates that go while their hosts stay"]),
        (certified("a"), certified(host="b.com"), []),
        (certified(""), certified(), ["certificates that go while their hosts stay"]),
    ],
)
def test_a_certificate_that_goes_is_told_where_its_host_stays(before, after, told):
    assert [one.effect.name for one in findings(compare(before, after))] == told
