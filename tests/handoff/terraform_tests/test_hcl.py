from constructs_lib.handoff.terraform_tests import hcl


def test_text_is_never_read_as_a_template():
    assert hcl.literal('a "b" ${c} %{d}') == '"a \\"b\\" $${c} %%{d}"'
    assert hcl.literal({"${k}": 1}) == '{ "$${k}" = 1 }'


def test_values_stand_on_one_line():
    values = [None, True, 2, 0.5, {}, {"a": [1, "x"]}, hcl.Expression("var.a")]
    assert [hcl.literal(value) for value in values] == [
        "null",
        "true",
        "2",
        "0.5",
        "{}",
        '{ "a" = [1, "x"] }',
        "var.a",
    ]


def test_equals_signs_stand_in_one_column():
    assert hcl.attributes({"a": 1, "long": 2}, depth=1) == ["  a    = 1", "  long = 2"]
    assert hcl.attributes({}, depth=1) == []


def test_blocks_and_lists_of_references():
    assert hcl.block('run "x"', ["  a = 1"]) == ['run "x" {', "  a = 1", "}"]
    assert hcl.literal(hcl.listed(["aws_vpc.a", "aws_vpc.b"])) == "[aws_vpc.a, aws_vpc.b]"
