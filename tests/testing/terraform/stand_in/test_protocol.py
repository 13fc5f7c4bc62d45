"""What the stand-in's messages are on the wire."""

from __future__ import annotations

from constructs_lib.testing.terraform.stand_in.messages import path_message
from constructs_lib.testing.terraform.stand_in.protocol import MESSAGES


def test_a_field_is_sent_by_its_number_and_type():
    found = MESSAGES["Diagnostic"](severity=1, summary="x").SerializeToString()
    assert found == b"\x08\x01\x12\x01x"


def test_the_first_element_of_a_list_is_a_step_of_a_path_and_not_an_empty_one():
    steps = MESSAGES["AttributePath"].FromString(path_message("action.0").SerializeToString()).steps
    assert [step.ListFields()[0][1] for step in steps] == ["action", 0]


def test_what_a_newer_terraform_says_beyond_the_table_is_skipped():
    message = MESSAGES["ReadDataSource.Request"].FromString(b"\x0a\x07aws_vpc\x9a\x06\x02hi")
    assert message.type_name == "aws_vpc"
