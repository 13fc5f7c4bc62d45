"""What the simulated account remembers, forgets and waits for."""

from __future__ import annotations

import threading
import time

from constructs_lib.testing.terraform.stand_in.live.account import Account
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject

ACCOUNT, REGION = "123456789012", "eu-west-1"
ARN = "arn:aws:lambda:eu-west-1:123456789012:function:web"


def live(type_name, **values):
    return LiveObject(type_name, ACCOUNT, {"region": REGION, **values})


def function(version="1", subnet="subnet-a", **more):
    network = {"subnet_ids": [subnet], "security_group_ids": ["sg-1"]}
    named = {"id": "web", "function_name": "web", "arn": ARN}
    return live("aws_lambda_function", version=version, vpc_config=[network], **named, **more)


SUBNET = live("aws_subnet", id="subnet-a", vpc_id="vpc-1", cidr_block="10.0.0.0/24")
BALANCER = live("aws_lb", id="lb", name="lb", internal=True, subnets=["subnet-a", "subnet-b"])
WITHOUT = live("aws_lb", id="lb", name="lb", internal=True, subnets=["subnet-b", "subnet-c"])


def made(account, *things):
    for thing in things:
        assert carry_out(account, None, thing) is None
    return account


def carry_out(account, before, after, **asked):
    with account.under_way():
        return account.carry_out(Change(before, after), **asked)


def refused(refusal):
    return refusal.law.code, sorted(map(str, refusal.blocking))


def still(account, **asked):
    return carry_out(account, SUBNET, None, may_change=lambda _: False, **asked)


def test_every_published_version_keeps_its_subnets_until_it_or_the_function_is_deleted():
    account = made(Account(), SUBNET, function())
    assert carry_out(account, function(), function("2", "subnet-b")) is None
    assert carry_out(account, function("2", "subnet-b"), function("3", "subnet-b")) is None
    assert refused(still(account)) == ("DependencyViolation", ["version 1 of aws_lambda_function web"])
    assert [account.delete_version(version) for version in account.versions("web")] == [None, None, None]
    assert still(account) is None


def test_versions_die_with_their_function():
    account = made(Account(), SUBNET, function())
    assert carry_out(account, function(), None) is None
    assert (account.versions("web"), still(account)) == ([], None)


def test_without_publish_there_is_no_version():
    account = made(Account(), SUBNET, function("$LATEST"))
    assert refused(still(account)) == ("DependencyViolation", ["aws_lambda_function web"])
    assert carry_out(account, function("$LATEST"), function("$LATEST", "subnet-b")) is None
    assert still(account) is None


def test_a_version_to_which_an_alias_points_is_not_deleted():
    alias = live("aws_lambda_alias", id="alias", function_name=ARN, name="live", function_version="2")
    account = made(Account(), function("2"), alias)
    (version,) = account.versions("web")
    assert account.delete_version(version).law.code == "ResourceConflictException"


def test_what_skip_destroy_leaves_in_aws_goes_on_holding_and_keeps_its_name():
    left = function("$LATEST", skip_destroy=True)
    account = made(Account(), SUBNET, left)
    assert carry_out(account, left, None) is None
    account.begin_plan()
    account.observe(SUBNET, refreshed=True)
    assert refused(still(account))[0] == "DependencyViolation"
    assert carry_out(account, None, function("$LATEST")).law.code == "ResourceConflictException"


def test_what_the_state_does_not_name_any_more_is_forgotten_at_the_next_plan():
    account = made(Account(), SUBNET, BALANCER)
    account.begin_plan()
    account.observe(SUBNET, refreshed=True)
    assert still(account) is None


def test_nothing_is_forgotten_where_terraform_does_not_refresh():
    account = made(Account(), SUBNET, BALANCER)
    account.begin_plan()
    account.observe(SUBNET, refreshed=False)
    assert refused(still(account)) == ("DependencyViolation", ["aws_lb lb"])


def test_what_is_live_is_written_and_read_back_byte_by_byte(tmp_path):
    file = tmp_path / "deep" / "live.json"
    account = made(Account(file), SUBNET, function())
    carry_out(account, function(), function("2", "subnet-b"))
    account.save()
    written = file.read_bytes()
    again = Account(file)
    assert refused(still(again)) == ("DependencyViolation", ["version 1 of aws_lambda_function web"])
    again.save()
    assert file.read_bytes() == written


def test_the_order_of_changes_does_not_show_in_the_file(tmp_path):
    files = [tmp_path / name for name in ("one", "two")]
    for file, things in zip(files, ([SUBNET, BALANCER], [BALANCER, SUBNET]), strict=True):
        made(Account(file), *things).save()
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_deletion_waits_for_a_change_of_its_user_in_the_same_apply():
    account = made(Account(), SUBNET, BALANCER)
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(carry_out(account, SUBNET, None)))
    waiting.start()
    assert carry_out(account, BALANCER, WITHOUT) is None
    waiting.join()
    assert answers == [None]


def test_a_deletion_is_refused_once_nothing_moves_any_more():
    account = made(Account(), SUBNET, BALANCER)
    account.patience_s = 0.05
    assert refused(carry_out(account, SUBNET, None)) == ("DependencyViolation", ["aws_lb lb"])


def test_a_deletion_is_refused_at_once_where_the_plan_leaves_its_users_alone():
    account = made(Account(), SUBNET, BALANCER)
    account.patience_s = 60
    began = time.monotonic()
    assert still(account) is not None
    assert time.monotonic() - began < 10


def test_a_deletion_waits_for_a_change_that_is_held():
    account = made(Account(), SUBNET, BALANCER)
    account.patience_s = 0.01
    answers = []
    with account.under_way():
        waiting = threading.Thread(target=lambda: answers.append(carry_out(account, SUBNET, None)))
        waiting.start()
        time.sleep(0.2)
        assert (answers, account.carry_out(Change(BALANCER, WITHOUT))) == ([], None)
        waiting.join()
    assert answers == [None]


def test_a_change_is_seen_even_where_the_wait_for_it_was_just_over(monkeypatch):
    """A wait that has run out takes the lock again after the change: it says no, and the change was there."""
    wait = threading.Condition.wait
    monkeypatch.setattr(threading.Condition, "wait", lambda *asked, **named: wait(*asked, **named) and False)
    account = made(Account(), SUBNET, BALANCER)
    answers = []
    with account.under_way():
        waiting = threading.Thread(
            target=lambda: answers.append(carry_out(account, SUBNET, None)), daemon=True
        )
        waiting.start()
        assert account.carry_out(Change(BALANCER, WITHOUT)) is None
        waiting.join(timeout=20)
    assert answers == [None]


def test_nothing_waits_for_a_terraform_that_is_gone():
    account = made(Account(), SUBNET, BALANCER)
    answers = []
    wanted = threading.Event()
    waiting = threading.Thread(
        target=lambda: answers.append(carry_out(account, SUBNET, None, is_wanted=wanted.is_set))
    )
    waiting.start()
    other = live("aws_vpc", id="vpc-2")
    while waiting.is_alive():
        carry_out(account, None, other)
        carry_out(account, other, None)
    assert refused(answers[0])[0] == "DependencyViolation"


def test_a_name_is_free_for_itself_and_taken_for_others():
    account = made(Account(), BALANCER)
    assert carry_out(account, BALANCER, WITHOUT) is None
    assert (
        carry_out(account, None, live("aws_lb", id="another", name="lb")).law.code
        == "DuplicateLoadBalancerName"
    )


def test_another_account_or_region_has_names_of_its_own():
    account = made(Account(), live("aws_lb_target_group", id="one", name="web"))
    elsewhere = LiveObject(
        "aws_lb_target_group", ACCOUNT, {"region": "us-east-1", "id": "two", "name": "web"}
    )
    others = LiveObject(
        "aws_lb_target_group", "210987654321", {"region": REGION, "id": "three", "name": "web"}
    )
    assert [carry_out(account, None, thing) for thing in (elsewhere, others)] == [None, None]


def test_a_poller_is_refused_while_its_queue_hides_messages_for_less_than_the_function_may_take():
    arn = "arn:aws:sqs:eu-west-1:123456789012:orders"

    def queue(hidden):
        return live("aws_sqs_queue", id="orders", name="orders", arn=arn, visibility_timeout_seconds=hidden)

    poller = live(
        "aws_lambda_event_source_mapping", id="p", event_source_arn=arn, function_name=f"{ARN}:live"
    )
    account = made(Account(), function(timeout=30), queue(29))
    refusal = carry_out(account, None, poller)
    assert refused(refusal) == ("InvalidParameterValueException", ["aws_sqs_queue orders"])
    assert "29 seconds is less than Function timeout: 30 seconds" in refusal.summary
    assert carry_out(account, queue(29), queue(30)) is None
    assert carry_out(account, None, poller) is None
