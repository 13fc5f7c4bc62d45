import pytest

from constructs_lib import ConfigError
from constructs_lib.bindings import Construct, TerraformLocal, TerraformOutput, address_of, aws
from constructs_lib.testing import Template
from tests.support.building import new_stack


def group(scope, *parts):
    made = aws.CloudwatchLogGroup(scope, "_".join(("group", *parts)), name="logs")
    return address_of(scope).give(made, *parts)


def test_an_address_is_the_path_below_the_stack_joined_with_underscores():
    stack = new_stack()
    group(Construct(Construct(stack, "network"), "flow-logs"), "a")
    assert Template.from_stack(stack).addresses == ["aws_cloudwatch_log_group.network_flow-logs_a"]


def test_two_constructs_with_one_address_are_an_error_that_names_both():
    stack = new_stack()
    group(Construct(Construct(stack, "a"), "b"))
    with pytest.raises(ConfigError) as caught:
        group(Construct(stack, "a_b"))
    [problem] = caught.value.problems
    assert problem.field == "stack/a_b"
    assert "stack/a/b in the same stack has the Terraform address a_b" in problem.rule


def test_resources_of_different_types_may_share_a_name():
    stack = new_stack()
    scope = Construct(stack, "inventory")
    group(scope)
    address_of(scope).give(aws.Vpc(scope, "vpc", cidr_block="10.0.0.0/16"))
    assert Template.from_stack(stack).addresses == ["aws_cloudwatch_log_group.inventory", "aws_vpc.inventory"]


def test_a_class_that_is_derived_from_the_providers_has_its_addresses():
    class Logs(aws.CloudwatchLogGroup):
        pass

    stack = new_stack()
    group(stack, "logs")
    with pytest.raises(ConfigError, match="has the Terraform address logs of that kind already"):
        address_of(stack).give(Logs(stack, "derived", name="logs"), "logs")


def test_what_is_of_no_provider_may_share_a_name_with_another_kind():
    stack = new_stack()
    for made in (TerraformOutput(stack, "output", value="a"), TerraformLocal(stack, "local", "a")):
        address_of(stack).give(made, "name")
    assert Template.from_stack(stack).outputs == {"name": {"value": "a"}}


def test_the_same_address_in_another_stack_is_no_collision():
    for _ in range(2):
        group(Construct(new_stack(), "inventory"))


@pytest.mark.parametrize("part", ["from_0.0.0.0/0", "a b", ""])
def test_an_address_that_terraform_can_not_read_is_an_error(part):
    stack = new_stack()
    made = aws.CloudwatchLogGroup(stack, "group", name="logs")
    with pytest.raises(ConfigError, match="a name in Terraform is letters, digits, _ and -"):
        address_of(stack).give(made, part)
