from constructs_lib.iam import assume_role_policy, endpoint_policy, flow_logs_policy, function_policy
from tests.support.iam.policy_requests import allows


def test_only_the_named_service_may_take_the_role():
    [statement] = assume_role_policy("lambda.amazonaws.com", account="1")["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": "1"}},
    }


def test_only_network_interfaces_are_granted_on_every_resource():
    policy = function_policy(function_arn="arn:f", log_group_arn="arn:g")
    wide = [s for s in policy["Statement"] if s["Effect"] == "Allow" and s["Resource"] == "*"]
    assert {action.partition(":")[0] for s in wide for action in s["Action"]} == {"ec2"}


SECRET = "arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf"
PARAMETER = "arn:aws:ssm:eu-west-1:1:parameter/db"


def test_any_key_may_decrypt_what_is_encrypted_for_the_named_secrets_alone():
    policy = function_policy(function_arn="arn:f", log_group_arn="arn:g", secret_arns=[SECRET, PARAMETER])
    key = "arn:aws:kms:eu-west-1:1:key/any"

    def decrypts(**context):
        return allows([policy], "kms:Decrypt", key, **context)

    assert decrypts(kms__EncryptionContext__SecretARN=SECRET)
    assert decrypts(kms__EncryptionContext__PARAMETER_ARN=PARAMETER)
    assert not decrypts(kms__EncryptionContext__SecretARN=PARAMETER)
    assert not decrypts(kms__EncryptionContext__SecretARN=SECRET + "x")
    assert not decrypts()


def test_flow_logs_may_write_to_their_log_group_only():
    [statement] = flow_logs_policy("arn:g")["Statement"]
    assert statement["Resource"] == ["arn:g", "arn:g:*"]


def policy(service, **more):
    return endpoint_policy(service, account="1", partition="aws", region="eu-west-1", **more)


def asked(found, action, resource, principal="1", owner=None):
    context = {"aws__PrincipalAccount": principal} if principal else {}
    statements = [{key: one[key] for key in one if key != "Principal"} for one in found["Statement"]]
    if owner:
        context["aws__ResourceAccount"] = owner
    return allows([{"Statement": statements}], action, resource, **context)


def test_an_endpoint_lets_the_account_to_what_is_its_own():
    found = policy("s3")
    own, theirs = "arn:aws:s3:::own/x", "arn:aws:s3:::theirs/x"
    assert asked(found, "s3:GetObject", own, owner="1")
    assert not asked(found, "s3:PutObject", theirs, owner="2"), "nothing is carried out to another account"
    assert not asked(found, "s3:PutObject", own, principal="2", owner="1"), "nor with keys of another one"
    assert not asked(found, "s3:GetObject", own, principal=None, owner="1")
    assert asked(policy("s3", others=["2"]), "s3:GetObject", theirs, owner="2")


def test_an_endpoint_lets_through_what_aws_itself_needs():
    layer = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/x"
    assert asked(policy("s3"), "s3:GetObject", layer, principal="9", owner="9")
    assert not asked(policy("s3"), "s3:PutObject", layer, principal="9", owner="9")
    assert asked(policy("ecr.api"), "ecr:GetAuthorizationToken", "*"), "an action without a resource"
    public = "arn:aws:ssm:eu-west-1::parameter/aws/service/ami"
    assert asked(policy("ssm"), "ssm:GetParameter", public, owner="9")


def test_an_endpoint_that_takes_no_policy_has_none():
    assert policy("execute-api") is None
    assert policy("vpce-svc-0123456789abcdef0") is None
