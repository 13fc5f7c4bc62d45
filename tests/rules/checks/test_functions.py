"""AWS's rules about Lambda functions."""

from __future__ import annotations

import pytest

from tests.support.ruling import ask, changed, function, group, vpc

ORDERS = "aws_lambda_function.orders"
UNKNOWN = "${var.nobody_knows}"
REGION = {"aws": {"region": "us-east-1"}}
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders"


def orders(**more):
    return vpc() | group("own") | function("orders", **more)


def alone(**more):
    return function("orders", in_vpc=False, **more)


def said(rule, resources, **top):
    return ask(rule, resources, **top)[ORDERS]


def test_a_function_is_in_sixteen_subnets_of_one_vpc():
    assert said("lambda-vpc", orders()) == "kept"
    many = {"subnet_ids": [f"subnet-{n}" for n in range(17)], "security_group_ids": ["sg-1"]}
    assert said("lambda-subnets", orders()) == "kept"
    assert said("lambda-subnets", orders(vpc_config=many)) == "broken: has 17 subnets; AWS takes 16"
    other = {"aws_vpc.other": {}} | changed(orders(), "aws_security_group.own", vpc_id="${aws_vpc.other.id}")
    assert (
        said("lambda-vpc", other)
        == "broken: its subnets and security groups are in aws_vpc.main and aws_vpc.other"
    )
    foreign = changed(orders(), "aws_security_group.own", vpc_id=UNKNOWN)
    assert said("lambda-vpc", foreign).startswith("cannot tell")


def test_a_function_has_five_security_groups():
    many = {"subnet_ids": ["subnet-1"], "security_group_ids": [f"sg-{n}" for n in range(6)]}
    assert said("lambda-security-groups", orders()) == "kept"
    assert (
        said("lambda-security-groups", orders(vpc_config=many))
        == "broken: has 6 security groups; AWS takes 5"
    )


def test_security_groups_need_a_subnet():
    bent = orders(vpc_config={"security_group_ids": ["${aws_security_group.own.id}"]})
    assert said("lambda-subnets", bent) == "broken: names security groups and no subnet"


def test_a_function_in_a_public_subnet_has_no_internet():
    assert said("lambda-public-subnet", orders()) == "kept"
    public = {
        "subnet_ids": ["${aws_subnet.public_a.id}"],
        "security_group_ids": ["${aws_security_group.own.id}"],
    }
    assert said("lambda-public-subnet", orders(vpc_config=public)) == (
        "broken: is in aws_subnet.public_a, which leads to an internet gateway: "
        "a function has no public address"
    )


def test_a_function_in_no_vpc_is_not_asked():
    assert ask("lambda-public-subnet", alone()) == {}


@pytest.mark.parametrize(
    ("rule", "values", "fault"),
    [
        ("lambda-memory", {"memory_size": 127}, "memory_size is 127 MB; AWS takes 128 to 10240"),
        ("lambda-timeout", {"timeout": 901}, "timeout is 901 s; AWS takes 1 to 900"),
        (
            "lambda-ephemeral-storage",
            {"ephemeral_storage": {"size": 10241}},
            "size is 10241 MB; AWS takes 512 to 10240",
        ),
        ("lambda-name", {"function_name": "x" * 65}, "function_name has 65 characters; 64 are allowed"),
        (
            "lambda-name",
            {"function_name": "shop.orders"},
            "function_name 'shop.orders' is not letters, digits, - and _",
        ),
        (
            "lambda-reserved-variables",
            {"environment": {"variables": {"AWS_REGION": "x"}}},
            "sets AWS_REGION, which Lambda sets itself",
        ),
    ],
)
def test_a_functions_settings_keep_their_limits(rule, values, fault):
    least = {"memory_size": 128, "timeout": "900", "ephemeral_storage": {"size": 512}}
    assert said(rule, alone(**least, environment={"variables": {"X": "x"}})) == "kept"
    assert said(rule, alone(**values)) == f"broken: {fault}"


def test_settings_that_are_open_are_not_judged():
    assert (
        said("lambda-timeout", alone(timeout=UNKNOWN))
        == "cannot tell: timeout (var.nobody_knows) is not in this document"
    )
    open_ones = alone(environment={"variables": UNKNOWN})
    assert said("lambda-reserved-variables", open_ones).startswith("cannot tell: which environment")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"image_uri": f"{IMAGE}:1"}, "has filename and image_uri; a function takes exactly one of"),
        ({"filename": None}, "has no code; a function takes exactly one of filename, s3_bucket, image_uri"),
        ({"runtime": None}, "has no runtime, which a zip needs"),
    ],
)
def test_a_function_has_one_kind_of_code(values, fault):
    assert said("lambda-code", alone()) == "kept"
    assert said("lambda-code", alone(**values)).startswith(f"broken: {fault}")


def image(uri, **more):
    return alone(filename=None, handler=None, runtime=None, package_type="Image", image_uri=uri, **more)


def test_an_image_brings_its_handler_and_is_in_the_functions_region():
    assert said("lambda-code", image(f"{IMAGE}@sha256:0"), provider=REGION) == "kept"
    assert "has a handler, which an image brings" in said(
        "lambda-code", image(IMAGE) | alone(filename=None, package_type="Image", image_uri=IMAGE)
    )
    elsewhere = IMAGE.replace("us-east-1", "eu-west-1")
    assert said("lambda-image-registry", image(elsewhere), provider=REGION) == (
        "broken: has an image of eu-west-1; a function in us-east-1 takes one of us-east-1 only"
    )
    assert "from a private ECR repository only" in said(
        "lambda-image-registry", image("public.ecr.aws/nginx/nginx:1")
    )
    assert said("lambda-image-registry", image(f"{IMAGE}:1"), provider=REGION) == "kept"


@pytest.mark.parametrize(
    ("uri", "verdict"),
    [
        (f"{IMAGE}@sha256:0", "kept"),
        (f"{IMAGE}:1.2", "broken"),
        ("${aws_ecr_repository.orders.repository_url}@sha256:0", "kept"),
        ("${aws_ecr_repository.orders.repository_url}:1.2", "broken"),
        (UNKNOWN, "cannot tell"),
    ],
)
def test_an_image_is_named_by_its_digest(uri, verdict):
    assert said("lambda-image-digest", image(uri)).partition(":")[0] == verdict


def test_a_zip_has_no_digest():
    assert ask("lambda-image-digest", alone()) == {}


def logged(**more):
    made = {
        "aws_cloudwatch_log_group.orders": {"name": "/aws/lambda/orders", "retention_in_days": 30, **more}
    }
    return alone(depends_on=["aws_cloudwatch_log_group.orders"]) | made


def test_a_log_group_is_made_before_the_function_and_forgets():
    for rule in ("lambda-log-group", "lambda-log-retention", "lambda-log-group-order"):
        assert said(rule, logged()) == "kept"
    assert said("lambda-log-group", alone()).startswith("broken: has no log group /aws/lambda/orders")
    assert "keeps everything" in said("lambda-log-retention", logged(retention_in_days=None))
    unordered = changed(logged(), ORDERS, depends_on=None)
    assert said("lambda-log-group-order", unordered).startswith(
        "broken: is not made after aws_cloudwatch_log_group.orders"
    )


def test_a_log_group_of_ones_own_counts():
    named = {"log_format": "JSON", "log_group": "${aws_cloudwatch_log_group.orders.name}"}
    assert said("lambda-log-group", changed(logged(name="shop"), ORDERS, logging_config=named)) == "kept"


def test_security_groups_go_before_the_network_interfaces():
    assert (
        said("lambda-security-groups-on-destroy", orders(replace_security_groups_on_destroy=True)) == "kept"
    )
    assert said("lambda-security-groups-on-destroy", orders()).startswith(
        "broken: has no replace_security_groups_on_destroy"
    )
    assert ask("lambda-security-groups-on-destroy", alone()) == {}


def test_variables_and_the_names_of_load_balancers_fit_into_4_kb():
    def size(length, **more):
        return said(
            "lambda-environment-size",
            alone(environment={"variables": {"X": "x" * length, **more}}),
            provider=REGION,
        )

    assert size(4096 - len('{"X":""}')) == "kept"
    assert size(4097 - len('{"X":""}')).startswith("broken: has 4097 bytes of variables")
    url = {"U": "http://${aws_lb.door.dns_name}:80"}
    longest = len(f"http://internal-{'x' * 32}-{'0' * 10}.us-east-1.elb.amazonaws.com:80")
    rest = 4096 - len('{"X":"","U":""}') - longest
    assert (size(rest, **url), size(rest + 1, **url).partition(":")[0]) == ("kept", "broken")
