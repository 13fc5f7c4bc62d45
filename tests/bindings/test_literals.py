from constructs_lib.bindings import json_text


def test_json_is_written_as_terraform_writes_it():
    policy = {"Version": "2012-10-17", "Statement": [{"Sid": "é", "Resource": "${TfToken[TOKEN.1]}"}]}
    assert json_text(policy) == (
        '{"Statement":[{"Resource":"${TfToken[TOKEN.1]}","Sid":"é"}],"Version":"2012-10-17"}'
    )
