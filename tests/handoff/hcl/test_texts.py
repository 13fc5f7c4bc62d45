import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.handoff.hcl import texts
from constructs_lib.terraform_json.language.tokens import unescaped

PLAIN = st.text(st.characters(blacklist_categories=["Cs"]))


@pytest.mark.parametrize(
    ("template", "expression"),
    [
        ("${aws_vpc.network.id}", "aws_vpc.network.id"),
        ("${ var.a }", "var.a"),
        ("x-${var.a}", '"x-${var.a}"'),
        ("${var.a}${var.b}", '"${var.a}${var.b}"'),
        ('${merge(var.a, { "b" = "}" })}', 'merge(var.a, { "b" = "}" })'),
        ('say "${f("x")}"\n', '"say \\"${f("x")}\\"\\n"'),
        ("$${aws:username} 100%%{", '"$${aws:username} 100%%{"'),
        ("%{ if var.a }x%{ endif }", '"%{if var.a}x%{endif}"'),
        ("${~ var.a ~}", "var.a"),
        ("%{ if var.a ~}\n x\n y \n%{~ endif }z", '"%{if var.a} x\\n y%{endif}z"'),
        ("${\nvar.a\n+ 1}", "(\nvar.a\n+ 1\n)"),
        ("", '""'),
    ],
)
def test_references_stand_free_and_all_else_is_quoted(template, expression):
    assert texts.expression(template) == expression


@given(PLAIN)
def test_a_literal_is_its_own_text_on_one_line(text):
    written = texts.literal(text)
    assert "\n" not in written
    assert unescaped(written[1:-1]).replace("$${", "${").replace("%%{", "%{") == text


@given(PLAIN)
def test_an_escaped_text_is_the_literal(text):
    template = text.replace("${", "$${").replace("%{", "%%{")
    assert texts.expression(template) == texts.literal(text)


def test_signs_that_nobody_sees_are_escaped():
    assert texts.literal("a\x08\x0c\u202e\ufeffb é") == '"a\\u0008\\u000c\\u202e\\ufeffb é"'
    assert json.dumps("\x08") == '"\\b"'  # which Terraform does not know
