import json
import zipfile

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.handoff.delivery import archive, writing
from constructs_lib.handoff.delivery.manifest import FILE


def bundle(**files):
    contents = {FILE: b'{"format": 1}', "terraform/main.tf.json": b"{}"}
    contents |= {name.replace("__", "/"): text.encode() for name, text in files.items()}
    return {**contents, archive.CHECKSUMS: archive.checksums(contents).encode()}


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def refused(folder, **options):
    with pytest.raises(ConfigError) as error:
        writing.check_target(folder, **{"archived": False, **options})
    return [(problem.value, problem.rule) for problem in error.value.problems]


def test_a_bundle_is_written_into_a_new_folder_and_into_an_empty_one(tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "deep" / "new", tmp_path / "empty"):
        assert writing.write_bundle(bundle(), folder) == []
        assert contents(folder) == bundle()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "empty"]


def test_a_newer_bundle_takes_the_place_of_an_earlier_one(tmp_path):
    writing.write_bundle(bundle(old="x", terraform__packages__a="x"), tmp_path / "b")
    writing.write_bundle(bundle(new="y"), tmp_path / "b")
    assert contents(tmp_path / "b") == bundle(new="y")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_operators_keep_there_survives(tmp_path):
    folder = tmp_path / "b"
    writing.write_bundle(bundle(terraform__packages__a="x"), folder)
    own = {
        "notes.md": b"ours",
        "terraform/terraform.tfstate": b"state",
        "terraform/.terraform/providers/aws": b"plugin",
        "terraform/packages/own.zip": b"zip",
    }
    for name, content in own.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    kept = writing.write_bundle(bundle(), folder)
    assert sorted(kept) == [
        "notes.md",
        "terraform/.terraform",
        "terraform/packages/own.zip",
        "terraform/terraform.tfstate",
    ]
    assert contents(folder) == {**bundle(), **own}


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("x")
    assert refused(tmp_path) == [(str(tmp_path), "holds files and is no bundle")]
    with pytest.raises(ConfigError):
        writing.write_bundle(bundle(), tmp_path)
    assert contents(tmp_path) == {"thesis.txt": b"x"}


def test_a_file_and_a_folder_below_a_file_are_refused(tmp_path):
    (tmp_path / "it").write_text("x")
    for folder in (tmp_path / "it", tmp_path / "it" / "below"):
        assert refused(folder) == [(str(folder), f"{tmp_path / 'it'} is a file")]


def test_what_the_file_system_refuses_is_wrong_input_and_leaves_the_old_bundle(tmp_path, monkeypatch):
    folder = tmp_path / "b"
    writing.write_bundle(bundle(), folder)
    rename = type(folder).rename

    def full(path, target):
        if path.name == "new":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(type(folder), "rename", full)
    with pytest.raises(ConfigError, match="can't be written: No space left on device"):
        writing.write_bundle(bundle(readme="newer"), folder)
    assert contents(folder) == bundle()
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_run_that_is_interrupted_or_killed_between_old_and_new_leaves_the_old_bundle(tmp_path, monkeypatch):
    folder = tmp_path / "b"
    writing.write_bundle(bundle(), folder)
    rename = type(folder).rename

    def interrupted(path, target):
        if path.name == "new":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(type(folder), "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.write_bundle(bundle(readme="newer"), folder)
    assert contents(tmp_path) == {f"b/{name}": content for name, content in bundle().items()}
    monkeypatch.undo()
    (tmp_path / ".b-0123abcd" / "new").mkdir(parents=True)
    folder.rename(tmp_path / ".b-0123abcd" / "old")
    (tmp_path / ".b-notes" / "new").mkdir(parents=True)  # of somebody else
    (folder.parent / "own").write_text("x")
    monkeypatch.setattr(writing, "_replace", refuse)
    with pytest.raises(ConfigError, match="a file is in the way"):
        writing.write_bundle(bundle(), folder)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".b-notes", "b", "own"]
    assert contents(folder) == bundle()


def refuse(_files, _target):
    raise OSError(17, "a file is in the way")


def test_a_bundle_that_was_edited_is_refused_with_every_edited_file(tmp_path):
    folder = tmp_path / "b"
    writing.write_bundle(bundle(readme="x"), folder)
    (folder / "readme").write_text("mine")
    (folder / "terraform" / "main.tf.json").write_text("mine")
    rule = "was edited, and a newer bundle would overwrite it"
    assert refused(folder) == [
        (str(folder / "readme"), rule),
        (str(folder / "terraform" / "main.tf.json"), rule),
    ]


def test_a_file_of_the_operators_where_a_newer_bundle_has_one_is_refused(tmp_path):
    folder = tmp_path / "b"
    writing.write_bundle(bundle(), folder)
    (folder / "cost.md").write_text("ours")
    with pytest.raises(ConfigError, match=r"cost\.md.*newer bundle brings a file of this name"):
        writing.write_bundle(bundle(**{"cost.md": "theirs"}), folder)
    assert (folder / "cost.md").read_text() == "ours"


def test_a_bundle_that_is_being_applied_is_refused(tmp_path):
    folder = tmp_path / "b"
    writing.write_bundle(bundle(), folder)
    lock = folder / "terraform" / ".terraform.tfstate.lock.info"
    lock.write_text("{}")
    assert refused(folder) == [(str(lock), "a Terraform run holds this lock")]


def test_a_bundle_of_a_later_format_is_refused(tmp_path):
    (tmp_path / FILE).write_text(json.dumps({"format": 2}))
    assert "format 1" in refused(tmp_path)[0][1]


def test_the_archive_lies_beside_the_bundle_and_replaces_an_earlier_one(tmp_path):
    for text in ("one", "two"):
        path = writing.write_archive(bundle(readme=text), tmp_path / "b", name="shop-dev")
    assert path == tmp_path / "b.zip"
    with zipfile.ZipFile(path) as found:
        assert found.read("shop-dev/readme") == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.zip"]
    writing.check_target(tmp_path / "b", archived=True)


def test_another_archive_in_its_place_is_refused(tmp_path):
    (tmp_path / "b.zip").write_bytes(b"holiday photos")
    assert refused(tmp_path / "b", archived=True)[0][0] == str(tmp_path / "b.zip")
    writing.check_target(tmp_path / "b", archived=False)


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    assert refused(tmp_path / "loop") == [
        (str(tmp_path / "loop"), f"{tmp_path / 'loop'} is a link that leads nowhere")
    ]
