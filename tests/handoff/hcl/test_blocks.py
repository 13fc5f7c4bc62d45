from constructs_lib.handoff.hcl.blocks import resource_block


def test_blocks_arguments_and_what_terraform_reads_itself_are_told_apart():
    body = {
        "tags": {"Name": "x"},
        "health_check": {"path": "/"},
        "setting": [{"name": "a"}, {"name": "b"}],
        "count": 2,
        "provider": "aws.other",
        "depends_on": ["aws_vpc.a", "aws_vpc.b"],
        "lifecycle": {
            "create_before_destroy": True,
            "ignore_changes": ["desired_count", "tags"],
            "precondition": [{"condition": "${var.a == 1}", "error_message": "no ${var.a}"}],
        },
        "dynamic": {
            "setting": {"for_each": "${var.b}", "iterator": "it", "content": {"name": "${it.value}"}}
        },
    }
    assert resource_block('resource "a" "b"', body, {"health_check": {}, "setting": {}}) == [
        'resource "a" "b" {',
        "  provider = aws.other",
        "  count    = 2",
        "",
        "  tags = {",
        '    Name = "x"',
        "  }",
        "",
        "  health_check {",
        '    path = "/"',
        "  }",
        "",
        "  setting {",
        '    name = "a"',
        "  }",
        "",
        "  setting {",
        '    name = "b"',
        "  }",
        "",
        '  dynamic "setting" {',
        "    for_each = var.b",
        "    iterator = it",
        "",
        "    content {",
        "      name = it.value",
        "    }",
        "  }",
        "",
        "  lifecycle {",
        "    create_before_destroy = true",
        "    ignore_changes = [",
        "      desired_count,",
        "      tags,",
        "    ]",
        "",
        "    precondition {",
        "      condition     = var.a == 1",
        '      error_message = "no ${var.a}"',
        "    }",
        "  }",
        "",
        "  depends_on = [",
        "    aws_vpc.a,",
        "    aws_vpc.b,",
        "  ]",
        "}",
    ]


def test_everything_may_be_ignored_and_a_block_may_be_missing_or_empty():
    body = {"lifecycle": {"ignore_changes": "all"}, "health_check": None}
    assert resource_block("r", body, {"health_check": {}}) == [
        "r {",
        "  lifecycle {",
        "    ignore_changes = all",
        "  }",
        "}",
    ]
    assert resource_block("r", {}, {}) == ["r {}"]
