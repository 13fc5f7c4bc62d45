"""Texts of users through cdktf and the real engine: they come out as they went in."""

import json
from pathlib import Path

from constructs_lib.bindings import App, TerraformOutput, TerraformStack, literal

# What Terraform would take for a template, or cdktf for one of its tokens.
TRICKY = [
    "${aws:username}",
    "%{if true}",
    "$${x}",
    "$$${x}",
    "${TfToken[TOKEN.1]}",
    "$${TfToken[Token.1]}",
    "#{TfToken[TOKEN.1]}",
    "&{TfToken[TOKEN.1]}",
    "$",
    "100%",
]


def test_a_literal_means_its_own_text_to_terraform(tmp_path, offline_terraform):
    app = App(outdir=str(tmp_path))
    stack = TerraformStack(app, "stack")
    for number, text in enumerate(TRICKY):
        output = TerraformOutput(stack, f"out_{number}", value=literal(text))
        output.override_logical_id(f"text_{number}")
    inside_json = TerraformOutput(stack, "out_json", value=json.dumps(literal(TRICKY)))
    inside_json.override_logical_id("json")
    app.synth()
    terraform = offline_terraform(Path(tmp_path, "stacks", "stack"))
    terraform.apply()
    outputs = terraform.outputs()
    assert [outputs[f"text_{number}"] for number in range(len(TRICKY))] == TRICKY
    assert json.loads(outputs["json"]) == TRICKY
