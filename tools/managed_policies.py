"""Writes figures/access/managed_policies.json: AWS's managed policies that roles of workloads usually carry.

Run as ``python -m tools.managed_policies`` after a change of moto, which keeps what AWS publishes.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moto.iam.aws_managed_policies import aws_managed_policies_data

TABLE = Path(__file__).parent.parent / "constructs_lib" / "figures" / "access" / "managed_policies.json"
NAMES = (
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaDynamoDBExecutionRole",
    "AWSLambdaExecute",
    "AWSLambdaENIManagementAccess",
    "AWSLambdaInvocation-DynamoDB",
    "AWSLambdaKinesisExecutionRole",
    "AWSLambdaMSKExecutionRole",
    "AWSLambdaRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSLambda_FullAccess",
    "AWSLambda_ReadOnlyAccess",
    "AWSXRayDaemonWriteAccess",
    "AWSXrayWriteOnlyAccess",
    "AdministratorAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonDynamoDBReadOnlyAccess",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEC2FullAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonECSTaskExecutionRolePolicy",
    "AmazonECS_FullAccess",
    "AmazonRDSReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSNSFullAccess",
    "AmazonSQSFullAccess",
    "AmazonSQSReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMReadOnlyAccess",
    "AmazonVPCFullAccess",
    "CloudWatchAgentServerPolicy",
    "CloudWatchLambdaInsightsExecutionRolePolicy",
    "CloudWatchLogsFullAccess",
    "CloudWatchReadOnlyAccess",
    "ElasticLoadBalancingFullAccess",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "PowerUserAccess",
    "SecretsManagerReadWrite",
)


def table() -> dict[str, Any]:
    """Return the table: statements by the policy's path and name, as its ARN ends with them."""
    known = json.loads(aws_managed_policies_data)
    found = {}
    for name in NAMES:
        policy = known.get(name)
        if policy is not None:
            found[policy["Path"].removeprefix("/") + name] = policy["Document"]["Statement"]
    return {
        "about": "Statements of AWS's managed policies, by what their ARN has behind `:policy/`. "
        "Written by `python -m tools.managed_policies`; do not edit.",
        "source": f"moto {version('moto')}: iam/aws_managed_policies.py; AWS changes them, see "
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
        "policies": found,
    }


def text() -> str:
    """Return the table as the file holds it: a policy a line."""
    found = table()
    policies = ",\n".join(
        f"    {json.dumps(name)}: {json.dumps(statements, sort_keys=True)}"
        for name, statements in sorted(found["policies"].items())
    )
    about, source = json.dumps(found["about"]), json.dumps(found["source"])
    return f'{{\n  "about": {about},\n  "source": {source},\n  "policies": {{\n{policies}\n  }}\n}}\n'


if __name__ == "__main__":
    TABLE.write_text(text(), "utf-8")
