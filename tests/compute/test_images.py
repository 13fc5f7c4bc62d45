import pytest

from constructs_lib.compute.images import Image, check_image, egress_needs, image_warnings, parse_image

DIGEST = "sha256:" + "ab" * 32
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web"


def lambda_problems(reference, region="us-east-1"):
    return check_image(reference, field="functions.f.image", region=region, runs_on="lambda")


def fargate_problems(reference):
    return check_image(reference, field="services.s.image", region="us-east-1", runs_on="fargate")


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("nginx", Image("docker.io", "nginx")),
        ("library/nginx:1.27", Image("docker.io", "library/nginx", "1.27")),
        ("public.ecr.aws/nginx/nginx:1.27", Image("public.ecr.aws", "nginx/nginx", "1.27")),
        ("ghcr.io/acme/shop@" + DIGEST, Image("ghcr.io", "acme/shop", None, DIGEST)),
        ("localhost:5000/shop:v1@" + DIGEST, Image("localhost:5000", "shop", "v1", DIGEST)),
        (
            f"{ECR}:v1",
            Image(
                "123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "shop/web",
                "v1",
                None,
                "123456789012",
                "us-east-1",
            ),
        ),
    ],
)
def test_a_reference_falls_into_its_parts(reference, parts):
    assert parse_image(reference) == parts


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        ("123456789012.dkr-ecr.eu-west-1.on.aws", "eu-west-1"),
    ],
)
def test_every_form_of_an_ecr_registry_is_known(host, region):
    assert (parse_image(f"{host}/shop").account, parse_image(f"{host}/shop").region) == (
        "123456789012",
        region,
    )


@pytest.mark.parametrize(
    "reference",
    ["", "Shop", "shop:", "shop@sha256:1", "a//b", "shop:la test", "https://ghcr.io/shop", "-a/b", "shop\n"],
)
def test_what_is_no_reference_is_told_its_form(reference):
    (problem,) = fargate_problems(reference)
    assert (problem.field, problem.value) == ("services.s.image", reference)
    assert "[registry/]repository[:tag][@digest]" in problem.rule
    assert lambda_problems(reference) != []


def test_the_way_out_of_a_malformed_reference_names_what_to_change():
    assert fargate_problems("localhost:5000/Shop:V1")[0].way_out == 'write "localhost:5000/shop:V1"'
    assert fargate_problems("https://ghcr.io/shop")[0].way_out == 'write it without "https://"'


def test_a_digest_is_a_sha256():
    (problem,) = fargate_problems("shop@sha512:" + "ab" * 32)
    assert "64 hexadecimal digits" in problem.rule


def test_lambda_takes_an_image_of_its_region():
    assert lambda_problems(f"{ECR}@{DIGEST}") == []
    (problem,) = lambda_problems(f"{ECR}@{DIGEST}", region="eu-west-1")
    assert "lies in us-east-1" in problem.rule
    assert "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web" in problem.way_out


def test_lambda_takes_no_image_of_another_registry():
    (problem,) = lambda_problems("public.ecr.aws/lambda/python:3.13")
    assert "private ECR registry only, not from public.ecr.aws" in problem.rule


@pytest.mark.parametrize(
    "reference", ["nginx", f"{ECR}:v1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop"]
)
def test_fargate_takes_images_from_anywhere(reference):
    assert fargate_problems(reference) == []


def test_a_tag_is_a_warning_and_a_digest_is_none():
    (warning,) = image_warnings(f"{ECR}:v1", field="functions.f.image")
    assert "v1 may name another image tomorrow" in warning.rule
    assert f'"{ECR}@sha256:..."' in warning.way_out
    assert "latest" in image_warnings(ECR, field="f")[0].rule
    assert image_warnings(f"{ECR}:v1@{DIGEST}", field="f") == []


def test_an_ecr_image_needs_both_ecr_endpoints_s3_and_logs():
    needs = egress_needs(ECR, region="us-east-1")
    assert set(needs.endpoints) == {"ecr.api", "ecr.dkr", "s3", "logs"}
    assert (needs.internet, needs.reason) == (False, "")


@pytest.mark.parametrize("reference", ["nginx", "public.ecr.aws/nginx/nginx:1.27", "ghcr.io/acme/shop"])
def test_an_image_of_any_other_registry_needs_the_internet(reference):
    needs = egress_needs(reference, region="us-east-1", logs=False)
    assert (needs.endpoints, needs.internet) == ({}, True)
    assert "which no VPC endpoint reaches" in needs.reason


def test_an_ecr_image_of_another_region_needs_the_internet():
    needs = egress_needs(ECR, region="eu-west-1")
    assert (set(needs.endpoints), needs.internet) == ({"logs"}, True)
    assert "ECR in us-east-1" in needs.reason


def test_secrets_need_the_services_that_keep_them():
    secrets = [
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-AbCdEf",
        "arn:aws:ssm:us-east-1:123456789012:parameter/shop/key",
    ]
    needs = egress_needs("nginx", region="us-east-1", secrets=secrets, logs=False)
    assert set(needs.endpoints) == {"secretsmanager", "ssm"}
    assert "secret:shop-AbCdEf" in needs.endpoints["secretsmanager"]


def test_what_is_no_image_is_a_bug_of_the_caller():
    with pytest.raises(ValueError, match="no image"):
        egress_needs("No Image", region="us-east-1")
