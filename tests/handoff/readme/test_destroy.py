import re

from constructs_lib.environment import Environment
from constructs_lib.handoff.inputs.variables import variables_of
from constructs_lib.handoff.readme.destroy import destroy
from tests.support.written_stacks import read

ENVIRONMENT = Environment(project="shop", environment="dev", region="eu-west-1")


def chapter(content, *, bucket=False):
    document = read(content)
    return destroy(document, variables_of(document, ENVIRONMENT), bucket=bucket)


def steps(text):
    return re.findall(r"^### \d\. (.*)", text, re.MULTILINE)


def test_protection_goes_first_and_the_state_last():
    content = {
        "terraform": {"backend": {"s3": {"bucket": "state"}}},
        "resource": {
            "aws_lb": {
                "internal": {"name": "a", "enable_deletion_protection": False},
                "public": {"name": "b", "enable_deletion_protection": True},
            },
            "aws_lambda_function": {"f": {"function_name": "f"}},
            "aws_cloudwatch_log_group": {"f": {"name": "/aws/lambda/f"}},
        },
    }
    found = chapter(content, bucket=True)
    assert steps(found) == ["Lift what is protected", "Save what holds data", "Destroy", "The state last"]
    assert "terraform apply -var public_deletion_protection=false" in found
    assert "terraform destroy -var public_deletion_protection=false" in found
    assert "| `aws_cloudwatch_log_group` | `/aws/lambda/f` | its logs |" in found
    assert "20 to 40 minutes" in found
    assert "take `prevent_destroy` out" in found
    assert "prevent_destroy" not in chapter(content)


def test_what_neither_is_protected_nor_holds_data_has_one_step():
    assert steps(chapter({"resource": {"aws_lb": {"a": {"name": "a"}}}})) == ["Destroy"]


def test_what_aws_keeps_while_it_is_full_is_emptied_before():
    repositories = {"a": {"name": "shop/a"}, "b": {"name": "shop/b", "force_delete": True}}
    found = chapter(
        {"resource": {"aws_ecr_repository": repositories, "aws_s3_bucket": {"c": {"bucket": "c"}}}}
    )
    assert "batch-delete-image --repository-name shop/a" in found
    assert "batch-delete-image --repository-name shop/b" not in found
    assert "empty it, and run it again" in found
