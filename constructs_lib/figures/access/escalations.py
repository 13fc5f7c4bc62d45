"""IAM actions whose holder gets more than its policies say.

The ways are those that https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ and
https://pathfinding.cloud name; the actions' resources are in
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from __future__ import annotations

from collections.abc import Mapping

PASS_ROLE = "iam:PassRole"  # noqa: S105 - an action
ASSUME_ROLE = "sts:AssumeRole"
CREATE_ROLE = "iam:CreateRole"

GRANTS: Mapping[str, str] = {
    "iam:AttachRolePolicy": "gives a role any policy",
    "iam:PutRolePolicy": "gives a role any policy",
    "iam:UpdateAssumeRolePolicy": "lets anybody take a role",
    "iam:DeleteRolePermissionsBoundary": "takes the limit off a role",
    "iam:PutRolePermissionsBoundary": "changes the limit of a role",
    "iam:CreatePolicyVersion": "rewrites a policy",
    "iam:SetDefaultPolicyVersion": "turns a policy to another version",
    "iam:AttachUserPolicy": "gives a user any policy",
    "iam:PutUserPolicy": "gives a user any policy",
    "iam:AttachGroupPolicy": "gives a group any policy",
    "iam:PutGroupPolicy": "gives a group any policy",
    "iam:AddUserToGroup": "puts a user into any group",
    "iam:CreateAccessKey": "makes keys of another user",
    "iam:CreateLoginProfile": "makes a password of another user",
    "iam:UpdateLoginProfile": "changes the password of another user",
}
"""Each alone is as good as being an administrator, where its resources are not narrowed; in words."""

USES_OF_A_PASSED_ROLE = (
    "apprunner:CreateService",
    "batch:RegisterJobDefinition",
    "cloudformation:CreateChangeSet",
    "cloudformation:CreateStack",
    "cloudformation:UpdateStack",
    "codebuild:CreateProject",
    "codebuild:UpdateProject",
    "datapipeline:PutPipelineDefinition",
    "ec2:AssociateIamInstanceProfile",
    "ec2:ReplaceIamInstanceProfileAssociation",
    "ec2:RequestSpotInstances",
    "ec2:RunInstances",
    "ecs:CreateService",
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "ecs:StartTask",
    "ecs:UpdateService",
    "elasticmapreduce:RunJobFlow",
    "events:PutTargets",
    "glue:CreateDevEndpoint",
    "glue:CreateJob",
    "glue:CreateSession",
    "glue:UpdateJob",
    "iot:CreateTopicRule",
    "lambda:CreateFunction",
    "lambda:UpdateFunctionConfiguration",
    "pipes:CreatePipe",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
    "scheduler:CreateSchedule",
    "ssm:StartAutomationExecution",
    "states:CreateStateMachine",
    "states:UpdateStateMachine",
)
"""Actions that let something run with a role that is passed to it."""
