import json
import re
from pathlib import Path

import botocore.session

from constructs_lib.bindings.modules import MODULES
from constructs_lib.handoff import iam_actions
from tests.support.written_stacks import read

TABLE = json.loads((Path(iam_actions.__file__).parent / "iam_actions.json").read_text())
# Permissions that belong to no operation of their service's API.
NO_OPERATION = {
    "elasticloadbalancing:SetWebAcl",
    "iam:PassRole",
    *(f"logs:{verb}LogDelivery" for verb in ("Create", "Delete", "Get", "Update")),
    "logs:ListLogDeliveries",
}


def test_everything_that_the_generator_can_make_is_in_the_table():
    modules = {name for name in MODULES if name != "provider"}
    data = {name.removeprefix("data_") for name in modules if name.startswith("data_")}
    resources = {f"aws_{name}" for name in modules if not name.startswith("data_")}
    assert (resources - TABLE["resources"].keys(), data - TABLE["data_sources"].keys()) == (set(), set())


def test_every_action_is_an_operation_of_aws():
    session = botocore.session.get_session()
    actions = {
        action for part in ("resources", "data_sources") for found in TABLE[part].values() for action in found
    }
    actions |= {
        a for by_argument in TABLE["arguments"].values() for found in by_argument.values() for a in found
    }
    # The names of S3's permissions are not those of its operations.
    asked = {action for action in actions - NO_OPERATION if not action.startswith("s3:")}
    unknown = []
    for action in sorted(asked):
        service, _, name = action.partition(":")
        model = session.get_service_model({"elasticloadbalancing": "elbv2"}.get(service, service))
        names = {re.sub(r"\d{4}_\d\d_\d\d$|\d{8}$", "", known).lower() for known in model.operation_names}
        unknown += [action] if name.lower() not in names else []
    assert unknown == []
    assert actions >= NO_OPERATION


def test_types_that_the_table_does_not_know_are_named_and_need_nothing_that_we_know():
    document = read(
        {
            "resource": {"aws_kinesis_stream": {"x": {}}, "random_id": {"x": {}}, "aws_sqs_queue": {"x": {}}},
            "data": {"aws_ami": {"x": {}}},
        }
    )
    assert iam_actions.unknown_types(document) == ["aws_kinesis_stream", "data.aws_ami"]
    services = {action.partition(":")[0] for action in iam_actions.needed_actions(document)}
    assert services == {"sqs", "sts"}


def test_an_argument_may_need_more():
    def needed(**body):
        document = {"resource": {"aws_lambda_function": {"f": body}}}
        return {a for a in iam_actions.needed_actions(read(document)) if a.startswith(("ecr:", "kms:"))}

    assert needed(filename="packages/f.zip") == set()
    assert "ecr:BatchGetImage" in needed(image_uri="x")
    assert "kms:CreateGrant" in needed(kms_key_arn="x")


def test_actions_are_grouped_by_service():
    assert iam_actions.by_service(["ec2:A", "ec2:B", "iam:C"]) == {"ec2": ["A", "B"], "iam": ["C"]}
