from constructs_lib.figures.rule_names import RULE_NAMES
from constructs_lib.views.report.rule_rows import rule_rows
from tests.support.projects import SHOP, project
from tests.support.written_stacks import stack_of


def said(document, rule):
    [row] = [row for row in rule_rows(stack_of(document).ruling.verdicts) if row.rule == rule]
    return row.verdict


def test_each_rule_has_one_row_however_many_resources_it_speaks_of(tmp_path):
    rows = rule_rows(stack_of(project(tmp_path).template(SHOP).to_dict()).ruling.verdicts)
    assert [row.rule for row in rows] == list(RULE_NAMES)
    assert [row for row in rows if row.verdict.startswith("broken")] == []
    assert [row.rule for row in rows if row.verdict.startswith("advice")] == ["alb-web-acl"]


def test_a_rule_that_is_kept_says_by_how_many_resources(tmp_path):
    document = project(tmp_path).template(SHOP).to_dict()
    assert said(document, "lambda-memory") == "kept, 2 resources"


def test_a_rule_that_is_broken_says_where(tmp_path):
    document = project(tmp_path).template(SHOP).to_dict()
    document["resource"]["aws_lambda_function"]["inventory"]["memory_size"] = 64
    assert said(document, "lambda-memory").startswith("broken, aws_lambda_function.inventory: ")
