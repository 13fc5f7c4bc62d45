"""Names of AWS services as VPC endpoints use them (https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html)."""

from __future__ import annotations

import re

_REGIONAL = re.compile(r"(?:com|cn)\.amazonaws\.(?:\$\{[^}]*\}|[a-z0-9-]+)\.(.+)")

KNOWN = frozenset(
    (
        "access-analyzer apigateway appconfig appconfigdata appmesh-envoy-management apprunner athena autoscaling "
        "backup batch bedrock bedrock-agent bedrock-agent-runtime bedrock-runtime cloudformation cloudtrail codeartifact.api "
        "codeartifact.repositories codebuild codecommit codedeploy codepipeline cognito-idp config databrew datasync dynamodb "
        "ebs ec2 ec2messages ecr.api ecr.dkr ecs ecs-agent ecs-telemetry elasticache elasticbeanstalk elasticfilesystem "
        "elasticloadbalancing elasticmapreduce email-smtp events execute-api firehose fis fsx git-codecommit glue grafana "
        "guardduty-data imagebuilder inspector2 iot.data kafka kendra kinesis-firehose kinesis-streams kms lakeformation "
        "lambda logs macie2 monitoring oam organizations pinpoint polly pipes rds rds-data redshift redshift-data rekognition "
        "s3 s3express sagemaker.api sagemaker.runtime scheduler secretsmanager securityhub servicecatalog servicediscovery "
        "ses sns sqs ssm ssm-contacts ssm-incidents ssmmessages states storagegateway sts sync-states synthetics textract "
        "timestream transcribe transfer translate verifiedpermissions workspaces xray"
    ).split()
)
"""Short names that are taken for an AWS service also where no endpoint of the document serves it."""


def service_name(endpoint_service: str) -> str:
    """Give the short name of a service: ``logs`` for ``com.amazonaws.us-east-1.logs``; others stay as they are."""
    found = _REGIONAL.fullmatch(endpoint_service)
    return found[1] if found else endpoint_service
