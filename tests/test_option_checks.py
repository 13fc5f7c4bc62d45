import pytest

from constructs_lib import Autoscaling, Container, FunctionOptions, HealthCheck, ImageCode, Repository
from constructs_lib.bindings import Token
from constructs_lib.errors import ConfigError
from constructs_lib.figures.bounds import Bounds
from constructs_lib.option_checks import bounded, chosen, named, refuse
from tests.support.building import function, load_balancer, network, new_stack


def said(problems):
    return [(problem.rule, problem.way_out) for problem in problems]


def test_a_number_lies_in_its_bounds():
    assert said(bounded("x", 5, Bounds(1, 5))) == []
    assert said(bounded("x", None, Bounds(1, 5))) == []
    assert said(bounded("x", 6, Bounds(1, 5))) == [("must be 1 to 5", "write a number in this range")]
    for value in (True, 2.5, "3"):
        assert said(bounded("x", value, Bounds(1, 5))) == [("must be a whole number", "write 1 to 5")]


def test_a_choice_is_one_of_those_there_are():
    assert said(chosen("x", "a", ("a", "b"))) == []
    assert said(chosen("x", "arm", ("arm64", "x86_64"))) == [
        ("must be 'arm64' or 'x86_64'", 'did you mean "arm64"? ')
    ]
    assert said(chosen("x", 4, (1, 3))) == [("must be 1 or 3", "write for example 1")]


@pytest.mark.parametrize(
    ("name", "legal"),
    [("My Svc_", "My-Svc"), ("-a", "a"), ("", "shop-dev"), ("ä", "shop-dev"), ("a.b", "a-b")],
)
def test_a_name_that_aws_would_not_show_as_written_is_told_a_legal_one(name, legal):
    [(_, way_out)] = said(named("name", name))
    assert way_out == f'write "{legal}"'
    assert said(named("name", legal)) == []


def test_what_is_known_only_later_is_not_judged():
    assert said(named("x", "${aws_x.y.z}")) == []
    assert said(chosen("x", "${aws_x.y.z}", ("a",))) == []
    assert said(bounded("x", "${var.x}", Bounds(1, 5))) == []
    assert said(bounded("x", Token.as_number("${var.x}"), Bounds(1, 5))) == []


def test_everything_is_said_at_once():
    with pytest.raises(ConfigError) as wrong:
        refuse(bounded("a", 0, Bounds(1, 2)), chosen("b", "x", ("y",)), named("c", "c"))
    assert [problem.field for problem in wrong.value.problems] == ["a", "b"]
    refuse((), bounded("a", 1, Bounds(1, 2)))


MADE = {
    "layers[0]": lambda: FunctionOptions(layers=["x"]),
    "container.secrets.DB": lambda: Container("nginx", 80, secrets={"DB": "hunter2"}),
    "health_check.path": lambda: HealthCheck("health"),
    "health_check.interval_s": lambda: HealthCheck("/", interval_s=301),
    "health_check.timeout_s": lambda: HealthCheck("/", interval_s=5, timeout_s=5),
    "min_count": lambda: Autoscaling(min_count=3, max_count=2),
    "autoscaling": lambda: Autoscaling(min_count=1, max_count=2, cpu_percent=None),
    "image": lambda: ImageCode("nginx:1.27"),
}


@pytest.mark.parametrize("field", MADE)
def test_options_refuse_what_files_refuse(field):
    with pytest.raises(ConfigError) as wrong:
        MADE[field]()
    assert [problem.field for problem in wrong.value.problems] == [field]


IN_A_STACK = {
    "plan": lambda stack, _: network(stack, zones=("a", "z")),
    "nat": lambda stack, _: network(stack, nat="two"),
    "certificate_arn": lambda stack, _: load_balancer(stack, network(stack), certificate_arn="x"),
    "tls_policy": lambda stack, _: load_balancer(stack, network(stack), tls_policy="TLS1.0"),
    "secrets.DB": lambda stack, folder: function(stack, network(stack), folder, secrets={"DB": "hunter2"}),
    "keep_images": lambda stack, _: Repository(stack, "web", name="shop-dev/web", keep_images=0),
}


@pytest.mark.parametrize("field", IN_A_STACK)
def test_constructs_refuse_what_files_refuse(field, tmp_path):
    with pytest.raises(ConfigError) as wrong:
        IN_A_STACK[field](new_stack(), tmp_path)
    assert [problem.field for problem in wrong.value.problems] == [field]
