"""AWS's rules about load balancers, listeners, target groups and permissions."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, balancer, changed, function, invoked, listener, subnet, vpc, without

UNKNOWN = "${var.nobody_knows}"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/x"
REGION = {"aws": {"region": "us-east-1"}}


def test_a_load_balancer_has_room():
    assert ask("alb-subnet-size", invoked()) == {"aws_lb.door": "kept"}
    small = changed(invoked(), "aws_subnet.private_b", cidr_block="10.0.3.0/28")
    assert ask("alb-subnet-size", small) == {
        "aws_lb.door": "broken: is in aws_subnet.private_b (10.0.3.0/28); AWS asks for /27 or larger with 8 "
        "free addresses"
    }


def test_a_load_balancer_is_in_two_zones():
    assert ask("alb-two-zones", invoked()) == {"aws_lb.door": "kept"}
    assert ask("alb-two-zones", vpc() | balancer("door", "private_a")) == {
        "aws_lb.door": "broken: is in 1 subnet; AWS asks for subnets in 2 availability zones or more"
    }
    twice = vpc() | subnet("more", "10.0.9.0/24") | balancer("door", "private_a", "more")
    assert ask("alb-two-zones", twice) == {
        "aws_lb.door": "broken: has aws_subnet.private_a and aws_subnet.more in the one zone us-east-1a; AWS "
        "takes one subnet of each zone"
    }


def test_two_of_the_names_that_one_data_source_gives_are_two_zones():
    def zoned(first, second):
        names = {"a": first, "b": second}
        resources = invoked()
        for letter, zone in names.items():
            resources = changed(resources, f"aws_subnet.private_{letter}", availability_zone=f"${{{zone}}}")
        return ask("alb-two-zones", resources)["aws_lb.door"]

    here, there = "data.aws_availability_zones.here.names", "data.aws_availability_zones.there.names"
    assert zoned(f"{here}[0]", f"{here}[1]") == "kept"
    assert zoned(f"element({here}, 0)", f"slice({here}, 0, 3)[1]") == "kept"
    assert zoned(f"{here}[0]", f"{here}[0]").startswith("broken")
    assert zoned(f"{here}[0]", f"{there}[1]").startswith("cannot tell")


def test_zones_that_only_aws_names_are_not_judged():
    names = "${data.aws_availability_zones.here.names"
    open_zone = changed(invoked(), "aws_subnet.private_a", availability_zone=f"{names}[0]}}")
    assert ask("alb-two-zones", open_zone)["aws_lb.door"].startswith("cannot tell")
    assert ask("alb-two-zones", changed(invoked(), "aws_lb.door", subnets=UNKNOWN))["aws_lb.door"].startswith(
        "cannot tell"
    )
    same = changed(open_zone, "aws_subnet.private_b", availability_zone=f"{names}[0]}}")
    assert ask("alb-two-zones", same)["aws_lb.door"].startswith("broken")


def test_a_public_load_balancer_is_in_public_subnets():
    public = vpc() | balancer("door", "public_a", "public_b", internal=False)
    assert ask("alb-public-subnets", public) == {"aws_lb.door": "kept"}
    inside = vpc() | balancer("door", "public_a", "private_b", internal=False)
    assert ask("alb-public-subnets", inside)["aws_lb.door"].startswith(
        "broken: aws_subnet.private_b is no public subnet"
    )
    assert ask("alb-public-subnets", invoked()) == {}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("x" * 33, "has 33 characters; 32 are allowed"),
        ("shop_dev", "is not letters, digits and hyphens, with none at its ends"),
        ("shop-", "is not letters, digits and hyphens, with none at its ends"),
        ("internal-shop", "begins with internal-, which AWS keeps for itself"),
    ],
)
def test_the_name_of_a_load_balancer_has_a_form(name, fault):
    assert ask("alb-name", vpc() | balancer("door", name="shop-dev")) == {"aws_lb.door": "kept"}
    assert ask("alb-name", vpc() | balancer("door", name=name)) == {
        "aws_lb.door": f"broken: name {name!r} {fault}"
    }


def test_a_load_balancer_takes_fifty_listeners():
    fifty = {}
    for number in range(50):
        fifty |= listener(f"l{number}", port=8000 + number)
    assert ask("alb-listeners", invoked() | without(fifty, "aws_lb_listener.l0")) == {"aws_lb.door": "kept"}
    assert ask("alb-listeners", invoked() | fifty) == {
        "aws_lb.door": "broken: has 51 listeners; AWS takes 50"
    }


def rule(name, priority=10, values=("/a/*",)):
    body = {
        "listener_arn": "${aws_lb_listener.web.arn}",
        "priority": priority,
        "condition": [{"path_pattern": {"values": list(values)}}],
        "action": [{"type": "forward", "target_group_arn": "${aws_lb_target_group.orders.arn}"}],
    }
    return {f"aws_lb_listener_rule.{name}": body}


def test_a_load_balancer_takes_a_hundred_rules():
    rules = {}
    for number in range(100):
        rules |= rule(f"r{number}", number + 1)
    assert ask("alb-listener-rules", invoked() | rules) == {"aws_lb.door": "kept"}
    assert ask("alb-listener-rules", invoked() | rules | rule("more", 101)) == {
        "aws_lb.door": "broken: has 101 rules beside the default ones; AWS takes 100"
    }


def test_a_load_balancer_takes_a_hundred_target_groups():
    many = {}
    for number in range(100):
        action = {"type": "forward", "target_group_arn": f"arn:{number}"}
        many |= changed(rule(f"r{number}", number + 1), f"aws_lb_listener_rule.r{number}", action=[action])
    assert ask("alb-target-groups", invoked()) == {"aws_lb.door": "kept"}
    assert ask("alb-target-groups", invoked() | many) == {
        "aws_lb.door": "broken: has 101 target groups; AWS takes 100"
    }


def test_a_load_balancer_takes_twenty_five_more_certificates():
    extra = {
        f"aws_lb_listener_certificate.c{number}": {"listener_arn": "${aws_lb_listener.web.arn}"}
        for number in range(26)
    }
    assert ask("alb-certificates", invoked()) == {"aws_lb.door": "kept"}
    assert ask("alb-certificates", invoked() | extra)["aws_lb.door"].startswith("broken: has 26 certificates")


def test_a_port_has_one_listener():
    assert ask("listener-port", invoked()) == {"aws_lb_listener.web": "kept"}
    assert set(ask("listener-port", invoked() | listener("again")).values()) == {
        "broken: aws_lb.door has another listener on 80; one port takes one"
    }


def test_https_needs_a_certificate_and_a_policy():
    bare = changed(invoked(), "aws_lb_listener.web", protocol="HTTPS", port=443)
    assert ask("listener-certificate", bare)["aws_lb_listener.web"] == (
        "broken: has no certificate_arn; HTTPS needs a default certificate"
    )
    certified = changed(bare, "aws_lb_listener.web", certificate_arn=CERTIFICATE)
    assert ask("listener-certificate", certified) == {"aws_lb_listener.web": "kept"}
    assert "TLS 1.0" in ask("listener-tls-policy", certified)["aws_lb_listener.web"]
    modern = changed(certified, "aws_lb_listener.web", ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06")
    assert ask("listener-tls-policy", modern) == {"aws_lb_listener.web": "kept"}
    open_one = changed(bare, "aws_lb_listener.web", certificate_arn=UNKNOWN)
    assert ask("listener-certificate", open_one)["aws_lb_listener.web"].startswith("cannot tell")


def test_priorities_are_unique_and_values_few():
    assert ask("listener-rule-priority", invoked() | rule("a") | rule("b", 11)) == {
        "aws_lb_listener_rule.a": "kept",
        "aws_lb_listener_rule.b": "kept",
    }
    assert set(ask("listener-rule-priority", invoked() | rule("a") | rule("b")).values()) == {
        "broken: aws_lb_listener.web has another rule with priority 10"
    }
    assert "priority is 50001; AWS takes 1 to 50000" in str(
        ask("listener-rule-priority", invoked() | rule("a", 50001))
    )
    assert ask("listener-rule-values", invoked() | rule("a")) == {"aws_lb_listener_rule.a": "kept"}
    assert "has 6 condition values; AWS takes 5" in str(
        ask("listener-rule-values", invoked() | rule("a", 1, "abcdef"))
    )


def test_values_that_are_open_are_not_counted():
    found = rule("a")
    found["aws_lb_listener_rule.a"]["condition"][0]["path_pattern"]["values"] = UNKNOWN
    assert ask("listener-rule-values", invoked() | found)["aws_lb_listener_rule.a"].startswith("cannot tell")


def test_a_certificate_is_of_the_listeners_region():
    def said(arn, **more):
        found = changed(invoked(), "aws_lb_listener.web", certificate_arn=arn) | more
        return ask("certificate-region", found, provider=REGION)["aws_lb_listener.web"]

    assert said(CERTIFICATE) == "kept"
    assert said(CERTIFICATE.replace("us-east-1", "eu-west-1")) == (
        "broken: has a certificate of eu-west-1; a load balancer in us-east-1 takes one of us-east-1 only"
    )
    made = {"aws_acm_certificate.shop": {"domain_name": "shop.example"}}
    assert said("${aws_acm_certificate.shop.arn}", **made) == "kept"
    made["aws_acm_certificate.shop"]["region"] = "eu-west-1"
    assert said("${aws_acm_certificate.shop.arn}", **made).startswith(
        "broken: has a certificate of eu-west-1"
    )
    assert said(UNKNOWN).startswith("cannot tell")


def test_a_load_balancer_waits_for_its_functions():
    assert ask("alb-idle-timeout-for-lambda", invoked()) == {"aws_lb.door": "kept"}
    slow = changed(invoked(), "aws_lambda_function.orders", timeout=90)
    assert ask("alb-idle-timeout-for-lambda", slow)["aws_lb.door"] == (
        "broken: closes a connection after 60 s without data, before aws_lambda_function.orders times out "
        "(90 s)"
    )
    assert ask("alb-idle-timeout-for-lambda", changed(slow, "aws_lb.door", idle_timeout=90)) == {
        "aws_lb.door": "kept"
    }


def test_an_idle_timeout_keeps_its_limits():
    assert ask("alb-idle-timeout", invoked()) == {"aws_lb.door": "kept"}
    said = ask("alb-idle-timeout", changed(invoked(), "aws_lb.door", idle_timeout=4001))["aws_lb.door"]
    assert said == "broken: idle_timeout is 4001 s; AWS takes 1 to 4000"


def test_https_does_not_go_by_the_load_balancers_own_name():
    secure = changed(
        invoked(), "aws_lb_listener.web", protocol="HTTPS", port=443, certificate_arn=CERTIFICATE
    )
    assert ask("alb-https-dns-name", secure) == {"aws_lb.door": "kept"}
    caller = function("caller", environment={"variables": {"ORDERS": "https://${aws_lb.door.dns_name}/x"}})
    assert ask("alb-https-dns-name", secure | caller)["aws_lb.door"] == (
        "broken: aws_lambda_function.caller calls it by https:// and its own DNS name, for which no "
        "certificate exists: the verification fails"
    )
    assert ask("alb-https-dns-name", invoked()) == {}
    told = {"output": {"url": {"value": "https://${aws_lb.door.dns_name}"}}}  # nobody calls it by that
    assert ask("alb-https-dns-name", secure, **told) == {"aws_lb.door": "kept"}


def test_subnets_that_only_an_apply_maps_cannot_be_told():
    mapping = {
        "subnet_mapping": {"for_each": "${var.all}", "content": {"subnet_id": "${subnet_mapping.value}"}}
    }
    found = {"aws_lb.door": {"dynamic": mapping}}
    said = ask("alb-two-zones", found, variable={"all": {}})["aws_lb.door"]
    assert said == "cannot tell: in which subnets it is, is not in this document"
