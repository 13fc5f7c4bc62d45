import pytest

from constructs_lib.figures.computed import Meanings


def meanings(attributes=(), unknown=""):
    return Meanings(
        "123456789012",
        "cn-north-1",
        attribute=dict(attributes).get,
        digits=lambda kind, length, salt: f"<{kind} {length} {salt}>",
        facts={"resource": "lb"},
        unknown=unknown,
    )


@pytest.mark.parametrize(
    ("recipe", "text"),
    [
        ("arn:{partition}:{resource}:{region}:{account}:x", "arn:aws-cn:lb:cn-north-1:123456789012:x"),
        ("{account}.dkr.ecr.{region}.{dns_suffix}", "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"),
        ("{name}-{hex8}", "shop-<hex 8 arn@7>"),
        ("${data.x} {unheard_of}", "${data.x} ?"),
    ],
)
def test_a_placeholder_means_an_attribute_digits_or_a_fact(recipe, text):
    assert meanings({"name": "shop"}, unknown="?").fill(recipe, "arn") == text


def test_an_attribute_goes_before_a_fact_of_its_name():
    assert meanings({"region": "eu-west-1"}).fill("{region}", "id") == "eu-west-1"


def test_lists_and_objects_are_filled_each_part_with_digits_of_its_own():
    found = meanings().fill([{"id": "{hex8}"}, 7, None, {"id": "{digits2}"}], "interfaces")
    assert found == [{"id": "<hex 8 interfaces.0.id@0>"}, 7, None, {"id": "<digits 2 interfaces.3.id@0>"}]


def test_a_byte_is_one_that_an_address_may_end_with():
    digits = {"000000": "1", "ffffff": "216", "0000fa": "1"}
    for hexadecimal, byte in digits.items():
        filler = Meanings("", "", attribute=lambda _: None, digits=lambda *_, h=hexadecimal: h, facts={})
        assert filler.fill("10.0.0.{byte}", "ip") == f"10.0.0.{byte}"
