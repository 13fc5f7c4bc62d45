"""AWS's rules about target groups, and about permissions to invoke what they hold."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, balancer, changed, invoked, listener, without

UNKNOWN = "${var.nobody_knows}"


def test_names_of_target_groups_are_unique():
    two = {f"aws_lb_target_group.{key}": {"name": f"shop-{key}"} for key in ("a", "b")}
    assert set(ask("target-group-name", two).values()) == {"kept"}
    same = changed(two, "aws_lb_target_group.b", name="shop-a")
    assert set(ask("target-group-name", same).values()) == {
        "broken: name 'shop-a' is another target group's too; it is unique in an account's region"
    }
    assert set(
        ask("target-group-name", changed(same, "aws_lb_target_group.b", region="eu-west-1")).values()
    ) == {"kept"}


def test_a_target_group_of_functions_holds_exactly_one():
    assert ask("lambda-target-group-targets", invoked()) == {"aws_lb_target_group.orders": "kept"}
    more = {"aws_lb_target_group_attachment.more": invoked()["aws_lb_target_group_attachment.orders"]}
    assert (
        "holds 2 functions"
        in ask("lambda-target-group-targets", invoked() | more)["aws_lb_target_group.orders"]
    )
    none = without(invoked(), "aws_lb_target_group_attachment.orders")
    assert "holds no function" in ask("lambda-target-group-targets", none)["aws_lb_target_group.orders"]


def test_an_attachment_to_an_open_target_group_may_be_the_one():
    found = changed(invoked(), "aws_lb_target_group_attachment.orders", target_group_arn=UNKNOWN)
    assert ask("lambda-target-group-targets", found)["aws_lb_target_group.orders"].startswith(
        "cannot tell: which function it holds"
    )


def test_it_takes_no_port_and_belongs_to_one_load_balancer():
    port = changed(invoked(), "aws_lb_target_group.orders", port=80)
    assert ask("lambda-target-group-settings", invoked()) == {"aws_lb_target_group.orders": "kept"}
    assert ask("lambda-target-group-settings", port)["aws_lb_target_group.orders"] == (
        "broken: has port, which a target group of functions does not take"
    )
    second = balancer("second") | listener("second", load_balancer_arn="${aws_lb.second.arn}")
    assert ask("lambda-target-group-load-balancer", invoked()) == {"aws_lb_target_group.orders": "kept"}
    assert ask("lambda-target-group-load-balancer", invoked() | second)["aws_lb_target_group.orders"] == (
        "broken: is used by aws_lb.door and aws_lb.second; a target group belongs to one load balancer"
    )


def test_a_load_balancer_may_invoke_its_function_before_it_is_attached():
    attachment = "aws_lb_target_group_attachment.orders"
    assert ask("lambda-permission", invoked()) == {attachment: "kept"}
    assert ask("lambda-permission-order", invoked()) == {attachment: "kept"}
    unordered = changed(invoked(), attachment, depends_on=None)
    assert ask("lambda-permission-order", unordered)[attachment] == (
        "broken: is not made after aws_lambda_permission.orders, and AWS asks for that at once: add it to "
        "depends_on"
    )
    forbidden = without(unordered, "aws_lambda_permission.orders")
    assert "no aws_lambda_permission lets" in ask("lambda-permission", forbidden)[attachment]
    assert ask("lambda-permission-order", forbidden) == {}


def test_a_permission_for_another_service_is_none():
    other = changed(invoked(), "aws_lambda_permission.orders", principal="s3.amazonaws.com")
    said = ask("lambda-permission", other)["aws_lb_target_group_attachment.orders"]
    assert "is for the principal s3.amazonaws.com; elasticloadbalancing.amazonaws.com is needed" in said


def test_a_permission_names_the_target_group_and_the_account():
    permission = "aws_lambda_permission.orders"
    assert ask("lambda-permission-source", invoked()) == {permission: "kept"}
    assert ask(
        "lambda-permission-source", changed(invoked(), permission, source_arn=None, source_account=None)
    ) == {
        permission: "broken: has no source_arn, so any target group may invoke the function; has no "
        "source_account"
    }


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ({"interval": 4}, "interval is 4 s; AWS takes 5 to 300"),
        ({"timeout": 121, "interval": 300}, "timeout is 121 s; AWS takes 2 to 120"),
        ({"healthy_threshold": 1}, "healthy_threshold is 1; AWS takes 2 to 10"),
        (
            {"interval": 10, "timeout": 10},
            "checks health every 10 s and waits 10 s; the interval has to be longer",
        ),
    ],
)
def test_a_health_check_keeps_its_limits(check, fault):
    group = {"target_type": "ip", "port": 80, "protocol": "HTTP"}
    kept = {"aws_lb_target_group.web": {**group, "health_check": {"interval": 10, "timeout": "5"}}}
    assert ask("health-check", kept) == {"aws_lb_target_group.web": "kept"}
    said = ask("health-check", {"aws_lb_target_group.web": {**group, "health_check": check}})[
        "aws_lb_target_group.web"
    ]
    assert fault in said


def test_a_target_group_is_replaced_before_the_old_one_goes():
    group = "aws_lb_target_group.orders"
    kept = changed(invoked(), group, lifecycle={"create_before_destroy": True})
    assert ask("target-group-replacement", kept) == {group: "kept"}
    assert ask("target-group-replacement", invoked())[group].startswith(
        "broken: has no create_before_destroy"
    )


def test_the_patience_of_a_network_load_balancer_is_judged_by_what_is_written():
    def said(protocol, **check):
        group = {"protocol": protocol, "health_check": {"interval": 10, **check}}
        return ask("health-check", {"aws_lb_target_group.a": group})["aws_lb_target_group.a"]

    assert said("TCP") == "kept"
    assert said("TCP", timeout=10).startswith("broken: checks health every 10 s and waits 10 s")
    assert said("HTTP", interval=5).startswith("broken: checks health every 5 s and waits 5 s")
