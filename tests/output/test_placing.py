"""New files beside the old ones, then each in its place."""

import os
from pathlib import Path

import pytest

from constructs_lib.errors import ConfigError
from constructs_lib.output import placing
from tests.support.command_line import contents

WORDS = {"field": "output folder", "way_out": "name another"}
OLD = {"stacks/a/last": b"old", "stacks/a/asset": b"old", "stacks/a/terraform.tfstate": b"state"}
NEW = {
    "stacks/a/last": b"new",
    "stacks/a/asset": b"new",
    "stacks/a/more/asset": b"new",
    "stacks/b/last": b"new",
}


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def place(output: Path) -> None:
    with placing.staged(output, **WORDS) as fresh:
        write(fresh, NEW)
        placing.put_in_place(fresh, output, last="last", **WORDS)


def test_new_files_take_their_places_and_all_else_stays(tmp_path):
    write(tmp_path, OLD)
    place(tmp_path)
    assert contents(tmp_path) == OLD | NEW


def test_documents_go_last(tmp_path, monkeypatch):
    moved = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, to: (moved.append(path.name), replace(path, to)))
    place(tmp_path)
    assert moved == ["asset", "asset", "last", "last"]


def test_whatever_the_file_system_refuses_leaves_the_documents_of_before(tmp_path, monkeypatch):
    write(tmp_path, OLD)
    replace, fsync = Path.replace, os.fsync
    for refused in range(4):  # two files, and the documents of two stacks
        left = iter(range(refused, -1, -1))

        def full(path, target, left=left):
            if next(left) == 0:
                raise OSError(28, "No space left on device", str(target))
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(ConfigError, match=r"^output folder: .*No space left on device.*: name another$"):
            place(tmp_path)
        monkeypatch.setattr(Path, "replace", replace)
        found = contents(tmp_path)
        assert found["stacks/a/last"] == (b"new" if refused == 3 else b"old")
        assert found.keys() == OLD.keys() | ({"stacks/a/more/asset"} if refused == 3 else set())
        write(tmp_path, OLD)
        (tmp_path / "stacks/a/more/asset").unlink(missing_ok=True)

    def late(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(ConfigError):
        place(tmp_path)
    monkeypatch.setattr(os, "fsync", fsync)
    assert contents(tmp_path)["stacks/a/last"] == b"old"


def test_a_folder_in_the_place_of_a_file_is_seen_before_anything_moves(tmp_path):
    write(tmp_path, OLD | {"stacks/b/last/x": b""})
    with pytest.raises(ConfigError, match="a folder has the name of a file"):
        place(tmp_path)
    assert contents(tmp_path) == OLD | {"stacks/b/last/x": b""}


def interrupted(output: Path) -> None:
    with placing.staged(output, **WORDS) as fresh:
        write(fresh, NEW)
        raise KeyboardInterrupt


def test_what_fails_leaves_nothing_and_what_a_killed_run_left_goes(tmp_path):
    for output in (tmp_path / "deep" / "new", tmp_path):
        (tmp_path / ".new-killed").mkdir(exist_ok=True)
        with pytest.raises(KeyboardInterrupt):
            interrupted(output)
    assert [*tmp_path.iterdir()] == []


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path, monkeypatch):
    file, link = tmp_path / "a.svg", tmp_path / "link.svg"
    placing.write_whole(file, b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    placing.write_whole(link, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o640, True)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        placing.write_whole(file, b"newer")
    assert contents(tmp_path) == {"a.svg": b"new", "link.svg": b"new"}


def test_what_is_no_file_is_written_to():
    placing.write_whole(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()
