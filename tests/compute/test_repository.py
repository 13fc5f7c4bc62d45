import json

from constructs_lib import Repository
from constructs_lib.testing import Template
from tests.support.building import new_stack


def test_tags_never_change_pushes_are_scanned_and_old_images_go():
    stack = new_stack()
    Repository(stack, "images", name="shop-dev/inventory", keep_images=5)
    template = Template.from_stack(stack)
    template.one(
        "aws_ecr_repository",
        name="shop-dev/inventory",
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configuration=[{"encryption_type": "KMS"}],
    )
    [rule] = json.loads(template.one("aws_ecr_lifecycle_policy")["policy"])["rules"]
    assert (rule["selection"]["countNumber"], rule["action"]) == (5, {"type": "expire"})
