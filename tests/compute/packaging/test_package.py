import base64
import hashlib
import io
import os
import stat
import unicodedata
import zipfile

import pytest

from constructs_lib.compute.packaging.package import build_package, package_hash
from constructs_lib.errors import ConfigError

FIELD = "functions.inventory.source"


def fill(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


CODE = {
    "handler.py": b"import logic\n",
    "lib-a.py": b"",
    "lib.py": b"",
    "logic.py": b"x = 1\n",
    "lib/Util.py": b"",
    "data/caf\u00e9.json": b"{}\r\n",
}


def entries(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.infolist()


def names(content):
    return [entry.filename for entry in entries(content)]


def problems(source):
    with pytest.raises(ConfigError) as raised:
        build_package(source, field=FIELD)
    assert {problem.field for problem in raised.value.problems} == {FIELD}
    return {problem.value: problem.rule for problem in raised.value.problems}


def test_a_package_holds_the_files_of_the_folder_as_they_are(tmp_path):
    content = build_package(fill(tmp_path, CODE), field=FIELD)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == CODE


def test_the_bytes_of_a_package_never_change(tmp_path):
    content = build_package(fill(tmp_path, CODE), field=FIELD)
    assert (
        hashlib.sha256(content).hexdigest()
        == "d0d76752012e48c14fb69f19fa04a98a948eb1817612211c743084549cbef641"
    )


def test_names_are_sorted_and_time_mode_and_storage_are_fixed(tmp_path):
    found = entries(build_package(fill(tmp_path, CODE), field=FIELD))
    assert [entry.filename for entry in found] == sorted(CODE)
    assert {entry.date_time for entry in found} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in found} == {stat.S_IFREG | 0o755}
    assert {entry.compress_type for entry in found} == {zipfile.ZIP_STORED}
    assert {entry.create_system for entry in found} == {3}


def test_the_bytes_do_not_depend_on_times_modes_or_the_order_of_creation(tmp_path):
    one = fill(tmp_path / "one", CODE)
    other = fill(tmp_path / "other", dict(reversed(CODE.items())))
    for path in other.rglob("*.py"):
        path.chmod(0o600)
        os.utime(path, (1, 1))
    assert build_package(one, field=FIELD) == build_package(other, field=FIELD)


def test_what_tools_leave_behind_stays_out(tmp_path):
    stray = [
        *(
            "__pycache__/logic.cpython-311.pyc",
            "lib/__pycache__/x.pyc",
            "old.pyc",
            ".git/config",
            ".gitignore",
        ),
        *(".DS_Store", "lib/.DS_Store", "._handler.py", "handler.py~", ".handler.py.swp", "#handler.py#"),
        *("requirements.txt", "requirements-dev.txt", ".venv/bin/python", ".vscode/settings.json", "x.orig"),
    ]
    fill(tmp_path, CODE | dict.fromkeys(stray, b"stray"))
    (tmp_path / ".#handler.py").symlink_to("user@host.1234")
    assert names(build_package(tmp_path, field=FIELD)) == sorted(CODE)


def test_names_that_only_look_like_leftovers_stay_in(tmp_path):
    kept = ["bootstrap", ".config", "git/x.py", "pyc", "requirements/base.py", "swp.py"]
    fill(tmp_path, dict.fromkeys(kept, b""))
    assert names(build_package(tmp_path, field=FIELD)) == sorted(kept)


def test_empty_folders_stay_out(tmp_path):
    fill(tmp_path, CODE)
    (tmp_path / "empty" / "deep").mkdir(parents=True)
    assert names(build_package(tmp_path, field=FIELD)) == sorted(CODE)


def test_a_change_of_one_byte_changes_the_hash(tmp_path):
    before = package_hash(build_package(fill(tmp_path, CODE), field=FIELD))
    fill(tmp_path, {"logic.py": b"x = 2\n"})
    assert package_hash(build_package(tmp_path, field=FIELD)) != before


def test_the_hash_is_the_one_that_terraform_computes():
    assert package_hash(b"zip") == base64.b64encode(hashlib.sha256(b"zip").digest()).decode()


def test_a_link_inside_the_folder_becomes_a_file(tmp_path):
    fill(tmp_path, CODE)
    (tmp_path / "copy.py").symlink_to("logic.py")
    with zipfile.ZipFile(io.BytesIO(build_package(tmp_path, field=FIELD))) as archive:
        assert archive.read("copy.py") == CODE["logic.py"]


def test_the_folder_itself_may_be_a_link(tmp_path):
    fill(tmp_path / "real", CODE)
    (tmp_path / "link").symlink_to("real")
    assert build_package(tmp_path / "link", field=FIELD) == build_package(tmp_path / "real", field=FIELD)


def test_links_that_leave_the_folder_lead_nowhere_or_to_a_folder_are_refused_together(tmp_path):
    source = fill(tmp_path / "inventory", CODE)
    (tmp_path / "secret").write_text("s")
    (source / "out").symlink_to("../secret")
    (source / "away").symlink_to(tmp_path)
    (source / "nowhere").symlink_to("missing")
    (source / "lib" / "loop").symlink_to("..")
    (source / "self").symlink_to("self")
    assert {value: rule.split(",")[0] for value, rule in problems(source).items()} == {
        "out": "a link must not leave the function's folder",
        "away": "a link must not leave the function's folder",
        "nowhere": "a link leads nowhere",
        "lib/loop": "a link to a folder is not the same on every machine",
        "self": "a link leads nowhere",
    }


def test_an_entry_that_is_no_file_is_refused(tmp_path):
    os.mkfifo(fill(tmp_path, CODE) / "pipe")
    assert problems(tmp_path) == {"pipe": "a package consists of files, and this is none"}


def test_a_name_that_is_not_utf8_is_refused(tmp_path, monkeypatch):
    fill(tmp_path, CODE)
    undecodable = tmp_path / os.fsdecode(b"\xff.py")
    monkeypatch.setattr("constructs_lib.compute.packaging.package._walk", lambda *_: iter([undecodable]))
    assert problems(tmp_path) == {"?.py": "a name in a package is UTF-8"}


def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    (rule,) = problems(fill(tmp_path, CODE)).values()
    assert "cannot be read" in rule


def test_names_are_in_one_unicode_form(tmp_path):
    fill(tmp_path, {unicodedata.normalize("NFD", "caf\u00e9.py"): b""})
    assert names(build_package(tmp_path, field=FIELD)) == ["caf\u00e9.py"]
    fill(tmp_path, {"caf\u00e9.py": b""})
    assert list(problems(tmp_path).values()) == ["two names are the same text in different Unicode forms"]


def test_a_missing_folder_a_file_and_an_empty_folder_are_refused(tmp_path):
    (tmp_path / "file").write_text("")
    fill(tmp_path / "empty", {"requirements.txt": b"", "__pycache__/x.pyc": b""})
    assert [list(problems(tmp_path / name).values()) for name in ("missing", "file", "empty")] == [
        ["the folder of a function does not exist"],
        ["the folder of a function is a file"],
        ["nothing in this folder can be packaged"],
    ]


@pytest.mark.parametrize(("megabytes", "figure"), [(51, "at most 50 MB"), (251, "at most 250 MB of code")])
def test_a_package_beyond_lambdas_limits_is_refused_without_reading_it(tmp_path, megabytes, figure):
    with (tmp_path / "model.bin").open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    (rule,) = problems(tmp_path).values()
    assert figure in rule
    assert f"this folder {megabytes}.0 MB" in rule


def test_dependencies_lie_beside_the_code_whatever_their_names(tmp_path):
    source = fill(tmp_path / "source", {"handler.py": b"", "shared/ours.py": b""})
    theirs = {"shared/theirs.py": b"x", "alpha/requirements.txt": b"", "alpha/#data#": b""}
    found = build_package(source, field=FIELD, dependencies=fill(tmp_path / "dependencies", theirs))
    names = ["alpha/#data#", "alpha/requirements.txt", "handler.py", "shared/ours.py", "shared/theirs.py"]
    assert [entry.filename for entry in entries(found)] == names


def test_a_file_that_would_hide_a_dependency_is_refused(tmp_path):
    source = fill(tmp_path / "source", {"handler.py": b"", "alpha/__init__.py": b"", "alpha/a.py": b""})
    dependencies = fill(tmp_path / "dependencies", {"alpha/__init__.py": b"x", "alpha/b.py": b""})
    with pytest.raises(ConfigError) as raised:
        build_package(source, field=FIELD, dependencies=dependencies)
    assert [(problem.field, problem.value) for problem in raised.value.problems] == [
        (FIELD, "alpha/__init__.py")
    ]


def test_dependencies_count_towards_lambdas_limits(tmp_path):
    source = fill(tmp_path / "source", {"handler.py": b""})
    dependencies = fill(tmp_path / "dependencies", {"large.so": b""})
    os.truncate(dependencies / "large.so", 51 * 1024 * 1024)
    with pytest.raises(ConfigError, match="at most 50 MB"):
        build_package(source, field=FIELD, dependencies=dependencies)
