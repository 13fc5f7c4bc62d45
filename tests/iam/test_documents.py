from constructs_lib.iam import assume_role_policy, flow_logs_policy, function_policy


def test_only_the_named_service_may_take_the_role():
    [statement] = assume_role_policy("lambda.amazonaws.com")["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_only_network_interfaces_are_granted_on_every_resource():
    policy = function_policy(function_arn="arn:f", log_group_arn="arn:g")
    wide = [s for s in policy["Statement"] if s["Effect"] == "Allow" and s["Resource"] == "*"]
    assert {action.partition(":")[0] for s in wide for action in s["Action"]} == {"ec2"}


def test_flow_logs_may_write_to_their_log_group_only():
    [statement] = flow_logs_policy("arn:g")["Statement"]
    assert statement["Resource"] == ["arn:g", "arn:g:*"]
