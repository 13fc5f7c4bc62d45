"""Verdicts beside waivers."""

from __future__ import annotations

from constructs_lib.environment import Waiver
from constructs_lib.rules import RuleVerdict, rule_on


def verdict(rule="security-group-rules", address="aws_security_group.a", severity="E", outcome="broken"):
    return RuleVerdict(rule, severity, "asks", "", "https://docs.aws.amazon.com", outcome, address, "is bent")


def test_errors_and_warnings_are_kept_apart_and_the_rest_is_counted():
    error, warning, kept = verdict(), verdict("elastic-ips", severity="W"), verdict(outcome="kept")
    ruling = rule_on([error, warning, kept])
    assert (ruling.broken, ruling.warnings) == ((error,), (warning,))
    assert (ruling.count("broken"), ruling.count("kept"), ruling.count("cannot tell")) == (2, 1, 0)


def test_advice_is_neither_an_error_nor_a_warning():
    note = verdict("security-group-replacement", severity="N")
    ruling = rule_on([note])
    assert (ruling.notes, ruling.warnings, ruling.broken) == ((note,), (), ())


def test_a_waiver_waives_its_address_and_nothing_else():
    one, other = verdict(), verdict(address="aws_security_group.b")
    ruling = rule_on(
        [one, other],
        [Waiver(rule="security-group-rules", address="aws_security_group.a", reason="quota raised")],
    )
    assert ruling.waived == ((one, "quota raised"),)
    assert (ruling.broken, ruling.unused) == ((other,), ())


def test_a_waiver_of_one_rule_leaves_a_sibling_standing():
    sibling = verdict("security-group-inline-rules")
    ruling = rule_on([verdict(), sibling], [Waiver(rule="security-group-rules", reason="quota raised")])
    assert (ruling.broken, len(ruling.waived)) == ((sibling,), 1)


def test_a_waiver_without_an_address_waives_the_rule_errors_and_warnings():
    ruling = rule_on([verdict(), verdict(severity="W")], [Waiver(rule="security-group-rules", reason="x")])
    assert (ruling.broken, ruling.warnings, len(ruling.waived)) == ((), (), 2)


def test_a_waiver_that_waives_nothing_is_unused():
    waivers = [
        Waiver(rule="security-group-rules", reason="x"),
        Waiver(rule="elastic-ips", address="aws_eip.a", reason="y"),
    ]
    assert rule_on([verdict()], waivers).unused == ((1, waivers[1]),)


def test_what_cannot_be_told_needs_no_waiver():
    waiver = Waiver(rule="security-group-rules", reason="x")
    assert rule_on([verdict(outcome="cannot tell")], [waiver]).unused == ((0, waiver),)
