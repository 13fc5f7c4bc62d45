"""IAM policy documents as plain data; each grants what one thing needs and names what it applies to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.figures.access.endpoint_policies import (
    FOR_ITS_PRINCIPALS,
    OF_THE_ACCOUNT,
    image_layers,
)
from constructs_lib.figures.quotas import POLICY_VERSION

Document = dict[str, Any]

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
NETWORK_INTERFACE_ACTIONS = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
]


def assume_role_policy(service: str, *, account: str) -> Document:
    """Let one AWS service, such as ``principals.LAMBDA``, take the role, and for this account alone.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
    """
    take = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return document({**take, "Condition": {"StringEquals": {"aws:SourceAccount": account}}})


def function_policy(
    *,
    function_arn: str,
    log_group_arn: str,
    kms_key_arn: str | None = None,
    tracing: bool = False,
    secret_arns: Sequence[str] = (),
) -> Document:
    """What a function in a VPC needs: its own log group, and the network interfaces that Lambda makes for it.

    Lambda acts with the function's role, and EC2 has no narrower resource for it; a statement keeps the
    function's own code from using what Lambda needs. kms_key_arn: the key of its environment variables.
    secret_arns: secrets and parameters that its code reads.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice
    """
    logs = ["logs:CreateLogStream", "logs:PutLogEvents"]
    statements: list[Document] = [
        {"Sid": "OwnLogGroup", "Effect": "Allow", "Action": logs, "Resource": f"{log_group_arn}:*"},
        {
            "Sid": "NetworkInterfaces",
            "Effect": "Allow",
            "Action": NETWORK_INTERFACE_ACTIONS,
            "Resource": "*",
        },
        {
            "Sid": "NotFromTheCode",
            "Effect": "Deny",
            "Action": NETWORK_INTERFACE_ACTIONS,
            "Resource": "*",
            "Condition": {"ArnEquals": {"lambda:SourceFunctionArn": function_arn}},
        },
    ]
    if kms_key_arn:
        statements.append(
            {"Sid": "Variables", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": kms_key_arn}
        )
    if tracing:  # X-Ray has no narrower resource for it
        trace = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        statements.append({"Sid": "Traces", "Effect": "Allow", "Action": trace, "Resource": "*"})
    return document(*statements, *_reading(secret_arns, ["ssm:GetParameter", "ssm:GetParameters"]))


def execution_policy(
    *, log_group_arn: str, repository_arn: str | None, secret_arns: Sequence[str]
) -> Document:
    """What ECS needs to start a task: its log streams, its image where that lies in ECR, its secrets.

    The token for ECR is of the whole account: AWS has no narrower resource for it.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    """
    statements: list[Document] = [
        {
            "Sid": "OwnLogGroup",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": f"{log_group_arn}:*",
        }
    ]
    if repository_arn:
        pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        token = {"Sid": "RegistryToken", "Effect": "Allow", "Action": "ecr:GetAuthorizationToken"}
        statements.append({"Sid": "Image", "Effect": "Allow", "Action": pull, "Resource": repository_arn})
        statements.append({**token, "Resource": "*"})
    statements += _reading(secret_arns, ["ssm:GetParameters"])
    return document(*statements)


def _reading(secret_arns: Sequence[str], of_parameters: list[str]) -> Iterator[Document]:
    """What reads secrets of Secrets Manager and parameters of SSM; a reference may be either.

    The key that encrypts one is not named anywhere: it may decrypt what is encrypted for this one alone.
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
    https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html#parameter-store-encryption-context
    """
    parameters = [arn for arn in secret_arns if ":ssm:" in arn or "${" in arn]
    secrets = [arn for arn in secret_arns if ":ssm:" not in arn]
    if parameters:
        action = of_parameters if of_parameters[1:] else of_parameters[0]
        yield {"Sid": "Parameters", "Effect": "Allow", "Action": action, "Resource": parameters}
        yield _decrypting("KeysOfParameters", "PARAMETER_ARN", parameters)
    if secrets:
        read = "secretsmanager:GetSecretValue"
        yield {"Sid": "Secrets", "Effect": "Allow", "Action": read, "Resource": secrets}
        yield _decrypting("KeysOfSecrets", "SecretARN", secrets)


def _decrypting(sid: str, context: str, arns: list[str]) -> Document:
    only = {"StringEquals": {f"kms:EncryptionContext:{context}": arns}}
    return {"Sid": sid, "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": only}


def queue_policy(queue_arn: str, *, kms_key_arn: str | None = None) -> Document:
    """What a function needs to be given a queue's messages: Lambda polls it with the function's role.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
    """
    take = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    statements: list[Document] = [
        {"Sid": "Messages", "Effect": "Allow", "Action": take, "Resource": queue_arn}
    ]
    if kms_key_arn:
        statements.append(
            {"Sid": "Decrypt", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": kms_key_arn}
        )
    return document(*statements)


def invocation_policy(function_arn: str) -> Document:
    """What invokes one function, or one alias of it, and nothing else.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role
    """
    invoke = {"Sid": "Invoke", "Effect": "Allow", "Action": "lambda:InvokeFunction"}
    return document({**invoke, "Resource": function_arn})


def flow_logs_policy(log_group_arn: str) -> Document:
    """What VPC flow logs need to write into one log group.

    https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
    """
    return document(
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": [log_group_arn, f"{log_group_arn}:*"],
        },
    )


def endpoint_policy(
    service: str, *, account: str, partition: str, region: str, others: Sequence[str] = ()
) -> Document | None:
    """What an endpoint lets through by default: requests of the account, to what belongs to it.

    service: its short name. others: ids of accounts whose resources the environment names, too. None for a
    service whose endpoints take no policy, or none that could be told apart by account.
    """
    if service not in OF_THE_ACCOUNT | FOR_ITS_PRINCIPALS:
        return None
    condition: Document = {"StringEquals": {"aws:PrincipalAccount": account}}
    if service in OF_THE_ACCOUNT:
        condition["StringEqualsIfExists"] = {"aws:ResourceAccount": [account, *others]}
    own = {"Sid": "OwnAccount", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    statements: list[Document] = [{**own, "Condition": condition}]
    if service == "s3":
        layers = {"Sid": "LayersOfImages", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
        statements.append({**layers, "Resource": image_layers(partition, region)})
    return document(*statements)


def full_endpoint_policy() -> Document:
    """What AWS gives an endpoint without a policy: everything passes."""
    return document({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})


def document(*statements: Mapping[str, Any]) -> Document:
    """A policy of these statements."""
    return {"Version": POLICY_VERSION, "Statement": [dict(statement) for statement in statements]}


_ORDER = ("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource")


def in_order(statement: Mapping[str, Any]) -> dict[str, Any]:
    """A statement with its elements in the order of AWS's documents, whatever the order that they came in.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """
    first = [name for name in _ORDER if name in statement]
    rest = sorted(statement.keys() - {*first})
    return {name: _sorted(statement[name]) for name in (*first, *rest)}


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
