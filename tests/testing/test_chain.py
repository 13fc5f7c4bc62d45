"""The fixture that users get: their own stack, running."""

import pytest

from constructs_lib import EnvironmentStack, load_environment, testing
from constructs_lib.bindings import App
from constructs_lib.local.announcing import notes
from constructs_lib.local.control.server import door_for
from tests.support.local.projects import CALLS, ECHO, stack_with
from tests.support.paths import ROOT


def test_a_stack_of_an_environment_answers_as_the_readme_says(tmp_path, local_chain):
    environment = load_environment(ROOT / "environments" / "dev.toml", project_root=ROOT)
    stack = EnvironmentStack(App(outdir=str(tmp_path)), "dev", environment=environment, project_root=ROOT)
    chain = local_chain(stack)
    assert chain.get("storefront", "/products/apple").json()["quantity"] == 120
    assert chain.request("inventory", "/inventory/apple", source="inventory").status == 0
    assert chain.denied[-1].hop == "aws_lambda_function.inventory"


def test_an_existing_caller_is_a_source_by_its_name(tmp_path, local_chain):
    environment = load_environment(ROOT / "examples" / "existing-callers.toml", project_root=ROOT)
    stack = EnvironmentStack(App(outdir=str(tmp_path)), "dev", environment=environment, project_root=ROOT)
    chain = local_chain(stack)
    answer = chain.request("inventory", "/inventory/apple", source="legacy-ecs")
    assert answer.json() == {"sku": "apple", "quantity": 120}


def test_a_folder_of_terraform_json_runs_too_and_a_stranger_stands_at_a_wall(tmp_path, local_chain):
    stack_with(tmp_path, {"storefront": CALLS, "inventory": ECHO})
    chain = local_chain(tmp_path)
    assert chain.request("inventory", "/x", source="storefront").json()["path"] == "/x"
    assert chain.request("inventory", "/x", source="sg-0123456789abcdef0").denial is not None
    assert chain.denied[-1].source == "sg-0123456789abcdef0"


def test_without_the_fixture_it_runs_for_a_with_block(tmp_path):
    stack_with(tmp_path, {"storefront": CALLS, "inventory": ECHO})
    with testing.local_chain(str(tmp_path)) as chain:
        assert chain.request("inventory", "/x", source="storefront").status == 200
    assert not chain._thread.is_alive()


def test_names_that_nothing_has_are_a_lookup_error(tmp_path, local_chain):
    stack_with(tmp_path, {"storefront": CALLS, "inventory": ECHO})
    chain = local_chain(tmp_path)
    with pytest.raises(LookupError, match="nobody"):
        chain.get("storefront", source="nobody")
    with pytest.raises(LookupError, match="internal:8080"):
        chain.get("nothing")


def test_each_host_is_answered_by_its_workload_and_a_wrong_one_with_404(tmp_path, local_chain):
    file = ROOT / "examples" / "issued-certificate.toml"
    environment = load_environment(file, project_root=ROOT)
    stack = EnvironmentStack(App(outdir=str(tmp_path)), "named", environment=environment, project_root=ROOT)
    chain = local_chain(stack)

    def status(host, path="/products/apple"):
        return chain.get("public:443", path, host=host).status

    assert [status(host) for host in ("shop.example.com", "Partners.example.com")] == [200, 200]
    assert status("partners.example.com", "/elsewhere") == 404
    assert chain.get("public:443", "/products/apple", host="wrong.example.com").json() == {
        "message": "not found"
    }
    assert any("the hosts partners.example.com, shop.example.com" in note for note in notes(chain.running))
    told = chain.do(door_for(chain.running, {"target": "https://partners.example.com/health"}))
    assert (told["to"], told["path"], told["host"]) == ("public:443", "/health", "partners.example.com")
