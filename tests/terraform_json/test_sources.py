"""Where Terraform JSON comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.terraform_json.sources import Part, Source, parts_of

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, *names: str, text: str = "{}") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(text, encoding="utf-8")


def problem(source: Source) -> str:
    with pytest.raises(ConfigError) as raised:
        list(parts_of(source))
    [found] = raised.value.problems
    return str(found)


def test_a_mapping_a_text_and_a_file_are_one_part_each(tmp_path: Path) -> None:
    write(tmp_path, "a.json", text='\ufeff{"locals": {}}')
    assert list(parts_of({"a": 1})) == [Part("the document", {"a": 1})]
    assert list(parts_of('{"a": 1}')) == [Part("the text", {"a": 1})]
    assert list(parts_of(tmp_path / "a.json")) == [Part(str(tmp_path / "a.json"), {"locals": {}})]


def test_a_folder_is_its_files_of_terraform_json_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.tf.json", "a.tf.json", "package.json")
    assert [part.name for part in parts_of(tmp_path)] == [
        str(tmp_path / name) for name in ("a.tf.json", "b.tf.json")
    ]


def test_what_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.tf.json").write_bytes(b"\xff\xfe{}")
    assert "cannot be read: No such file or directory" in problem(tmp_path / "none.tf.json")
    assert "cannot be read: it is no UTF-8 text" in problem(tmp_path / "latin.tf.json")


def test_what_terraform_writes_beside_its_json_leads_to_the_json(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(b"PK\x03\x04\x00\xff")
    write(tmp_path, "log.json", text='{"@level":"info","@message":"x"}\n{"@level":"info"}\n')
    assert "terraform show -json plan > plan.json" in problem(tmp_path / "plan")
    assert "is the log of a run with -json" in problem(tmp_path / "log.json")


def test_the_language_beside_json_or_alone_leads_to_a_plan(tmp_path: Path) -> None:
    write(tmp_path / "beside", "cdk.tf.json", "main.tf")
    write(tmp_path / "alone", "main.tf", "vpc.tf")
    for name, files in (("beside", "main.tf"), ("alone", "main.tf, vpc.tf")):
        said = problem(tmp_path / name)
        assert f"holds {files}, which Terraform reads and this project does not" in said
        assert said.endswith("terraform plan -out=plan && terraform show -json plan > plan.json")


def test_files_that_override_others_are_refused(tmp_path: Path) -> None:
    for name in ("override.tf.json", "cdk_override.tf.json"):
        write(tmp_path / name, "cdk.tf.json", name)
        assert f"holds {name}, which Terraform lays over the other files" in problem(tmp_path / name)


def test_the_folder_of_all_stacks_leads_to_the_stacks(tmp_path: Path) -> None:
    write(tmp_path / "stacks" / "dev", "cdk.tf.json")
    assert problem(tmp_path).endswith(
        f"there is no *.tf.json in this folder: name one stack: {tmp_path}/stacks/dev"
    )
    assert problem(tmp_path / "stacks").endswith("name a cdk.tf.json, or a folder with *.tf.json files")
