from constructs_lib.figures.nested_blocks import nested_blocks


def test_blocks_are_told_from_arguments_that_hold_objects():
    function = nested_blocks("resource", "aws_lambda_function")
    assert "environment" in function
    assert "variables" not in function["environment"]
    assert "tags" not in function
    assert "filter" in nested_blocks("data", "aws_subnets")
    assert "default_tags" in nested_blocks("provider", "aws")


def test_a_type_that_is_not_in_the_table_is_not_known():
    assert nested_blocks("resource", "aws_kinesis_stream") is None
    assert nested_blocks("provider", "random") is None
