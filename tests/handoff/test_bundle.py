import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest

from constructs_lib.environment import Waiver
from constructs_lib.errors import ConfigError
from constructs_lib.handoff.bundle import build_bundle
from constructs_lib.handoff.delivery import archive
from tests.support.handoffs import handed_over
from tests.support.paths import ROOT
from tests.support.projects import SHOP, project
from tests.support.written_stacks import read


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    stack = handed_over(tmp_path_factory.mktemp("one"))
    return stack, build_bundle(stack)


def refused(stack):
    with pytest.raises(ConfigError) as error:
        build_bundle(stack)
    return [(problem.field, problem.rule) for problem in error.value.problems]


def test_the_bundle_has_these_files(made):
    assert sorted(made[1]) == [
        "README.md",
        "SHA256SUMS",
        "architecture.svg",
        "bundle.json",
        "cost.md",
        "deploy-policy-2.json",
        "deploy-policy.json",
        "drift-check.sh",
        "proof.json",
        "report.html",
        "report.md",
        "terraform/backend.tf.json",
        "terraform/main.tf.json",
        "terraform/packages/inventory.zip",
        "terraform/packages/storefront.zip",
        "terraform/tests/inputs.tftest.hcl",
        "terraform/variables.tf.json",
        "terraform/versions.tf.json",
    ]


def test_another_folder_gives_the_same_bytes(made, tmp_path):
    again = build_bundle(handed_over(tmp_path / "elsewhere" / "deep"))
    assert again == made[1]
    assert archive.zip_bytes(again, folder="x") == archive.zip_bytes(made[1], folder="x")


def test_no_file_names_a_path_of_the_maker(made, tmp_path_factory):
    text = b"\n".join(made[1].values()).decode("latin-1")
    assert re.findall(r"(?:/tmp/|/home/|cdktf\.out|assets/)\S*", text) == []
    assert str(ROOT) not in text
    assert str(tmp_path_factory.getbasetemp()) not in text


def test_the_terraform_is_the_synthesized_one_with_its_inputs(made):
    stack, files = made
    main = json.loads(files["terraform/main.tf.json"])
    assert list(read(main).declared) == list(stack.document.declared)
    assert "//" not in files["terraform/main.tf.json"].decode().replace("://", "")
    assert main["resource"]["aws_lambda_function"]["inventory"]["filename"] == "packages/inventory.zip"
    assert main["resource"]["aws_lambda_function"]["inventory"]["memory_size"] == "${var.inventory_memory_mb}"


def test_packages_are_the_bytes_whose_hash_terraform_compares(made):
    stack, files = made
    assert {name for name in files if name.endswith(".zip")} == {
        f"terraform/packages/{name}.zip" for name in ("inventory", "storefront")
    }
    for name, body in stack.document.bodies_of("aws_lambda_function").items():
        package = files[f"terraform/packages/{name}.zip"]
        assert package == (stack.folder / body["filename"]).read_bytes()
        assert base64.b64encode(hashlib.sha256(package).digest()).decode() == body["source_code_hash"]


def test_the_proof_has_every_promise_with_its_verdict_and_what_keeps_it(made):
    stack, files = made
    found = json.loads(files["proof.json"])
    assert [one["promise"] for one in found["promises"]] == [one.sentence for one in stack.proof.promises]
    assert found["counts"] == {"kept": len(found["promises"]), "cannot tell": 0, "broken": 0}
    [call] = [one for one in found["promises"] if one["kind"] == "call"]
    assert (call["subject"], call["verdict"]) == ("storefront -> inventory", "kept")
    assert "aws_lb_listener.internal_8080" in call["addresses"]


def test_the_manifest_and_the_checksums_cover_every_other_file(made):
    files = made[1]
    listed = json.loads(files["bundle.json"])["files"]
    assert sorted(listed) == sorted({*files} - {"bundle.json", "SHA256SUMS"})
    rest = {name: content for name, content in files.items() if name != "SHA256SUMS"}
    assert files["SHA256SUMS"].decode() == archive.checksums(rest)


def test_progress_is_one_line_for_each_step(made):
    lines = []
    build_bundle(made[0], progress=lines.append)
    assert [line.split(":")[0].split(",")[0] for line in lines] == [
        "secrets",
        "terraform",
        "tests",
        "architecture.svg",
        "README.md",
        "bundle.json",
    ]


def test_a_secret_stops_the_bundle_with_the_field_of_the_environment_file(made):
    token = "k3J9xQ2mPz7LwV5bTn8RyA4c"
    tagged = made[0].intent.model_copy(update={"tags": {"key": token}})
    stack = replace(made[0], environment=tagged)
    assert refused(stack) == [("tags.key", "looks like a random token")]
    waiver = Waiver(rule="secret-variable", address="tags.key", reason="a public id")
    accepted = tagged.model_copy(update={"waivers": [waiver]})
    assert build_bundle(replace(made[0], environment=accepted))


def test_a_private_key_in_a_package_stops_the_bundle_unless_it_is_waived(tmp_path):
    key = (
        "-----BEGIN PRIVATE"
        + " KEY-----\n"
        + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n"
    )
    (project(tmp_path).root / "src" / "inventory" / "sample.txt").write_text(key)
    waiver = (
        "[[waivers]]\nrule = 'secret-variable'\naddress = 'src/inventory/sample.txt'\nreason = 'a sample'\n"
    )
    stack = handed_over(tmp_path, SHOP + waiver)
    assert build_bundle(stack)
    strict = replace(stack, environment=stack.intent.model_copy(update={"waivers": []}))
    [(field, rule)] = refused(strict)
    assert field == "functions.inventory.source"
    assert "a private key" in rule


def test_compiled_code_is_not_searched(tmp_path):
    (project(tmp_path).root / "src" / "inventory" / "library.so").write_text("AKIA" + "IOSFODNN7ABCDEFG")
    assert build_bundle(handed_over(tmp_path))


def test_a_stack_without_its_folder_has_no_packages_to_hand_over(made):
    with pytest.raises(ValueError, match="dev has no folder"):
        build_bundle(replace(made[0], folder=None))
