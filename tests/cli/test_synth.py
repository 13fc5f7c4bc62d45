import json
import os
import shutil
from pathlib import Path

import pytest

from tests.support.command_line import command as run
from tests.support.command_line import contents, process
from tests.support.projects import SHOP

ROOT = Path(__file__).resolve().parents[2]


def test_bare_it_synthesizes_every_environment_and_says_what_is_next(shop):
    shop.write(SHOP, "stage")
    result = process(shop)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "dev: 63 resources in cdktf.out/stacks/dev/cdk.tf.json, proven; next: make deploy ENV=dev",
        "stage: 63 resources in cdktf.out/stacks/stage/cdk.tf.json, proven; next: make deploy ENV=stage",
    ]
    manifest = json.loads((shop.root / "cdktf.out" / "manifest.json").read_text())
    assert sorted(manifest["stacks"]) == ["dev", "stage"]


def test_the_output_folder_is_the_option_else_the_variable_of_cdktf(shop, tmp_path):
    run(shop, "synth", "environments/dev.toml", "--output", tmp_path / "a", CDKTF_OUTDIR=str(tmp_path / "b"))
    run(shop, CDKTF_OUTDIR=str(tmp_path / "c"))
    made = [name for name in "abc" if (tmp_path / name / "stacks/dev/cdk.tf.json").is_file()]
    assert (made, (shop.root / "cdktf.out").exists()) == (["a", "c"], False)


def test_the_output_folder_is_made_with_all_above_it(shop, tmp_path):
    assert run(shop, "synth", "--output", tmp_path / "not" / "there" / "yet").returncode == 0
    assert (tmp_path / "not/there/yet/stacks/dev/cdk.tf.json").is_file()


@pytest.mark.parametrize("output", ["taken", "taken/below", "cdktf.out"])
def test_an_output_folder_that_cannot_be_made_is_the_users_to_change(shop, output):
    (shop.root / "taken").write_text("")
    (shop.root / "cdktf.out").mkdir()
    (shop.root / "cdktf.out" / "stacks").write_text("")
    result = run(shop, "synth", "--output", output)
    assert result.returncode == 2
    assert result.stderr.startswith("error: output folder: ")
    assert "Traceback" not in result.stderr


def test_an_environment_that_is_named_twice_is_meant_once(shop):
    assert run(shop, "check", ENVIRONMENTS="dev, dev.toml").stdout == "dev: in order\n"


def test_the_environments_variable_names_the_files(shop):
    shop.write("broken = [", "prod")
    assert run(shop).returncode == 2
    assert run(shop, ENVIRONMENTS="dev").returncode == 0
    unknown = process(shop, ENVIRONMENTS="dev,staging")
    assert unknown.returncode == 2
    assert unknown.stderr == (
        "error: $ENVIRONMENTS: 'staging': names files of environments/ without .toml, separated by commas; "
        "there are: dev, prod: correct or unset it\n"
    )


def test_a_wrong_file_writes_nothing_and_everything_wrong_is_said_at_once(shop):
    shop.write(SHOP.replace("8080", "0").replace("timeout_s = 15", "timeout_s = 901"), "prod")
    result = run(shop)
    assert result.returncode == 2
    fields = [line.split(": ")[2] for line in result.stderr.splitlines()]
    assert fields == ["functions.inventory.port", "functions.storefront.timeout_s"]
    assert "Traceback" not in result.stderr
    assert not (shop.root / "cdktf.out").exists()


def test_two_files_of_one_state_are_refused(shop):
    shop.write('environment = "dev"\n' + SHOP, "copy")
    result = run(shop)
    assert result.returncode == 2
    assert "copy.toml is the same project and environment" in result.stderr


HCP = '[state]\nbackend = "hcp"\norganization = "acme"\nworkspace = "all"\n'


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (("shop", "dev", ""), ("blog", "dev", ""), "first.toml keeps its state in the same place"),
        (("shop", "dev", HCP), ("blog", "prod", HCP), "first.toml keeps its state in the same place"),
        (("shop", "dev-x", ""), ("shop-dev", "x", ""), "names in first.toml begin with shop-dev-x too"),
    ],
)
def test_two_files_that_would_share_state_or_names_are_refused(shop, first, second, rule):
    (shop.root / "environments" / "dev.toml").unlink()
    for file, (project_name, environment, state) in (("first", first), ("second", second)):
        text = SHOP.replace('"shop"', f'"{project_name}"') + state
        shop.write(f'environment = "{environment}"\n' + text, file)
    result = run(shop, "check")
    assert (result.returncode, rule in result.stderr) == (2, True)


def test_two_files_of_one_name_are_refused(shop, tmp_path):
    other = tmp_path / "dev.toml"
    other.write_text('environment = "other"\n' + SHOP)
    result = run(shop, "synth", "environments/dev.toml", other)
    assert (result.returncode, "would be the same stack" in result.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [("synth", "--no-such-option"), ("no-such-command",)])
def test_a_wrong_command_line_is_the_users_fault(shop, arguments):
    result = process(shop, *arguments)
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)


def test_without_any_environment_file_it_says_where_to_write_one(shop):
    (shop.root / "environments" / "dev.toml").unlink()
    result = run(shop)
    assert (result.returncode, "write one, such as environments/dev.toml" in result.stderr) == (2, True)


def test_the_same_input_gives_the_same_bytes_in_any_folder_with_any_times_and_modes(shop, tmp_path):
    run(shop)
    twin = tmp_path / "elsewhere" / "twin"
    shutil.copytree(shop.root, twin, ignore=shutil.ignore_patterns("cdktf.out"))
    for path in twin.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    (twin / "src" / "inventory" / "__pycache__").mkdir()
    (twin / "src" / "inventory" / "__pycache__" / "handler.cpython-311.pyc").write_bytes(b"stray")
    process(type(shop)(twin))
    ours = contents(shop.root / "cdktf.out")
    assert len(ours) == 4
    assert contents(twin / "cdktf.out") == ours


def test_a_second_synth_leaves_nothing_of_the_first(shop):
    run(shop)
    shop.function("inventory", "def handler(event, context):\n    return {'changed': True}\n")
    (shop.root / "cdktf.out/stacks/dev/cdk.tf").write_text("# of cdktf synth --hcl")
    (shop.root / "cdktf.out/stacks/dev/.terraform.lock.hcl").write_text("# Terraform's own")
    run(shop)
    left = {Path(name).name for name in contents(shop.root / "cdktf.out")}
    assert left == {"manifest.json", "cdk.tf.json", ".terraform.lock.hcl", "inventory.zip", "storefront.zip"}
    assert len(contents(shop.root / "cdktf.out/stacks/dev/assets")) == 2


def test_markup_in_a_file_is_shown_as_it_stands(shop):
    shop.write(SHOP.replace('"/*"', '"[bold]x"'))
    assert "'[bold]x'" in run(shop).stderr


def test_what_is_taken_from_the_file_is_said(shop):
    caller = '[callers.legacy]\nsecurity_group_id = "sg-0fedcba9876543210"\ncalls = ["inventory"]\n'
    shop.write(SHOP + caller)
    result = run(shop)
    assert result.returncode == 0
    assert result.stderr.startswith(
        "dev: taken from the file: legacy (sg-0fedcba9876543210) calls inventory on 8080"
    )


def test_terraform_itself_is_next_for_what_cdktf_does_not_deploy(shop, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(SHOP)
    assert run(shop, "synth", other).stdout.endswith("next: terraform -chdir=cdktf.out/stacks/other init\n")
    elsewhere = run(shop, "synth", "--output", "else where").stdout
    assert elsewhere.endswith("next: terraform -chdir='else where/stacks/dev' init\n")


def test_code_that_cannot_be_packaged_leaves_no_stack(shop):
    (shop.root / "src" / "inventory" / "secret").symlink_to("/etc/passwd")
    result = run(shop)
    assert result.returncode == 2
    assert "a link must not leave the function's folder" in result.stderr
    assert not list(shop.root.glob("cdktf.out/stacks/*"))
