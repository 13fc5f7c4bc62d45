from tests.support.ruling import ask, balancer, vpc

RULE = "alb-web-acl"


def public(**associations):
    acls = {
        f"aws_wafv2_web_acl_association.{name}": {"resource_arn": arn, "web_acl_arn": "arn:aws:wafv2:x"}
        for name, arn in associations.items()
    }
    return vpc() | balancer("door", "public_a", "public_b", internal=False) | acls


def test_a_public_load_balancer_has_a_web_acl():
    assert ask(RULE, public(own="${aws_lb.door.arn}")) == {"aws_lb.door": "kept"}
    bare = {"aws_lb.door": "broken: is open to addresses outside without a web ACL of WAF"}
    assert ask(RULE, public()) == ask(RULE, public(another="arn:aws:elasticloadbalancing:x")) == bare
    assert ask(RULE, vpc() | balancer("door")) == {}


def test_whose_web_acl_it_is_may_be_open():
    assert ask(RULE, public(somebodys="${var.load_balancer}"))["aws_lb.door"].startswith("cannot tell")
    strange = {"aws_unheard_of.x": {"load_balancer": "${aws_lb.door.arn}"}}
    assert ask(RULE, public() | strange)["aws_lb.door"].startswith("cannot tell")
