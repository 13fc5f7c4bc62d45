"""One run at a time in a folder."""

import os
import threading
from pathlib import Path

from constructs_lib.output import folder_lock


def second_run_waits(lock, folder):
    """Hold the lock, let another run ask for it, and give what happened in its order."""
    happened, asked = [], threading.Event()

    def waiting():
        happened.append("waits")
        asked.set()

    def other():
        with lock(folder, waiting):
            happened.append("is let in")

    thread = threading.Thread(target=other)
    with lock(folder, lambda: None):
        thread.start()
        assert asked.wait(timeout=10)
        happened.append("first leaves")
    thread.join(timeout=10)
    return happened


def test_another_run_waits_and_says_so(tmp_path):
    def lock(folder, waiting):
        return folder_lock.locked(folder, waiting=waiting)

    assert second_run_waits(lock, tmp_path) == ["waits", "first leaves", "is let in"]
    assert [*tmp_path.iterdir()] == []


def test_where_a_folder_cannot_be_locked_a_file_that_is_open_stands_for_it(tmp_path, monkeypatch):
    unlink, close, is_open = Path.unlink, os.close, set()
    os_open = os.open

    def opened(*arguments):
        descriptor = os_open(*arguments)
        is_open.add(descriptor)
        return descriptor

    def as_on_windows(path, **more):
        if is_open:
            raise PermissionError(13, "used by another process")
        unlink(path, **more)

    monkeypatch.setattr(folder_lock.os, "open", opened)
    monkeypatch.setattr(folder_lock.os, "close", lambda each: (is_open.discard(each), close(each)))
    monkeypatch.setattr(Path, "unlink", as_on_windows)
    found = second_run_waits(folder_lock._locked_by_a_file, tmp_path / ".lock")
    assert found == ["waits", "first leaves", "is let in"]
    assert [*tmp_path.iterdir()] == []
