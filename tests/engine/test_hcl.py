"""The bundle in Terraform's own syntax by the real engine: formatted, and the same plan as the JSON."""

import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from constructs_lib.environment import load_environment
from constructs_lib.handoff.hcl.settings import outputs
from constructs_lib.testing.terraform import offline_terraform as offline_terraform_of
from tests.support.handoffs import all_python, hand_over
from tests.support.paths import FILES, ROOT
from tests.support.properties import examples
from tests.support.terraform.stacks import answers

FAST = "everything.toml"
# The time, how expressions are written, and references in no order.
NOT_OF_THE_PLAN = ("timestamp", "configuration", "relevant_attributes")


def shown(terraform):
    plan = terraform.plan().json
    references = sorted(json.dumps(one, sort_keys=True) for one in plan.get("relevant_attributes", []))
    return {key: value for key, value in plan.items() if key not in NOT_OF_THE_PLAN}, references


@pytest.mark.parametrize(
    "file",
    [pytest.param(f, id=f.stem, marks=[] if f.name == FAST else [pytest.mark.slow]) for f in FILES],
)
def test_it_is_formatted_and_its_plan_is_that_of_the_json(file, stack_of, bundle_of, tmp_path):
    environment = load_environment(file, project_root=ROOT)
    folder = hand_over(environment, stack_of(file), tmp_path / "hcl", hcl=True) / "terraform"
    assert [path.name for path in folder.glob("*.json")] == []
    with (
        offline_terraform_of(folder, data=answers(file)) as terraform,
        offline_terraform_of(bundle_of(file) / "terraform", data=answers(file)) as of_json,
    ):
        formatting = terraform.run("fmt", "-check", "-diff", "-recursive")
        assert (formatting.status, formatting.output) == (0, "")
        assert shown(terraform) == shown(of_json)


def test_its_tests_pass(stack_of, tmp_path, offline_terraform):
    file = ROOT / "environments" / "dev.toml"
    environment = load_environment(file, project_root=ROOT)
    folder = hand_over(environment, stack_of(file), tmp_path / "hcl", hcl=True) / "terraform"
    terraform = offline_terraform(folder)
    terraform.init()
    tests = terraform.run("test", "-no-color")
    assert (tests.status, "0 failed" in tests.output) == (0, True), tests.output + tests.errors


def test_a_stack_that_is_all_python_has_the_same_plan_and_keeps_what_is_unknown_in_json(tmp_path):
    stack = all_python(tmp_path / "app", tags={"app": "orders"})
    folders = [hand_over(None, stack, tmp_path / str(hcl), hcl=hcl) / "terraform" for hcl in (True, False)]
    assert [path.name for path in folders[0].glob("*.json")] == ["others.tf.json"]
    with offline_terraform_of(folders[0]) as terraform, offline_terraform_of(folders[1]) as of_json:
        assert terraform.run("fmt", "-check", "-diff", "-recursive").output == ""
        assert shown(terraform) == shown(of_json)


SIGNS = st.sampled_from(["$", "%", "{", "}", "${", "%{", '"', "\\", "\n", "\t", "é", "\u2028", "<", "~"])
# behind a carriage return Terraform reads JSON's templates as text
TEXTS = st.lists(SIGNS | st.characters(blacklist_categories=["Cs"], blacklist_characters="\r")).map("".join)
LITERALS = TEXTS.map(lambda text: text.replace("${", "$${").replace("%{", "%%{"))
TEMPLATES = LITERALS | LITERALS.map(lambda text: f'{text} ${{upper("b}}\\"${{1}}")}}{text}')
VALUES = st.recursive(
    TEMPLATES | st.booleans() | st.none() | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LITERALS, inner, max_size=4),
    max_leaves=8,
)
TRICKY = [
    '${upper("a")}',
    "${[1, 2][0]}",
    "a${\n1\n}b",
    "${\n1\n+ 1}",
    "%{ if true ~}\n x\n%{~ endif }",
    "%{ if true ~}\n  x  \n  y  \n\n%{~ endif }  z",
    "a  \n ${~ 1 ~}  b ~",
    "${~ 1 ~}",
    "$$${x}",
    "$$$${x}",
    {"for": 1, "true": 2, "a.b": 3, '${upper("k")}': 4},
    '{"Statement":[{"Sid":"$${aws:username}"}],"Version":"é\\n\\""}',
]


@settings(examples(2), phases=[Phase.generate])
@given(st.lists(VALUES, min_size=20, max_size=60))
def test_values_mean_the_same_in_both_syntaxes(tmp_path_factory, values):
    content = {"output": {f"v{at}": {"value": value} for at, value in enumerate([*TRICKY, *values])}}
    found = []
    for name, text in (
        ("main.tf.json", json.dumps(content)),
        ("main.tf", "\n".join(line for lines in outputs(content) for line in lines) + "\n"),
    ):
        folder = tmp_path_factory.mktemp("values")
        (folder / name).write_text(text, encoding="utf-8")
        with offline_terraform_of(folder) as terraform:
            plan = terraform.plan().json
            found.append((plan["planned_values"], plan["output_changes"]))
    assert found[0] == found[1]
