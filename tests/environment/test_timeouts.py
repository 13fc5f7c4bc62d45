from constructs_lib.environment.timeouts import timeouts_s
from tests.support.architecture import environment_of


def functions(**calls_and_timeouts):
    made = {}
    for number, (name, (calls, timeout)) in enumerate(calls_and_timeouts.items()):
        made[name] = {"source": "x", "exposure": "internal", "port": 2000 + number, "calls": calls}
        if timeout:
            made[name]["timeout_s"] = timeout
    return timeouts_s(environment_of(functions=made))


def test_a_caller_has_more_than_the_slowest_that_it_calls():
    found = functions(front=(["slow", "quick"], None), slow=([], 60), quick=([], None))
    assert found == {"front": 65, "slow": 60, "quick": 10}


def test_what_the_file_says_stays():
    assert functions(front=(["slow"], 20), slow=([], 60))["front"] == 20


def test_a_chain_of_callers_grows_with_each():
    found = functions(a=(["b"], None), b=(["c"], None), c=([], 30))
    assert found == {"a": 40, "b": 35, "c": 30}


def test_it_is_never_more_than_lambda_has_and_a_circle_ends():
    assert functions(front=(["slow"], None), slow=([], 899))["front"] == 900
    circle = functions(a=(["b"], None), b=(["a"], None))
    assert max(circle.values()) <= 10 + 5 * 5
