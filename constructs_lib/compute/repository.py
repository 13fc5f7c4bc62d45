"""A private ECR repository for the image of a workload."""

from __future__ import annotations

from constructs_lib.bindings import Construct, address_of, aws, json_text
from constructs_lib.figures.bounds import Bounds
from constructs_lib.option_checks import bounded, refuse

KEPT_IMAGES = Bounds(1, 1000)


class Repository(Construct):
    """A repository whose tags never change, which scans what is pushed and forgets old images.

    name: ``<project>-<environment>/<image>``. keep_images: how many of the newest stay.

    Attributes: ``repository`` is the resource; ``url``: what an image's reference begins with.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, keep_images: int = 30) -> None:
        refuse(bounded("keep_images", keep_images, KEPT_IMAGES))
        super().__init__(scope, id_)
        address = address_of(self)
        repository = aws.EcrRepository(
            self,
            "repository",
            name=name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.EcrRepositoryImageScanningConfiguration(scan_on_push=True),
            encryption_configuration=[aws.EcrRepositoryEncryptionConfiguration(encryption_type="KMS")],
        )
        self.repository = address.give(repository)
        self.url = repository.repository_url
        rule = {
            "rulePriority": 1,
            "description": f"keep the newest {keep_images} images",
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": keep_images},
            "action": {"type": "expire"},
        }
        policy = aws.EcrLifecyclePolicy(
            self, "lifecycle_policy", repository=repository.name, policy=json_text({"rules": [rule]})
        )
        address.give(policy)
