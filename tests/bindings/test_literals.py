import pytest

from constructs_lib.bindings import json_text, literal
from constructs_lib.errors import ConfigError


def test_json_is_written_as_terraform_writes_it():
    policy = {"Version": "2012-10-17", "Statement": [{"Sid": "é", "Resource": "${TfToken[TOKEN.1]}"}]}
    assert json_text(policy) == (
        '{"Statement":[{"Resource":"${TfToken[TOKEN.1]}","Sid":"é"}],"Version":"2012-10-17"}'
    )


def test_a_text_that_terraform_would_read_as_another_is_refused():
    assert literal(["a\r\n${b}", "a\rb"]) == ["a\r\n$${b}", "a\rb"]
    with pytest.raises(ConfigError, match="behind a carriage return"):
        literal({"value": "a\r${b}"})
