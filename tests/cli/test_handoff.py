import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.command_line import command as run
from tests.support.command_line import contents
from tests.support.handoffs import all_python
from tests.support.projects import SHOP, project

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    made = project(tmp_path_factory.mktemp("shop"))
    made.write(SHOP)
    assert run(made, "handoff", "environments/dev.toml", "--output", "made", "--archive").returncode == 0
    return made


def test_each_step_is_a_line_and_the_last_says_what_is_next(shop):
    result = run(shop, "handoff", "environments/dev.toml", "--output", "again")
    lines = result.stdout.splitlines()
    assert (result.returncode, result.stderr) == (0, "")
    assert [line.split(":")[1].split(",")[0].strip() for line in lines] == [
        "synthesized and proven",
        "secrets",
        "terraform",
        "tests",
        "architecture.svg",
        "README.md",
        "bundle.json",
        "bundle in again; next",
    ]
    assert lines[-1].endswith("again/README.md")


def test_the_same_environment_gives_the_same_folder_and_archive(shop):
    run(shop, "handoff", "environments/dev.toml", "--output", "other/place", "--archive")
    assert contents(shop.root / "other" / "place") == contents(shop.root / "made")
    assert (shop.root / "other" / "place.zip").read_bytes() == (shop.root / "made.zip").read_bytes()


def test_the_folder_passes_its_own_checksums(shop):
    command = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=shop.root / "made", check=False).returncode == 0


def test_a_folder_that_is_no_bundle_is_refused_before_anything_is_written(shop):
    (shop.root / "thesis").mkdir()
    (shop.root / "thesis" / "chapter").write_text("1")
    result = run(shop, "handoff", "environments/dev.toml", "--output", "thesis")
    assert (result.returncode, result.stdout) == (2, "")
    assert "--output: 'thesis': holds files and is no bundle" in result.stderr
    assert "Traceback" not in result.stderr
    assert contents(shop.root / "thesis") == {"chapter": b"1"}


def test_a_secret_is_refused_with_its_field_and_not_shown(shop):
    token = "k3J9xQ2mPz7LwV5bTn8RyA4c"
    shop.write(SHOP + f'[functions.storefront.environment]\nAPI_TOKEN = "{token}"\n', "leaky")
    result = run(shop, "handoff", "environments/leaky.toml", "--output", "leaky")
    assert result.returncode == 2
    assert "functions.storefront.environment.API_TOKEN" in result.stderr
    assert token not in result.stderr
    assert not (shop.root / "leaky").exists()


def test_a_wrong_environment_file_is_refused(shop):
    shop.write("broken = [", "broken")
    result = run(shop, "handoff", "environments/broken.toml", "--output", "broken")
    assert (result.returncode, (shop.root / "broken").exists()) == (2, False)


def test_nothing_is_left_beside_the_bundle(shop):
    run(shop, "handoff", "environments/dev.toml", "--output", "alone/it", "--archive")
    assert sorted(path.name for path in (shop.root / "alone").iterdir()) == ["it", "it.zip"]
    assert not (shop.root / "cdktf.out").exists()


def test_two_bundles_are_compared_as_folders_and_as_archives(shop):
    changed = SHOP.replace("timeout_s = 15", "timeout_s = 20").replace('cidr = "10.20', 'cidr = "10.30')
    shop.write(changed, "dev")
    run(shop, "handoff", "environments/dev.toml", "--output", "newer", "--archive")
    shop.write(SHOP, "dev")
    result = run(shop, "diff", "made", "newer.zip")
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert "  ~ aws_lambda_function.storefront: timeout" in lines
    assert "+/- aws_vpc.network: cidr_block" in lines
    assert "+/- aws_subnet.network_private_a: cidr_block" in lines
    assert [line for line in lines if line.startswith(("  +", "  -"))] == []
    assert any(line.startswith("refused in place (InvalidConfigurationRequest): network: ") for line in lines)
    assert lines == run(shop, "diff", "made.zip", "newer").stdout.splitlines()


def test_a_bundle_and_itself_have_no_differences(shop):
    result = run(shop, "diff", "made", "made.zip")
    assert (result.returncode, result.stdout) == (0, "no differences\n")


def test_a_bundle_in_hcl_takes_the_place_of_one_in_json_and_differs_in_nothing(shop):
    arguments = ("handoff", "environments/dev.toml", "--output", "taken_over", "--archive")
    assert run(shop, *arguments).returncode == 0
    (shop.root / "taken_over" / "terraform" / "terraform.tfvars").write_text("")
    assert run(shop, *arguments, "--hcl").returncode == 0
    names = {path.name for path in (shop.root / "taken_over" / "terraform").iterdir()}
    assert {"network.tf", "functions.tf", "backend.tf", "terraform.tfvars"} < names
    assert [name for name in names if name.endswith(".json")] == []
    text = (shop.root / "taken_over" / "README.md").read_text()
    assert "`backend.tf`" in text
    assert not {"`backend.tf.json`", "`main.tf.json`"} & {*re.findall(r"`[^`]+`", text)}
    for old, new in (("made", "taken_over"), ("taken_over.zip", "made.zip")):
        result = run(shop, "diff", old, new)
        assert (result.returncode, result.stdout) == (0, "no differences\n")
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS", "--quiet"], cwd=shop.root / "taken_over")
    assert checked.returncode == 0


def test_what_is_no_bundle_can_not_be_compared(shop):
    result = run(shop, "diff", "made", "environments")
    assert (result.returncode, result.stdout) == (2, "")
    assert "environments': there is no *.tf.json in this folder" in result.stderr


def test_the_manifest_names_every_address(shop):
    found = json.loads((shop.root / "made" / "bundle.json").read_text())
    assert len(found["resources"]) == 63


@pytest.fixture(scope="module")
def python_only(tmp_path_factory):
    made = project(tmp_path_factory.mktemp("orders"))
    all_python(made.root)
    return made


STACK = "cdktf.out/stacks/orders"


def test_a_stack_that_is_all_python_is_handed_over_like_any_other(python_only):
    result = run(
        python_only, "handoff", "--terraform", STACK, "--name", "orders-prod", "--output", "o", "--archive"
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("orders-prod: read; no environment file says what is promised\n")
    bundle = python_only.root / "o"
    assert {"README.md", "architecture.svg", "bundle.json", "cost.md", "deploy-policy.json"} <= contents(
        bundle
    ).keys()
    assert json.loads((bundle / "bundle.json").read_text())["stack"] == "orders-prod"
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS", "--quiet"], cwd=bundle)
    assert checked.returncode == 0
    assert run(python_only, "diff", "o", "o.zip").stdout == "no differences\n"


def test_what_is_not_named_or_named_twice_is_said_with_the_way_out(python_only):
    def refused(*arguments):
        result = run(python_only, "handoff", *arguments, "--output", "refused")
        assert (result.returncode, result.stdout) == (2, "")
        return result.stderr

    assert "--terraform with the folder of a stack that is all Python" in refused()
    said = refused("x.toml", "--terraform", STACK, "--name", "x")
    assert ("--terraform: " in said, "--name: 'x'" in said) == (True, True)
    said = refused("--terraform", "src", "--name", "My Shop")
    assert "--terraform: 'src': has no cdk.tf.json" in said
    assert "--name: 'My Shop'" in said
    assert not (python_only.root / "refused").exists()


def test_a_secret_in_a_python_stack_is_refused_unless_lint_toml_waives_it(python_only):
    stack = python_only.root / STACK
    text = (stack / "cdk.tf.json").read_text()
    leaky = text.replace('"BUCKET"', '"API_TOKEN": "k3J9xQ2mPz7LwV5bTn8RyA4c", "BUCKET"')
    (stack / "cdk.tf.json").write_text(leaky)
    arguments = ("handoff", "--terraform", STACK, "--output", "leaky")
    result = run(python_only, *arguments)
    assert (result.returncode, "API_TOKEN" in result.stderr) == (2, True)
    waiver = (
        '[[waivers]]\nrule = "secret-variable"\nreason = "public"\n'
        'address = "aws_lambda_function.keeper.environment.API_TOKEN"\n'
    )
    (stack / "lint.toml").write_text(waiver)
    assert run(python_only, *arguments).returncode == 0
    (stack / "lint.toml").unlink()
    (stack / "cdk.tf.json").write_text(text)


def test_a_package_that_is_gone_is_named(python_only):
    stack = python_only.root / STACK
    [package] = stack.glob("assets/*taker*/*/*.zip")
    package.rename(package.with_suffix(".away"))
    result = run(python_only, "handoff", "--terraform", STACK, "--output", "gone")
    package.with_suffix(".away").rename(package)
    assert (result.returncode, result.stderr.count("taker.zip': the stack names this asset")) == (2, 1)


STATE = '\n[state]\nbackend = "s3"\nbucket = "acme-terraform-state"\n'


def test_a_bundle_says_what_changes_since_an_earlier_folder_or_archive(shop):
    shop.write(SHOP + STATE, "live")
    made = run(shop, "handoff", "environments/live.toml", "--output", "live", "--archive")
    assert made.returncode == 0, made.stderr
    assert (shop.root / "live" / "state" / "main.tf.json").is_file()
    (shop.root / "live" / "terraform" / "terraform.tfvars").write_text("storefront_timeout_s = 11\n")
    shop.write(SHOP.replace("timeout_s = 15", "timeout_s = 20") + STATE, "live")
    found = []
    for earlier in ("live", "live.zip"):
        result = run(
            shop, "handoff", "environments/live.toml", "--output", "later", "--since", earlier, "--hcl"
        )
        assert result.returncode == 0, result.stderr
        found.append((shop.root / "later" / "README.md").read_text())
    assert found[0] == found[1]
    assert "| changed in place | `aws_lambda_function.storefront` | timeout |" in found[0]
    assert "| another default | `storefront_timeout_s` | `15` → `20` |" in found[0]
    result = run(shop, "handoff", "environments/live.toml", "--output", "same", "--since", "later")
    assert (result.returncode, "**No differences.**" in (shop.root / "same" / "README.md").read_text()) == (
        0,
        True,
    )


def test_what_is_no_earlier_bundle_of_the_same_environment_is_refused(shop):
    shop.write(SHOP, "dev")
    shop.write(SHOP.replace('"shop"', '"store"'), "store")
    assert run(shop, "handoff", "environments/store.toml", "--output", "store").returncode == 0
    run(shop, "handoff", "environments/dev.toml", "--output", "torn")
    (shop.root / "torn" / "terraform" / "main.tf.json").unlink()
    run(shop, "handoff", "environments/dev.toml", "--output", "edited")
    (shop.root / "edited" / "terraform" / "main.tf.json").write_text("{")
    said = []
    for earlier in ("nowhere", "store", "torn", "edited"):
        result = run(shop, "handoff", "environments/dev.toml", "--output", "refused", "--since", earlier)
        said.append((result.returncode, result.stderr.splitlines()[-1]))
    assert not (shop.root / "refused").exists()
    assert [status for status, _ in said] == [2, 2, 2, 2]
    assert "--since: 'nowhere': is no bundle" in said[0][1]
    assert "--since: 'store': is a bundle of store-store, and this one is of shop-dev" in said[1][1]
    assert "--since: 'torn': has not all of its files" in said[2][1]
    assert "--since: 'edited': was edited after it was made: terraform/main.tf.json" in said[3][1]
