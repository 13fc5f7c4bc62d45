"""Options of functions: what one asks of another, of the region and of AWS's limits."""

from pathlib import Path

import pytest

from tests.support.environment_files import fields, load, only_problem, problems

INVENTORY = "functions.inventory"
LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:tools:3"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
IMAGE = f"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/inventory@sha256:{'0' * 64}"


def inventory(key: str, value: str) -> dict[str, str | None]:
    return {f"{INVENTORY}.{key}": value}


def with_image(image: str = IMAGE, **changes: str | None) -> dict[str, str | None]:
    table = {f"{INVENTORY}.{key}": value for key, value in changes.items()}
    return {f"{INVENTORY}.source": None, f"{INVENTORY}.image": f'"{image}"', **table}


def test_every_option_of_a_function_may_be_written(tmp_path: Path) -> None:
    options = {
        "ephemeral_storage_mb": "10240",
        "layers": str([LAYER]),
        "tracing": "true",
        "reserved_concurrency": "5",
        "provisioned_concurrency": "5",
        "kms_key_arn": f'"{KEY}"',
        "health_check_path": '"/health"',
        "log_retention_days": "3653",
    }
    function = load(tmp_path, {f"{INVENTORY}.{key}": value for key, value in options.items()})
    assert function.functions["inventory"].layers == [LAYER]


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("ephemeral_storage_mb", "511", "must be 512 to 10240"),
        ("ephemeral_storage_mb", "10241", "must be 512 to 10240"),
        ("ephemeral_storage_mb", "512.5", "must be a whole number"),
        ("reserved_concurrency", "-1", "must be 0 or more"),
        ("provisioned_concurrency", "0", "must be 1 or more"),
        ("tracing", '"Active"', "must be true or false"),
        ("kms_key_arn", '"alias/shop"', "is not the ARN of a KMS key"),
        ("kms_key_arn", f'"{KEY.replace("key/", "alias/")}"', "an alias is none"),
        ("kms_key_arn", f'"{KEY.replace("us-east-1", "eu-west-1")}"', "lies in eu-west-1"),
        ("layers", f'"{LAYER}"', "must be a list in square brackets"),
        (
            "layers",
            str([f"{LAYER[:-1]}{number}" for number in range(6)]),
            "must have at most 5",
        ),
        ("health_check_path", '"health"', "begins with /"),
        ("health_check_path", '"/a b"', "no blanks"),
    ],
)
def test_an_option_that_lambda_refuses(tmp_path: Path, key: str, value: str, rule: str) -> None:
    problem = only_problem(tmp_path, inventory(key, value))
    assert problem.field == f"{INVENTORY}.{key}"
    assert rule in problem.rule


@pytest.mark.parametrize(
    ("layers", "field", "rule"),
    [
        ([LAYER.rpartition(":")[0]], "[0]", "is not the ARN of a version of a Lambda layer"),
        ([LAYER, LAYER.replace("us-east-1", "eu-west-1")], "[1]", "lies in eu-west-1"),
        ([LAYER, LAYER.replace(":3", ":4")], "[1]", "version 3 is named already"),
        ([LAYER, LAYER], "[1]", "version 3 is named already"),
    ],
)
def test_layers_are_versions_of_the_region_each_once(
    tmp_path: Path, layers: list[str], field: str, rule: str
) -> None:
    problem = only_problem(tmp_path, inventory("layers", str(layers)))
    assert problem.field == f"{INVENTORY}.layers{field}"
    assert rule in problem.rule


@pytest.mark.parametrize(("reserved", "way_out"), [("2", "write at most 2"), ("0", "remove it")])
def test_no_more_is_provisioned_than_reserved(tmp_path: Path, reserved: str, way_out: str) -> None:
    changes = inventory("reserved_concurrency", reserved) | inventory("provisioned_concurrency", "3")
    problem = only_problem(tmp_path, changes)
    assert problem.field == f"{INVENTORY}.provisioned_concurrency"
    assert problem.way_out.startswith(way_out)


def test_a_function_that_nothing_calls_has_no_health_check(tmp_path: Path) -> None:
    job = '{source = "lambda_src/inventory", health_check_path = "/"}'
    assert fields(tmp_path, {"functions.job": job}) == ["functions.job.health_check_path"]


def test_an_image_is_code_enough(tmp_path: Path) -> None:
    assert load(tmp_path, with_image()).functions["inventory"].source is None
    assert load(tmp_path, with_image(IMAGE.replace("@", ":v1@")))


def test_code_is_needed_and_only_one(tmp_path: Path) -> None:
    none = only_problem(tmp_path, {f"{INVENTORY}.source": None})
    both = only_problem(tmp_path, inventory("image", f'"{IMAGE}"'))
    assert (none.field, both.field) == (f"{INVENTORY}.source", f"{INVENTORY}.source")
    assert "a source or an image" in none.rule
    assert "has both" in both.rule


@pytest.mark.parametrize(
    ("key", "value"), [("handler", '"app.main"'), ("runtime", '"python3.12"'), ("layers", str([LAYER]))]
)
def test_an_image_brings_what_a_source_is_told(tmp_path: Path, key: str, value: str) -> None:
    problem = only_problem(tmp_path, with_image(**{key: value}))
    assert problem.field == f"{INVENTORY}.{key}"
    assert "an image brings its own" in problem.rule


@pytest.mark.parametrize(
    ("image", "rule"),
    [
        ("public.ecr.aws/lambda/python:3.13", "private ECR registry only, not from public.ecr.aws"),
        ("python:3.13", "not from docker.io"),
        (IMAGE.replace("us-east-1", "eu-west-1"), "from its own region, us-east-1, only"),
        (IMAGE.replace("shop", "Shop"), "in lower case"),
        (f"https://{IMAGE}", "reference of a container image"),
        (IMAGE[:-1], 'a digest is "sha256:" and 64'),
        ("", "reference of a container image"),
    ],
)
def test_lambda_takes_images_of_its_own_region_and_kind(tmp_path: Path, image: str, rule: str) -> None:
    problem = only_problem(tmp_path, with_image(image))
    assert problem.field == f"{INVENTORY}.image"
    assert rule in problem.rule


def test_a_wrong_region_is_not_said_again_of_everything_in_it(tmp_path: Path) -> None:
    changes = {"region": '"us-east-1a"', **inventory("layers", str([LAYER])), **inventory("tracing", "1")}
    assert fields(tmp_path, changes) == ["region", f"{INVENTORY}.tracing"]


def test_everything_wrong_with_a_function_is_said_at_once(tmp_path: Path) -> None:
    changes = {
        **inventory("ephemeral_storage_mb", "1"),
        **inventory("layers", str([LAYER, "x"])),
        **inventory("kms_key_arn", f'"{KEY.replace("us-east-1", "eu-west-1")}"'),
        **inventory("health_check_path", '"x"'),
        **inventory("reserved_concurrency", "1"),
        **inventory("provisioned_concurrency", "2"),
        **inventory("policies", '["no.json", {Effect = "allow"}]'),
    }
    assert {problem.field for problem in problems(tmp_path, changes)} == {
        f"{INVENTORY}.ephemeral_storage_mb",
        f"{INVENTORY}.layers[1]",
        f"{INVENTORY}.kms_key_arn",
        f"{INVENTORY}.health_check_path",
        f"{INVENTORY}.provisioned_concurrency",
        f"{INVENTORY}.policies[0]",
        f"{INVENTORY}.policies[1]",
        f"{INVENTORY}.policies[1].Effect",
    }


@pytest.mark.parametrize(
    ("value", "field"),
    [("0", "keep_images"), ("1001", "keep_images"), ('"all"', "keep_images"), ("true", "keep_images")],
)
def test_a_repository_keeps_some_images(tmp_path: Path, value: str, field: str) -> None:
    assert fields(tmp_path, {"repositories.web.keep_images": value}) == [f"repositories.web.{field}"]


@pytest.mark.parametrize("name", ["Web", "a_b", "a/b", "x" * 41])
def test_a_repository_has_a_name_of_the_usual_form(tmp_path: Path, name: str) -> None:
    changes = {f'repositories."{name}"': "{}"}
    (field,) = fields(tmp_path, changes)
    assert field.startswith("repositories.")


def test_a_repository_may_be_called_as_anything_else_is(tmp_path: Path) -> None:
    names = load(tmp_path, {f"repositories.{name}": "{}" for name in ("inventory", "public", "state")})
    assert set(names.repositories) == {"inventory", "public", "state"}
