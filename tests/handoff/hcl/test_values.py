from constructs_lib.handoff.hcl import texts
from constructs_lib.handoff.hcl.values import aligned, value_lines


def test_values_of_every_kind_are_written_as_terraform_formats_them():
    value = {
        "a": 1,
        "long_name": None,
        "b-c": [True, "x"],
        "1:2": {},
        "for": "x",
        "${var.key}": "${var.value}",
        "objects": [{"a": 1}, {"b": []}],
    }
    assert value_lines(value) == [
        "{",
        "  a         = 1",
        "  long_name = null",
        '  "b-c"     = [true, "x"]',
        '  "1:2"     = {}',
        '  "for"     = "x"',
        "  (var.key) = var.value",
        "  objects = [",
        "    {",
        "      a = 1",
        "    },",
        "    {",
        "      b = []",
        "    },",
        "  ]",
        "}",
    ]


def test_a_long_list_has_a_line_for_each_item():
    assert value_lines(["x" * 60, "y" * 60]) == ["[", f'  "{"x" * 60}",', f'  "{"y" * 60}",', "]"]


def test_json_is_encoded_by_terraform():
    assert value_lines('{"a":["${aws_vpc.a.id}"]}') == ["jsonencode({", "  a = [aws_vpc.a.id]", "})"]
    assert value_lines('{"a":[1]}', texts.literal) == ['"{\\"a\\":[1]}"']


def test_a_value_of_several_lines_parts_the_columns():
    assert aligned([("a", ["1"]), ("bcd", ["{", "}"]), ("e", ["2"])]) == ["a = 1", "bcd = {", "}", "e = 2"]
