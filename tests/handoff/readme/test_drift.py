from constructs_lib.handoff.readme.drift import drift
from tests.support.written_stacks import read


def test_what_terraform_does_not_read_is_looked_at_by_commands_with_what_is_declared():
    resources = {
        "aws_vpc": {"network": {}},
        "aws_lambda_function": {"a": {"function_name": "shop-dev-a"}, "b": {"function_name": "shop-dev-b"}},
        "aws_lambda_alias": {"a": {"name": "live"}, "b": {"name": "live"}},
        "aws_lambda_permission": {"a": {}, "b": {}},
        "aws_lb": {"public": {"name": "shop-dev-public"}},
        "aws_lb_listener": {
            "public_80": {"load_balancer_arn": "${aws_lb.public.arn}"},
            "internal_80": {"load_balancer_arn": "${aws_lb.internal.arn}"},
        },
        "aws_lb_listener_rule": {
            "a": {"listener_arn": "${aws_lb_listener.public_80.arn}"},
            "b": {"listener_arn": "${aws_lb_listener.internal_80.arn}"},
        },
    }
    found = drift(read({"resource": resources}))
    assert "permissions: 2 in all" in found
    assert "for name in shop-dev-a shop-dev-b; do" in found
    assert "# shop-dev-public: 1 listeners, 1 rules without default ones" in found
    assert "state show -no-color aws_vpc.network" in found


def test_a_vpc_that_existed_before_is_named():
    document = read({"data": {"aws_vpc": {"network": {"id": "vpc-0123456789abcdef0"}}}})
    assert "vpc=vpc-0123456789abcdef0" in drift(document)
