"""Every argument that the table of uses names keeps what it holds from being deleted."""

from __future__ import annotations

from constructs_lib.figures.changes.in_use import uses
from constructs_lib.testing.terraform.stand_in.live.account import Account
from constructs_lib.testing.terraform.stand_in.live.objects import Change, LiveObject

ACCOUNT, REGION = "123456789012", "eu-west-1"


def live(type_name, **values):
    return LiveObject(type_name, ACCOUNT, {"region": REGION, **values})


def at(path, text):
    """A value with the text at a dotted path."""
    name, _, rest = path.partition(".")
    return {name: [at(rest, text)] if rest else [text]}


def delete(account, thing):
    with account.under_way():
        return account.carry_out(Change(thing, None), may_change=lambda _: False)


def test_what_any_argument_of_any_user_holds_is_not_deleted_and_is_once_the_user_is_gone():
    for type_name, law in uses().items():
        for attribute in law.known_by:
            thing = live(type_name, **{"id": "thing", attribute: "held"})
            for user_type, paths in law.users.items():
                for path in paths:
                    account = Account()
                    user = live(
                        user_type, id="user", version="$LATEST", function_name="f", **at(path, "held")
                    )
                    for there in (thing, user):
                        account.register.put(there)
                    refusal = delete(account, thing)
                    assert (refusal.law, refusal.blocking) == (law, (user,)), (type_name, user_type, path)
                    account.register.drop(user)
                    assert delete(account, thing) is None, (type_name, user_type, path)


def test_a_rule_that_names_its_own_group_goes_with_it():
    for type_name, owner in uses()["aws_security_group"].but_not_its_own.items():
        account = Account()
        (path, *_) = uses()["aws_security_group"].users[type_name]
        group = live("aws_security_group", id="sg-1")
        account.register.put(group)
        account.register.put(live(type_name, **{"id": "rule", owner: "sg-1", **at(path, "sg-1")}))
        assert delete(account, group) is None, type_name


def test_another_thing_of_the_same_name_is_not_taken_for_it():
    account = Account()
    cluster = live("aws_ecs_cluster", id="arn:cluster/web", arn="arn:cluster/web", name="web")
    account.register.put(cluster)
    account.register.put(live("aws_ecs_service", id="web", name="web", cluster="arn:cluster/shop"))
    assert delete(account, cluster) is None
